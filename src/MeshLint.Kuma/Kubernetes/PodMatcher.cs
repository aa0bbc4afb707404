using MeshLint.Kuma.Model;
using System.Runtime.InteropServices;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>
/// Which Services a Pod has and which endpoints a Service, both ways in one pass. Services are indexed by namespace and the rarest pair of their
/// selector, so that a Pod looks at few more than those that select it.
/// </summary>
internal sealed class PodMatcher
{
    private readonly Dictionary<PodModel, List<ServiceModel>> servicesOfPod = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ServiceModel, List<ServiceEndpoint>> endpoints = new(ReferenceEqualityComparer.Instance);
    private readonly WorkBudget budget;

    /// <summary>How many matches of Pods and Services there may be beyond <see cref="WorkBudget.Short"/> for each: every one is an inbound.</summary>
    public const int MostMatches = 50_000;

    public PodMatcher(Cluster cluster, IReadOnlyList<PodModel> pods)
    {
        budget = new WorkBudget(pods.Count + cluster.Services.Length, MostMatches);
        var podsByName = new Dictionary<(string Namespace, string Name), PodModel>(pods.Count);
        foreach (var pod in pods)
            podsByName.TryAdd((pod.Namespace, pod.Name), pod);
        var selected = new Dictionary<ServiceModel, List<PodModel>>(ReferenceEqualityComparer.Instance);
        MatchSelectors(cluster.Services, pods, selected);
        foreach (var service in cluster.Services)
        {
            var list = new List<ServiceEndpoint>(selected.TryGetValue(service, out var matched) ? matched.Count : 0);
            foreach (var slice in cluster.Slices(service))
                AddSlice(service, slice, podsByName, list);
            if (matched is not null)
                AddSelected(service, matched, list);
            if (list.Count > 0)
                endpoints.Add(service, list);
            if (service.Selector.Count == 0)
                AddToPodsBySlices(service, list);
        }

        foreach (var list in servicesOfPod.Values)
            list.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
    }

    /// <summary>How many matches are left out.</summary>
    public int LeftOut => budget.CutLists;

    /// <summary>The Services of a Pod, sorted by name; ignored ones are left out (kuma: pod_controller.go, findMatchingServices).</summary>
    public IReadOnlyList<ServiceModel> ServicesOf(PodModel pod) => servicesOfPod.GetValueOrDefault(pod) ?? [];

    /// <summary>The endpoints of a Service: those of its EndpointSlices, then those that the cluster makes of its selector, by name.</summary>
    public IReadOnlyList<ServiceEndpoint> EndpointsOf(ServiceModel service) => endpoints.GetValueOrDefault(service) ?? [];

    /// <summary>The Services of one namespace.</summary>
    private sealed class NamespaceIndex
    {
        /// <summary>How many selectors hold each pair.</summary>
        public Dictionary<(string Key, string Value), int> Counts { get; } = [];

        /// <summary>Services by the rarest pair of their selector.</summary>
        public Dictionary<(string Key, string Value), List<ServiceModel>> ByPair { get; } = [];

        /// <summary>Services whose selector has only ignored labels: they match every Pod.</summary>
        public List<ServiceModel> All { get; } = [];
    }

    private void MatchSelectors(ImmutableArray<ServiceModel> services, IReadOnlyList<PodModel> pods, Dictionary<ServiceModel, List<PodModel>> selected)
    {
        var namespaces = new Dictionary<string, NamespaceIndex>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (!namespaces.TryGetValue(service.Namespace, out var index))
                namespaces.Add(service.Namespace, index = new NamespaceIndex());
            foreach (var (key, value) in service.EffectiveSelector)
                CollectionsMarshal.GetValueRefOrAddDefault(index.Counts, (key, value), out _)++;
        }

