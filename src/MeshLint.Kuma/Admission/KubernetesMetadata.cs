using System.Globalization;
using MeshLint.Kuma.Admission.Validators;
using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Admission;

/// <summary>
/// What an API server makes of <c>metadata</c> (k8s.io/apimachinery pkg/apis/meta/v1, pkg/api/validation/objectmeta.go;
/// docs/kuma/admission.md#kubernetes-pipeline).
/// </summary>
internal static class KubernetesMetadata
{
    private const int MaxAnnotations = 256 * 1024;

    /// <summary>The fields of ObjectMeta.</summary>
    public static ImmutableArray<string> Fields { get; } =
    [
        "annotations", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "finalizers", "generateName", "generation",
        "labels",
        "managedFields", "name", "namespace", "ownerReferences", "resourceVersion", "selfLink", "uid",
    ];

    /// <summary>
    /// Why metadata cannot be decoded, or null: of wrong types the first in key order, but a time that is none ends decoding.
    /// </summary>
    public static string? FindDecodingError(Node metadata, out Node at)
    {
        at = metadata;
        if (metadata.IsNullOrMissing)
            return null;
        if (!metadata.IsMapping)
            return $"json: cannot unmarshal {GoValues.TypeName(metadata)} into Go value of type v1.ObjectMeta";
        string? found = null;
        foreach (var child in metadata.Entries)
        {
            var where = child;
            var error = child.Key switch
            {
                "name" or "namespace" or "generateName" or "uid" or "resourceVersion" or "selfLink" =>
                    TextError(child, child.Key, "ObjectMeta"),
                "labels" or "annotations" => MapError(child, child.Key, ref where),
                "finalizers" => ListError(child, "string", ref where),
                "ownerReferences" => OwnersError(child, ref where),
                "deletionGracePeriodSeconds" or "generation" => IntegerError(child),
                "creationTimestamp" or "deletionTimestamp" => TimeError(child),
                _ => null,
            };
            if (error is null)
                continue;
            if (child.Key is "creationTimestamp" or "deletionTimestamp")
            {
                at = where;
                return error;
            }

            if (found is not null && string.CompareOrdinal(child.Key, at.Key) > 0)
                continue;
            found = error;
            at = where;
        }

        return found;
    }

    /// <summary>Checks the metadata of an object about to be stored.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="labels">Its labels, as the control plane sees them.</param>
    /// <param name="keepsAnnotations">The control plane has computed labels and moved those that may be long to annotations; else they
    /// stand as written.</param>
    /// <param name="mesh">The Mesh that the control plane has made the owner, or null.</param>
    /// <param name="version">The Kuma line.</param>
    /// <param name="violations">Takes what is wrong.</param>
    public static void Check(
        MeshResource resource, LabelSet labels, bool keepsAnnotations, string? mesh, KumaVersion version, ref List<Violation>? violations)
    {
        var metadata = resource.Root["metadata"];
        CheckNames(resource, metadata, ref violations);
        foreach (var (key, value) in keepsAnnotations ? labels : LabelSet.From(resource.LabelsNode))
        {
            if ((keepsAnnotations && LabelComputer.IsKeptAsAnnotation(key, version)) || (IsPlainKey(key) && IsPlainValue(value)))
                continue;
            var at = resource.LabelsNode[key];
            foreach (var problem in LabelChecks.KeyProblems(key, inBytes: true))
                Add(ref violations, "metadata.labels", at, resource, key, problem);
            foreach (var problem in LabelChecks.ValueProblems(value, inBytes: true))
                Add(ref violations, "metadata.labels", at, resource, value, problem);
        }

        var size = 0L;
        foreach (var annotation in resource.AnnotationsNode.Entries)
        {
            var key = annotation.Key ?? "";
            size += NetworkText.Utf8Length(key) + NetworkText.Utf8Length(annotation.Text ?? "");
            if (IsPlainKey(key))
                continue;
            foreach (var problem in LabelChecks.KeyProblems(key.ToLowerInvariant(), inBytes: true))
                Add(ref violations, "metadata.annotations", annotation, resource, key, problem);
        }

        if (size > MaxAnnotations)
            (violations ??= [])
                .Add(
                    new Violation(
                        "metadata.annotations",
                        $"Too long: may not be more than {MaxAnnotations} bytes",
                        Location.Of(resource.AnnotationsNode)));
        CheckOwners(resource, metadata["ownerReferences"], mesh, ref violations);
        foreach (var finalizer in metadata["finalizers"].Items)
        {
            foreach (var problem in LabelChecks.KeyProblems(finalizer.Text ?? "", inBytes: true))
                Add(ref violations, "metadata.finalizers", finalizer, resource, finalizer.Text ?? "", problem);
        }
    }

    /// <summary>The owner is the one that the control plane itself sets, which replaces it.</summary>
    public static bool IsMesh(Node owner, string? mesh) =>
        mesh is not null && owner["kind"].Text == "Mesh" && owner["name"].Text == mesh
            && owner["apiVersion"].Text?.StartsWith("kuma.io/", StringComparison.Ordinal) == true;

    /// <summary>The text is a DNS-1123 label: what a namespace must be called.</summary>
    public static bool IsNamespaceName(string name) => name.Length <= 63 && DnsNames.IsLabel(name);

