using MeshLint.Yaml;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Analysis.Migration;
using MeshLint.Output.Migration;
using MeshLint.Kuma.Resources;

namespace MeshLint.Output.Emit;

/// <summary>
/// Spells a manifest in one of the two forms (docs/kuma/documents.md#document-forms; kuma: pkg/core/resources/model/rest,
/// pkg/plugins/resources/k8s).
/// </summary>
internal static class FormConverter
{
    /// <summary>Kinds whose names must be DNS labels, so that a namespace cannot be part of them.</summary>
    private static bool NeedsLabelName(KindInfo kind) => kind.Name is "MeshService" or "MeshMultiZoneService" or "MeshExternalService";

    /// <summary>The Kubernetes object, or null with the reason in <paramref name="notes"/>.</summary>
    public static NodeTree? ToKubernetes(Manifest manifest, NoteSink notes, out string fileName)
    {
        var (name, ns, labels) = KubernetesMeta(manifest, notes);
        fileName = ns is null ? name : $"{name}.{ns}";
        if (!DnsNames.IsObjectName(name))
        {
            notes.Omit($"'{name}' is not a name that Kubernetes accepts");
            return null;
        }

        var kind = manifest.Kind;
        if (manifest.Form == ResourceForm.Universal && kind.Name is "Dataplane" or "ZoneIngress" or "ZoneEgress")
            notes.Note("on Kubernetes the control plane makes this resource from a Pod; the manifest serves comparison, not a proxy");

        var builder = new NodeTreeBuilder(manifest.Location.Source);
        builder.BeginMapping(default);
        if (kind.Group == KindGroup.Secret)
        {
            Text(builder, "apiVersion", "v1");
            Text(builder, "kind", "Secret");
            Metadata(builder, name, ns, labels, manifest.Annotations);
            Text(builder, "type", kind.Name == "GlobalSecret" ? "system.kuma.io/global-secret" : "system.kuma.io/secret");
            builder.Key("data", default);
            builder.BeginMapping(default);
            Text(builder, "value", manifest.Body["data"].Text ?? "");
            builder.End();
            builder.End();
            return builder.Build();
        }

        Text(builder, "apiVersion", "kuma.io/v1alpha1");
        Text(builder, "kind", kind.Name);
        if (kind is { Family: KindFamily.Proto, IsMeshScoped: true })
            Text(builder, "mesh", manifest.Mesh);
        Metadata(builder, name, ns, labels, manifest.Annotations);
        if (manifest.Body.Exists)
        {
            builder.Key("spec", default);
            builder.Copy(manifest.Body);
        }

        builder.End();
        return builder.Build();
    }

    /// <summary>The Universal resource, or null with the reason in <paramref name="notes"/>.</summary>
    public static NodeTree? ToUniversal(Manifest manifest, KumaVersion version, NoteSink notes, out string fileName)
    {
        fileName = "";
        var kind = manifest.Kind;
        if (kind.Family == KindFamily.KubernetesOnly)
        {
            notes.Omit($"the kind {kind.Name} exists on Kubernetes only");
            return null;
        }

        var (name, labels) = UniversalMeta(manifest, version, notes);
        fileName = name;
        var builder = new NodeTreeBuilder(manifest.Location.Source);
        builder.BeginMapping(default);
        Text(builder, "type", kind.Name);
        if (kind.IsMeshScoped)
            Text(builder, "mesh", manifest.Mesh);
        Text(builder, "name", name);
        Map(builder, "labels", labels);
        if (kind.Family == KindFamily.Proto)
        {
            foreach (var entry in manifest.Body.Entries)
            {
                builder.Key(entry.Key ?? "", default);
                builder.Copy(entry);
            }
        }
        else if (manifest.Body.Exists)
        {
            builder.Key("spec", default);
            builder.Copy(manifest.Body);
        }

        builder.End();
        return builder.Build();
    }