        foreach (var service in services)
        {
            if (service.Selector.Count == 0)
                continue;
            var index = namespaces[service.Namespace];
            if (service.EffectiveSelector.Count == 0)
            {
                index.All.Add(service);
                continue;
            }

            var rarest = ("", "");
            var least = int.MaxValue;
            foreach (var (key, value) in service.EffectiveSelector)
            {
                if (index.Counts[(key, value)] is var count && count < least)
                    (rarest, least) = ((key, value), count);
            }

            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(index.ByPair, rarest, out _);
            (list ??= new List<ServiceModel>(1)).Add(service);
        }

        foreach (var pod in pods)
        {
            if (!namespaces.TryGetValue(pod.Namespace, out var index))
                continue;
            Match(pod, index.All, selected);
            foreach (var (key, value) in pod.Labels)
            {
                if (index.ByPair.TryGetValue((key, value), out var candidates))
                    Match(pod, candidates, selected);
            }
        }
    }

    private void Match(PodModel pod, List<ServiceModel> candidates, Dictionary<ServiceModel, List<PodModel>> selected)
    {
        foreach (var service in candidates)
        {
            if (!ServiceModel.Matches(service.EffectiveSelector, pod.Labels))
                continue;
            if (!service.IsIgnored)
                AddToPod(pod, service);
            if (!service.IsExternalName && ServiceModel.Matches(service.Selector, pod.Labels))
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(selected, service, out _);
                list ??= new List<PodModel>(1);
                if (budget.TakeOne(list.Count))
                    list.Add(pod);
            }
        }
    }

    private void AddToPod(PodModel pod, ServiceModel service)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(servicesOfPod, pod, out _);
        list ??= new List<ServiceModel>(1);
        if (budget.TakeOne(list.Count))
            list.Add(service);
    }

    private static void AddSlice(
        ServiceModel service, KubernetesObject slice, Dictionary<(string Namespace, string Name), PodModel> pods, List<ServiceEndpoint> list)
    {
        foreach (var endpoint in slice.Root["endpoints"].Items)
        {
            var target = endpoint["targetRef"];
            var addresses = endpoint["addresses"].Items.Select(static a => a.AsString() ?? "").ToImmutableArray();
            var isReady = endpoint["conditions"]["ready"].AsBoolean() == true;
            if (!target.IsMapping || target["kind"].AsString() != "Pod" || target["apiVersion"].AsString() is not (null or "" or "v1"))
            {
                list.Add(new ServiceEndpoint(null, "", "", addresses, isReady, null));
                continue;
            }

            var name = target["name"].AsString() ?? "";
            var ns = target["namespace"].AsString() is { Length: > 0 } given ? given : service.Namespace;
            list.Add(new ServiceEndpoint(name, ns, target["uid"].AsString() ?? "", addresses, isReady, pods.GetValueOrDefault((ns, name))));
        }
    }

    /// <summary>What the cluster's endpoints controller would list: Pods with an address that have not ended.</summary>
    private static void AddSelected(ServiceModel service, List<PodModel> pods, List<ServiceEndpoint> list)
    {
        pods.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var pod in pods)
        {
            if (pod.HasAddress && pod.Phase is not ("Succeeded" or "Failed"))
                list.Add(new ServiceEndpoint(pod.Name, service.Namespace, pod.Uid, pod.Address.Length > 0 ? [pod.Address] : [], pod.IsReadyEndpoint(), pod));
        }
    }

    private void AddToPodsBySlices(ServiceModel service, List<ServiceEndpoint> list)
    {
        if (service.IsIgnored)
            return;
        var seen = new HashSet<PodModel>(ReferenceEqualityComparer.Instance);
        foreach (var endpoint in list)
        {
            if (endpoint.Pod is not { } pod || pod.Namespace != service.Namespace)
                continue;
            var isSame = pod.Uid.Length == 0 || endpoint.PodUid.Length == 0 || pod.Uid == endpoint.PodUid;
            if (isSame && seen.Add(pod))
                AddToPod(pod, service);
        }
    }
}