    private static void CheckNames(MeshResource resource, Node metadata, ref List<Violation>? violations)
    {
        var prefix = metadata["generateName"];
        if (prefix.Text is { Length: > 0 } generated)
        {
            // A hyphen may end a prefix: a suffix follows.
            foreach (var problem in NameProblems(generated.EndsWith('-') ? generated[..^1] + "a" : generated))
                Add(ref violations, "metadata.generateName", prefix, resource, generated, problem);
        }

        if (resource.Name.Length > 0)
        {
            foreach (var problem in NameProblems(resource.Name))
                Add(ref violations, "metadata.name", metadata["name"], resource, resource.Name, problem);
        }
        else if (string.IsNullOrEmpty(prefix.Text))
        {
            (violations ??= []).Add(new Violation("metadata.name", "Required value: name or generateName is required", resource.Location));
        }
    }

    /// <summary>The API server counts characters here, where it counts bytes for labels.</summary>
    private static IEnumerable<string> NameProblems(string name)
    {
        if (name.Length <= DnsNames.MaxSubdomain && DnsNames.IsSubdomain(name))
            return [];
        return DnsNames.SubdomainProblems(name);
    }

    private static void CheckOwners(MeshResource resource, Node owners, string? mesh, ref List<Violation>? violations)
    {
        foreach (var owner in owners.Items)
        {
            if (IsMesh(owner, mesh))
                continue;
            var apiVersion = owner["apiVersion"].Text ?? "";
            if (apiVersion.Length == 0 || apiVersion.EndsWith('/'))
                Add(ref violations, "metadata.ownerReferences.apiVersion", owner, resource, apiVersion, "version must not be empty");
            foreach (var field in (ReadOnlySpan<string>)["kind", "name", "uid"])
            {
                if (string.IsNullOrEmpty(owner[field].Text))
                    Add(ref violations, $"metadata.ownerReferences.{field}", owner, resource, "", "must not be empty");
            }
        }
    }

    private static void Add(ref List<Violation>? violations, string field, Node at, MeshResource resource, string value, string problem) =>
        (violations ??= [])
            .Add(new Violation(field, $"Invalid value: {GoText.Quote(value)}: {problem}", at.Exists ? Location.Of(at) : resource.Location));

    /// <summary>A quick look that lets nearly every real key pass; what it does not let pass is looked at closely.</summary>
    private static bool IsPlainKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key.AsSpan(slash + 1);
        return (slash < 0 || (slash is > 0 and <= 253 && DnsNames.IsSubdomain(key.AsSpan(0, slash)))) && name.Length > 0
            && IsPlainValue(name);
    }

    private static bool IsPlainValue(ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
            return true;
        if (text.Length > 63 || !char.IsAsciiLetterOrDigit(text[0]) || !char.IsAsciiLetterOrDigit(text[^1]))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        }

        return true;
    }

    private static string? TextError(Node node, string field, string type) =>
        node.IsString || node.Kind == NodeKind.Null ? null : Mismatch(node, type, field, "string");

    private static string? MapError(Node map, string field, ref Node where)
    {
        if (map.Kind == NodeKind.Null)
            return null;
        if (!map.IsMapping)
            return Mismatch(map, "ObjectMeta", field, "map[string]string");
        var first = default(Node);
        foreach (var entry in map.Entries)
        {
            if (!entry.IsString && entry.Kind != NodeKind.Null && (!first.Exists || string.CompareOrdinal(entry.Key, first.Key) < 0))
                first = entry;
        }

        if (!first.Exists)
            return null;
        where = first;
        return Mismatch(first, "ObjectMeta", field, "string");
    }

    private static string? ListError(Node list, string item, ref Node where)
    {
        if (list.Kind == NodeKind.Null)
            return null;
        var field = list.Key ?? "";
        if (!list.IsSequence)
            return Mismatch(list, "ObjectMeta", field, $"[]{item}");
        foreach (var child in list.Items)
        {
            if (child.Kind == NodeKind.Null || (item == "string" ? child.IsString : child.IsMapping))
                continue;
            where = child;
            return Mismatch(child, "ObjectMeta", field, item);
        }

        return null;
    }

    private static string? OwnersError(Node owners, ref Node where)
    {
        if (ListError(owners, "v1.OwnerReference", ref where) is { } error)
            return error;
        foreach (var owner in owners.Items)
        {
            foreach (var child in owner.Entries)
            {
                where = child;
                switch (child.Key)
                {
                    case "apiVersion" or "kind" or "name" or "uid" when TextError(
                        child, $"ownerReferences.{child.Key}", "OwnerReference") is { } text:
                        return text;
                    case "controller" or "blockOwnerDeletion" when child.Kind is not (NodeKind.Boolean or NodeKind.Null):
                        return Mismatch(child, "OwnerReference", $"ownerReferences.{child.Key}", "bool");
                }
            }
        }

        return null;
    }

    private static string? IntegerError(Node node)
    {
        if (node.Kind == NodeKind.Null || node.AsInteger() is not null)
            return null;
        var what = node.Kind is NodeKind.Integer or NodeKind.Float ? $"number {node.Text}" : GoValues.TypeName(node);
        return string.Create(
            CultureInfo.InvariantCulture, $"json: cannot unmarshal {what} into Go struct field ObjectMeta.{node.Key} of type int64");
    }

    private static string? TimeError(Node node)
    {
        if (node.Kind == NodeKind.Null)
            return null;
        return node.IsString
            ? GoTime.FindError(node.Text ?? "")
            : $"json: cannot unmarshal {GoValues.TypeName(node)} into Go value of type string";
    }

    private static string Mismatch(Node node, string type, string field, string expected) =>
        $"json: cannot unmarshal {GoValues.TypeName(node)} into Go struct field {type}.{field} of type {expected}";
}
