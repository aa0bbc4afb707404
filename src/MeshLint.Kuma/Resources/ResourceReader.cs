using System.Collections.Frozen;
using MeshLint.Kuma.Identity;

namespace MeshLint.Kuma.Resources;

/// <summary>What one document holds: Kuma resources, Kubernetes objects, or nothing that concerns a mesh.</summary>
/// <param name="Resources">Kuma resources in document order.</param>
/// <param name="Objects">Core Kubernetes objects in document order.</param>
public readonly record struct DocumentContent(ImmutableArray<MeshResource> Resources, ImmutableArray<KubernetesObject> Objects)
{
    public static DocumentContent Empty { get; } = new([], []);
}

/// <summary>Recognises resources in documents, in both forms, <c>List</c> wrappers unpacked.</summary>
public static class ResourceReader
{
    /// <summary>The core kinds that Kuma derives Dataplanes and MeshServices from.</summary>
    private static readonly FrozenSet<string> CoreKinds = new[]
    {
        "v1/Namespace", "v1/Service", "v1/Pod", "v1/Node", "v1/ServiceAccount", "v1/Secret", "apps/v1/Deployment", "apps/v1/StatefulSet",
        "apps/v1/DaemonSet", "apps/v1/ReplicaSet", "batch/v1/Job", "batch/v1/CronJob", "discovery.k8s.io/v1/EndpointSlice",
        "argoproj.io/v1alpha1/Rollout",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names of those kinds, whatever their group: what a look at the raw text can tell.</summary>
    internal static FrozenSet<string> CoreKindNames { get; } =
        CoreKinds.Select(k => k[(k.LastIndexOf('/') + 1)..]).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> ClusterScopedKinds = new[] { "Namespace", "Node" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Finds what a document holds: its root, or the items of its lists.</summary>
    public static ImmutableArray<DocumentItem> Recognise(SourceDocument document)
    {
        if (!document.Root.IsMapping)
            return [];
        var found = ImmutableArray.CreateBuilder<DocumentItem>(1);
        Visit(document.Root, 0);
        return found.DrainToImmutable();

        void Visit(Node item, int depth)
        {
            if (item["apiVersion"].AsString() is not { } apiVersion)
            {
                if (IsUniversal(item))
                    found.Add(new DocumentItem(item, DocumentItemForm.Universal, "", ""));
                return;
            }

            var kind = item["kind"].AsString() ?? "";
            if (depth < 4 && kind.EndsWith("List", StringComparison.Ordinal) && item["items"].IsSequence)
            {
                foreach (var inner in item["items"].Items)
                    Visit(inner, depth + 1);
            }
            else if (apiVersion.StartsWith("kuma.io/", StringComparison.Ordinal) || IsMistakenVersion(apiVersion, kind))
            {
                found.Add(new DocumentItem(item, DocumentItemForm.Kubernetes, apiVersion, kind));
            }
            else if (CoreKinds.Contains($"{apiVersion}/{kind}") && IsKumas(item, kind))
            {
                found.Add(new DocumentItem(item, DocumentItemForm.CoreObject, apiVersion, kind));
            }
        }

        // A Kubernetes Secret is Kuma's only by its type.
        static bool IsKumas(Node item, string kind) =>
            kind != "Secret" || item["type"].AsString() is "system.kuma.io/secret" or "system.kuma.io/global-secret";
    }

    /// <summary>Reads what a document holds.</summary>
    /// <param name="document">The document.</param>
    /// <param name="place">The control plane that it would be applied to.</param>
    /// <param name="order">Order of the document's first resource; the items of a list count on from it.</param>
    public static DocumentContent Read(SourceDocument document, ControlPlane place, int order) => Read(document, Recognise(document), place, order);

    /// <summary>Reads what a document holds.</summary>
    /// <param name="document">The document.</param>
    /// <param name="items">What <see cref="Recognise"/> finds in it.</param>
    /// <param name="place">The control plane that it would be applied to.</param>
    /// <param name="order">Order of the first item; the others count on from it.</param>
    public static DocumentContent Read(SourceDocument document, ImmutableArray<DocumentItem> items, ControlPlane place, int order)
    {
        if (items.IsEmpty)
            return DocumentContent.Empty;
        var resources = ImmutableArray.CreateBuilder<MeshResource>();
        var objects = ImmutableArray.CreateBuilder<KubernetesObject>();
        foreach (var item in items)
        {
            switch (item.Form)
            {
                case DocumentItemForm.Universal:
                    resources.Add(ReadUniversal(item.Root));
                    break;
                case DocumentItemForm.Kubernetes:
                    resources.Add(ReadKubernetes(item.Root, item.Kind));
                    break;
                default:
                    ReadObject(item.Root, item.ApiVersion, item.Kind);
                    break;
            }
        }

        return new DocumentContent(resources.ToImmutable(), objects.ToImmutable());

        void ReadObject(Node item, string apiVersion, string kind)
        {
            objects.Add(new KubernetesObject
            {
                ApiVersion = apiVersion,
                Kind = kind,
                Name = item["metadata"]["name"].AsString() ?? "",
                Namespace = ClusterScopedKinds.Contains(kind) ? "" : item["metadata"]["namespace"].AsString() is { Length: > 0 } ns ? ns : "default",
                Document = document,
                Root = item,
                Place = place,
                Order = order + resources.Count + objects.Count,
            });
        }

        MeshResource ReadUniversal(Node item)
        {
            var kind = item["type"].AsString() ?? "";
            var info = KindCatalog.Find(kind);
            return new MeshResource
            {
                KindInfo = info,
                Kind = kind,
                Form = ResourceForm.Universal,
                Document = document,
                Root = item,
                Place = place,
                Order = order + resources.Count + objects.Count,
                Name = item["name"].AsString() ?? "",
                Mesh = info is { IsMeshScoped: false } ? "" : item["mesh"].AsString() is { Length: > 0 } mesh ? mesh : WellKnown.DefaultMesh,
            };
        }

        MeshResource ReadKubernetes(Node item, string kind)
        {
            var info = KindCatalog.Find(kind);
            var metadata = item["metadata"];
            var mesh = info is { IsMeshScoped: false } ? "" : info is { Family: KindFamily.Plugin }
                ? metadata["labels"][WellKnown.Mesh].AsString()
                : item["mesh"].AsString();
            return new MeshResource
            {
                KindInfo = info,
                Kind = kind,
                Form = ResourceForm.Kubernetes,
                Document = document,
                Root = item,
                Place = place,
                Order = order + resources.Count + objects.Count,
                Name = metadata["name"].AsString() ?? "",
                Namespace = info is { IsNamespaced: false } ? null : metadata["namespace"].AsString() is { Length: > 0 } ns ? ns : "default",
                Mesh = info is { IsMeshScoped: false } ? "" : mesh is { Length: > 0 } ? mesh : WellKnown.DefaultMesh,
            };
        }
    }

    /// <summary>Whether a Kuma kind stands under an apiVersion that no other project has it under: the API server finds no match for it.</summary>
    private static bool IsMistakenVersion(string apiVersion, string kind) =>
        (apiVersion is "" or "v1" || apiVersion.Contains("kuma", StringComparison.OrdinalIgnoreCase))
        && KindCatalog.Find(kind) is not null && !CoreKinds.Contains($"{apiVersion}/{kind}");

    /// <summary>Whether a mapping is meant as a Universal resource: <c>type</c> names a Kuma kind, or looks like one beside <c>name</c> and <c>mesh</c>.</summary>
    private static bool IsUniversal(Node item)
    {
        if (item["type"].AsString() is not { Length: > 0 } type)
            return false;
        if (KindCatalog.Find(type) is not null)
            return item["name"].Exists || item["mesh"].Exists || item["spec"].Exists;
        return item["mesh"].IsString && item["name"].IsString && char.IsAsciiLetterUpper(type[0]);
    }
}
