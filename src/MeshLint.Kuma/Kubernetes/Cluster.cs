using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>Collects events, each once.</summary>
internal sealed class EventSink
{
    private readonly List<KubernetesEvent> events = [];

    public void Add(KubernetesEvent item) => events.Add(item);

    public ImmutableArray<KubernetesEvent> ToImmutable() => [.. events];
}

/// <summary>A Namespace; declared or taken for granted.</summary>
internal sealed class NamespaceModel
{
    public required string Name { get; init; }

    public KubernetesObject? Source { get; init; }

    public required LabelSet Labels { get; init; }

    public LabelSet Annotations { get; init; } = LabelSet.Empty;

    public bool IsTerminating { get; init; }

    /// <summary>The control plane's own namespace.</summary>
    public required bool IsSystem { get; init; }

    /// <summary>Value of the label <c>kuma.io/sidecar-injection</c>, or null.</summary>
    public string? InjectionLabel => Labels[WellKnown.SidecarInjection];

    public bool HasInjectionKey => InjectionLabel is not null;

    public Node LabelNode(string key) => Source?.Root["metadata"]["labels"][key] ?? default;
}

/// <summary>An endpoint of a Service.</summary>
/// <param name="PodName">Name of the Pod that it refers to; null where it refers to none.</param>
/// <param name="PodNamespace">Namespace of that Pod.</param>
/// <param name="PodUid">Its uid, "" where absent.</param>
/// <param name="Addresses">Addresses.</param>
/// <param name="IsReady">Condition <c>ready</c> is true.</param>
/// <param name="Pod">The Pod, where it is known.</param>
internal sealed record ServiceEndpoint(string? PodName, string PodNamespace, string PodUid, ImmutableArray<string> Addresses, bool IsReady, PodModel? Pod);