    private static (string Name, string? Namespace, LabelSet Labels) KubernetesMeta(Manifest manifest, NoteSink notes)
    {
        var kind = manifest.Kind;
        var labels = manifest.Labels;
        if (kind.IsMeshScoped && (kind.IsPlugin || kind.Group == KindGroup.Secret))
            labels = labels.With(WellKnown.Mesh, manifest.Mesh);
        if (manifest.Form == ResourceForm.Kubernetes)
            return (manifest.Name, manifest.Namespace, labels);
        if (!kind.IsNamespaced)
            return (manifest.Name, null, labels);

        // A namespace that the Universal document carries as a label is where the resource came from, and goes back to.
        var system = manifest.Place.SystemNamespace;
        var labelled = labels[WellKnown.Namespace];
        var ns = system;
        if (labelled is { Length: > 0 } && labelled != system)
        {
            if (kind.SystemNamespaceOnly || manifest.Place.IsGlobal)
                notes.Note($"label {WellKnown.Namespace} names '{labelled}', but the kind lives in the system namespace '{system}' only");
            else
                ns = labelled;
        }

        var name = manifest.Name;
        if (ns != system && name.Length > ns.Length + 1 && name.EndsWith("." + ns, StringComparison.Ordinal))
            name = name[..^(ns.Length + 1)];
        if (labelled == ns)
            labels = labels.Without(WellKnown.Namespace);
        if (labels[WellKnown.DisplayName] == name)
            labels = labels.Without(WellKnown.DisplayName);
        if (ns != system && kind.Group == KindGroup.Policy)
            labels = labels.Without(WellKnown.PolicyRole);
        return (name, ns, labels);
    }

    private static (string Name, LabelSet Labels) UniversalMeta(Manifest manifest, KumaVersion version, NoteSink notes)
    {
        var kind = manifest.Kind;
        var labels = manifest.Labels;
        if (labels[WellKnown.Mesh] == manifest.Mesh)
            labels = labels.Without(WellKnown.Mesh);
        if (manifest.Form == ResourceForm.Universal)
            return (manifest.Name, labels);

        if (manifest.Annotations[WellKnown.DisplayName] is { Length: > 0 } displayName)
            labels = labels.WithDefault(WellKnown.DisplayName, displayName);
        var rest = manifest.Annotations.Where(a => a.Key != WellKnown.DisplayName).Select(a => $"'{a.Key}'").ToList();
        if (rest.Count > 0)
            notes.Note($"annotations have no place on Universal: {string.Join(", ", rest)}");
        if (kind.IsPlugin && manifest.Place.Role == ControlPlaneRole.FederatedZone)
            labels = labels.WithDefault(WellKnown.Origin, "zone");

        if (manifest.Namespace is not { } ns || ns == manifest.Place.SystemNamespace)
            return (manifest.Name, labels);

        labels = labels.WithDefault(WellKnown.DisplayName, manifest.Name).WithDefault(WellKnown.Namespace, ns);
        if (kind.Group == KindGroup.Policy && manifest.Role is { Length: > 0 } role && role != "system")
        {
            // 3.0 refuses any other role on Universal; 2.x honours a written one.
            if (!version.Behaviour.PolicyRoleLabelChecked)
                labels = labels.With(WellKnown.PolicyRole, role);
            else
                notes.Note($"its role '{role}' cannot be said on Universal: there the policy applies to every namespace");
        }

        return (NeedsLabelName(kind) ? manifest.Name : $"{manifest.Name}.{ns}", labels);
    }

    private static void Metadata(NodeTreeBuilder builder, string name, string? ns, LabelSet labels, LabelSet annotations)
    {
        builder.Key("metadata", default);
        builder.BeginMapping(default);
        Text(builder, "name", name);
        if (ns is not null)
            Text(builder, "namespace", ns);
        Map(builder, "labels", labels);
        Map(builder, "annotations", annotations);
        builder.End();
    }

    private static void Map(NodeTreeBuilder builder, string key, LabelSet pairs)
    {
        if (pairs.Count == 0)
            return;
        builder.Key(key, default);
        builder.BeginMapping(default);
        foreach (var (name, value) in pairs)
            Text(builder, name, value);
        builder.End();
    }

    private static void Text(NodeTreeBuilder builder, string key, string value)
    {
        builder.Key(key, default);
        builder.Scalar(NodeKind.String, value, default, ScalarStyle.Plain);
    }
}

/// <summary>Collects what a conversion could not say.</summary>
internal sealed class NoteSink(ManifestForms form, Manifest manifest, ImmutableArray<EmitNote>.Builder notes)
{
    public void Omit(string message) => Add(true, message);

    public void Note(string message) => Add(false, message);

    private void Add(bool omitted, string message) => notes.Add(new EmitNote(form, manifest.Identity, manifest.Location, omitted, message));
}
