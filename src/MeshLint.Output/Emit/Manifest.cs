using MeshLint.Yaml;
using System.Text;
using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Resources;

namespace MeshLint.Output.Emit;

/// <summary>A resource between the two forms: what its author said, without the noise of a server.</summary>
internal sealed class Manifest
{
    private static readonly LabelSet NoLabels = LabelSet.Empty;

    public required KindInfo Kind { get; init; }

    /// <summary>The form in which it is written.</summary>
    public required ResourceForm Form { get; init; }

    public required ControlPlane Place { get; init; }

    /// <summary>"" for kinds without a mesh.</summary>
    public required string Mesh { get; init; }

    public required string Name { get; init; }

    /// <summary>Kubernetes only.</summary>
    public string? Namespace { get; init; }

    /// <summary>Labels as written.</summary>
    public LabelSet Labels { get; init; } = NoLabels;

    /// <summary>Annotations as written, without those that tools leave behind.</summary>
    public LabelSet Annotations { get; init; } = NoLabels;

    /// <summary>The policy role that the control plane computed, else null.</summary>
    public string? Role { get; init; }

    /// <summary>The body (plugin kinds: the <c>spec</c>) without unknown and read-only fields; missing where there is none.</summary>
    public required Node Body { get; init; }

    public required ResourceIdentity Identity { get; init; }

    public required Location Location { get; init; }

    public required int Order { get; init; }

    /// <summary>The manifest of an accepted document; null where it was refused or its kind is unknown.</summary>
    public static Manifest? From(AdmissionVerdict verdict)
    {
        var resource = verdict.Resource;
        if (resource.KindInfo is not { } kind || verdict.Stored is not { } stored)
            return null;
        return new Manifest
        {
            Kind = kind,
            Form = resource.Form,
            Place = resource.Place,
            Mesh = resource.Mesh,
            Name = resource.Name,
            Namespace = resource.Namespace,
            Labels = LabelSet.From(resource.LabelsNode),
            Annotations = Authored(LabelSet.From(resource.AnnotationsNode)),
            Role = stored.Labels[WellKnown.PolicyRole],
            Body = BodyCleaner.Clean(verdict, stored.Spec),
            Identity = resource.Identity,
            Location = resource.Location,
            Order = resource.Order,
        };
    }

    /// <summary>The manifest of a Kubernetes Secret that is Kuma's; null for any other object.</summary>
    public static Manifest? From(KubernetesObject secret)
    {
        if (secret.Kind != "Secret")
            return null;
        var isGlobal = secret.Root["type"].AsString() == "system.kuma.io/global-secret";
        var data = secret.Root["data"]["value"].AsString()
            ?? (secret.Root["stringData"]["value"].AsString() is { } text ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : "");
        var body = new NodeTreeBuilder(secret.Document.Source);
        body.BeginMapping(secret.Root.Span);
        body.Key("data", default);
        body.Scalar(NodeKind.String, data, default, ScalarStyle.Plain);
        body.End();
        var labels = secret.Labels;
        return new Manifest
        {
            Kind = KindCatalog.Find(isGlobal ? "GlobalSecret" : "Secret") ?? throw new InvalidOperationException("secrets are Kuma kinds"),
            Form = ResourceForm.Kubernetes,
            Place = secret.Place,
            Mesh = isGlobal ? "" : labels[WellKnown.Mesh] is { Length: > 0 } mesh ? mesh : WellKnown.DefaultMesh,
            Name = secret.Name,
            Namespace = secret.Namespace,
            Labels = labels,
            Annotations = Authored(secret.Annotations),
            Body = body.Build().Root,
            Identity = secret.Identity,
            Location = secret.Location,
            Order = secret.Order,
        };
    }

    private static LabelSet Authored(LabelSet annotations) => annotations.Without("kubectl.kubernetes.io/last-applied-configuration");

    /// <summary>Copies a body as written, leaving out what the control plane leaves out, spelling keys as it spells them.</summary>
    private static class BodyCleaner
    {
        private static readonly string[] UniversalMeta =
        [
            "type", "name", "mesh", "labels", "creationTime", "modificationTime", "kri", "snis", "status",
        ];

        public static Node Clean(AdmissionVerdict verdict, Node stored)
        {
            var written = verdict.Resource.Spec;
            if (!written.IsMapping)
                return default;
            var unknown = verdict.UnknownFields.Select(f => f.Node).ToHashSet();
            var builder = new NodeTreeBuilder(verdict.Resource.Document.Source);
            var isRoot = written == verdict.Resource.Root;
            builder.BeginMapping(written.Span);
            foreach (var entry in written.Entries)
            {
                if (!isRoot || !UniversalMeta.Contains(entry.Key, StringComparer.Ordinal))
                    AddEntry(builder, written, entry, stored, unknown);
            }

            builder.End();
            return builder.Build().Root;
        }

        private static void AddEntry(NodeTreeBuilder builder, Node written, Node entry, Node stored, HashSet<Node> unknown)
        {
            var key = entry.Key ?? "";
            if (unknown.Contains(entry) || written[key] != entry)
                return;
            var twin = stored[key];
            if (!twin.Exists && stored.IsMapping)
                (key, twin) = FindRespelled(written, key, stored);
            if (entry.Kind == NodeKind.Null && !twin.Exists)
                return;
            builder.Key(key, entry.KeySpan);
            AddValue(builder, entry, twin, unknown);
        }

        private static void AddValue(NodeTreeBuilder builder, Node written, Node stored, HashSet<Node> unknown)
        {
            if (written.IsMapping)
            {
                builder.BeginMapping(written.Span);
                foreach (var entry in written.Entries)
                    AddEntry(builder, written, entry, stored, unknown);
                builder.End();
            }
            else if (written.IsSequence)
            {
                builder.BeginSequence(written.Span);
                var twins = stored.Count == written.Count ? stored.Items.GetEnumerator() : default;
                foreach (var item in written.Items)
                    AddValue(builder, item, twins.MoveNext() ? twins.Current : default, unknown);
                builder.End();
            }
            else
            {
                builder.Scalar(written.Kind, written.Text, written.Span, written.Style);
            }
        }

        // Control planes read 'num_retries' and, on Universal, 'TargetRef'; Kubernetes prunes what is not spelled exactly.
        private static (string Key, Node Twin) FindRespelled(Node written, string key, Node stored)
        {
            foreach (var candidate in stored.Entries)
            {
                if (candidate.Key is { } name && !written[name].Exists && SpellsSame(key, name))
                    return (name, candidate);
            }

            return (key, default);
        }

        private static bool SpellsSame(string a, string b) =>
            string.Equals(
                a.Replace("_", "", StringComparison.Ordinal),
                b.Replace("_", "", StringComparison.Ordinal),
                StringComparison.OrdinalIgnoreCase);
    }
}