/// <summary>The objects of one cluster, indexed.</summary>
internal sealed class Cluster
{
    private readonly Dictionary<string, NamespaceModel> namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Namespace, string Name), KubernetesObject> replicaSets = [];
    private readonly Dictionary<(string Namespace, string Name), KubernetesObject> jobs = [];
    private readonly Dictionary<string, KubernetesObject> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ServiceModel>> zoneProxyServices = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Namespace, string Service), List<KubernetesObject>> slices = [];
    private readonly Dictionary<(string Namespace, string Service), List<StoredResource>> meshServicesByServiceName = [];
    private readonly MeshBook meshes;
    private readonly EventSink events;

    public Cluster(KubernetesInput input, ControlPlane place, List<KubernetesObject> objects, EventSink events)
    {
        Version = input.Version;
        Place = place;
        IsDump = input.IsClusterDump;
        this.events = events;
        meshes = input.Meshes ?? MeshBook.Of(input.Resources, input.Version);
        Objects = Deduplicate(objects);
        var services = ImmutableArray.CreateBuilder<ServiceModel>();
        foreach (var item in Objects)
        {
            switch (item.Kind)
            {
                case "Namespace":
                    AddNamespace(item);
                    break;
                case "Service":
                    services.Add(ServiceModel.Read(item, place.IgnoredServiceSelectorLabels));
                    break;
                case "ReplicaSet":
                    replicaSets[(item.Namespace, item.Name)] = item;
                    break;
                case "Job":
                    jobs[(item.Namespace, item.Name)] = item;
                    break;
                case "Node":
                    nodes[item.Name] = item;
                    break;
                case "EndpointSlice" when item.Labels["kubernetes.io/service-name"] is { } service:
                    Append(slices, (item.Namespace, service), item);
                    break;
            }
        }

        Services = services.DrainToImmutable();
        foreach (var service in Services)
        {
            if (service.IsZoneProxy)
                Append(zoneProxyServices, service.Namespace, service);
        }

        foreach (var list in slices.Values)
            list.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        Nodes = [.. nodes.Values.OrderBy(static n => n.Name, StringComparer.Ordinal)];
        AddResources(input);
    }

    public KumaVersion Version { get; }

    public ControlPlane Place { get; }

    public bool IsDump { get; }

    /// <summary>Inbounds get no tags.</summary>
    public bool TagsDisabled => Version.Behaviour.MakesNoInboundTags(Place.InboundTagsDisabled);

    /// <summary>Sidecars are injected as init containers that keep running.</summary>
    public bool HasNativeSidecars => Place.NativeSidecars ?? Version.Behaviour.NativeSidecarsByDefault;

    /// <summary>The objects in document order, one per kind, namespace and name.</summary>
    public ImmutableArray<KubernetesObject> Objects { get; }

    public ImmutableArray<ServiceModel> Services { get; }

    /// <summary>The Nodes, by name.</summary>
    public ImmutableArray<KubernetesObject> Nodes { get; }

    /// <summary>Hand-written MeshServices.</summary>
    public Dictionary<(string Namespace, string Name), StoredResource> MeshServices { get; } = [];

    /// <summary>Hand-written MeshZoneAddresses.</summary>
    public Dictionary<(string Namespace, string Name), StoredResource> MeshZoneAddresses { get; } = [];

    /// <summary>Hand-written MeshServices of a namespace that carry the label of a Service's name.</summary>
    public IReadOnlyList<StoredResource> MeshServicesLabelledFor(ServiceModel service) =>
        meshServicesByServiceName.GetValueOrDefault((service.Namespace, service.Name)) ?? [];

    public IReadOnlyList<ServiceModel> ZoneProxyServices(string ns) => zoneProxyServices.GetValueOrDefault(ns) ?? [];

    public IReadOnlyList<KubernetesObject> Slices(ServiceModel service) => slices.GetValueOrDefault((service.Namespace, service.Name)) ?? [];

    public KubernetesObject? ReplicaSet(string ns, string name) => replicaSets.GetValueOrDefault((ns, name));

    public KubernetesObject? Job(string ns, string name) => jobs.GetValueOrDefault((ns, name));

    public KubernetesObject? Node(string name) => nodes.GetValueOrDefault(name);

    /// <summary>The namespace; where none is declared, one that is labelled for injection (in a dump: one without labels).</summary>
    /// <param name="name">Its name.</param>
    /// <param name="user">The object that lives there, for the event.</param>
    public NamespaceModel Namespace(string name, KubernetesObject user)
    {
        if (namespaces.TryGetValue(name, out var known))
            return known;
        var isSystem = name == Place.SystemNamespace;
        var isOutside = IsDump || isSystem || name.StartsWith("kube-", StringComparison.Ordinal);
        var assumed = new NamespaceModel
        {
            Name = name,
            IsSystem = isSystem,
            Labels = isOutside ? LabelSet.Empty : LabelSet.Create([new(WellKnown.SidecarInjection, "enabled")]),
        };
        namespaces.Add(name, assumed);
        if (!isOutside)
            events.Add(new NamespaceAssumed(user, name));
        return assumed;
    }

    /// <summary>The mesh, or null where none of that name exists.</summary>
    public MeshInfo? FindMesh(string name) => meshes.Find(Place, name);

    /// <summary>
    /// The mesh of a Pod or Service (docs/kuma/kubernetes.md#mesh-of-an-object; kuma: util.MeshOfByLabelOrAnnotation, MeshOfByLabel).
    /// </summary>
    public string MeshOf(Dictionary<string, string> labels, Dictionary<string, string> annotations, NamespaceModel ns) =>
        MeshOf(labels.GetValueOrDefault(WellKnown.Mesh), annotations.GetValueOrDefault(KumaAnnotations.Mesh), ns);

    /// <inheritdoc cref="MeshOf(Dictionary{string, string}, Dictionary{string, string}, NamespaceModel)"/>
    public string MeshOf(string? label, string? annotation, NamespaceModel ns)
    {
        if (label is { Length: > 0 })
            return label;
        if (Version.Behaviour.MeshAnnotation && annotation is { Length: > 0 })
            return annotation;
        if (ns.Labels[WellKnown.Mesh] is { Length: > 0 } byNamespace)
            return byNamespace;
        return Version.Behaviour.MeshAnnotation && ns.Annotations[KumaAnnotations.Mesh] is { Length: > 0 } old ? old : WellKnown.DefaultMesh;
    }

    /// <summary>What names the mesh of an object: its label, its annotation, the namespace's label or annotation; missing for the default mesh.</summary>
    public Node MeshNode(Node root, NamespaceModel ns)
    {
        var metadata = root["metadata"];
        if (metadata["labels"][WellKnown.Mesh] is { Text.Length: > 0 } label)
            return label;
        if (Version.Behaviour.MeshAnnotation && metadata["annotations"][KumaAnnotations.Mesh] is { Text.Length: > 0 } annotation)
            return annotation;
        if (ns.LabelNode(WellKnown.Mesh) is { Text.Length: > 0 } byNamespace)
            return byNamespace;
        return Version.Behaviour.MeshAnnotation && ns.Source?.Root["metadata"]["annotations"][KumaAnnotations.Mesh] is { Text.Length: > 0 } old ? old : default;
    }

    private void AddNamespace(KubernetesObject item) => namespaces[item.Name] = new NamespaceModel
    {
        Name = item.Name,
        Source = item,
        Labels = item.Labels,
        Annotations = item.Annotations,
        IsTerminating = item.Root["status"]["phase"].AsString() == "Terminating",
        IsSystem = item.Name == Place.SystemNamespace,
    };

    private void AddResources(KubernetesInput input)
    {
        foreach (var resource in input.Resources)
        {
            switch (resource.Kind)
            {
                case "MeshService" when resource.Place == Place && !IsMade(resource) && resource.Resource.Namespace is { } ns:
                    MeshServices[(ns, resource.Resource.Name)] = resource;
                    if (resource.Labels[WellKnown.ServiceName] is { } service)
                        Append(meshServicesByServiceName, (ns, service), resource);
                    break;
                case "MeshZoneAddress" when resource.Place == Place && !IsMade(resource) && resource.Resource.Namespace is { } ns:
                    MeshZoneAddresses[(ns, resource.Resource.Name)] = resource;
                    break;
            }
        }
    }

    /// <summary>A controller made the resource (a dump shows such): it is owned by a Service or Pod.</summary>
    private static bool IsMade(StoredResource resource) =>
        resource.Resource.Root["metadata"]["ownerReferences"].Items.Any(static o => o["kind"].AsString() is "Service" or "Pod");

    private static ImmutableArray<KubernetesObject> Deduplicate(List<KubernetesObject> objects)
    {
        var positions = new Dictionary<(string Kind, string Namespace, string Name), int>(objects.Count);
        var result = ImmutableArray.CreateBuilder<KubernetesObject>(objects.Count);
        foreach (var item in objects)
        {
            // Objects that the API server names are never the same one.
            if (item.Name.Length > 0 && !positions.TryAdd((item.Kind, item.Namespace, item.Name), result.Count))
                result[positions[(item.Kind, item.Namespace, item.Name)]] = item;
            else
                result.Add(item);
        }

        return result.DrainToImmutable();
    }

    private static void Append<TKey, TItem>(Dictionary<TKey, List<TItem>> map, TKey key, TItem item)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var list))
            map.Add(key, list = new List<TItem>(1));
        list.Add(item);
    }
}
