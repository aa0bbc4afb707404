using System.Runtime.InteropServices;
using MeshLint.Core.Documents;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Kubernetes;

/// <summary>
/// Which Services a Pod has and which endpoints a Service, both ways in one pass. Services are indexed by namespace and the rarest pair of their
/// selector, so that a Pod looks at few more than those that select it.
/// </summary>
internal sealed class PodMatcher
{
    private readonly Dictionary<PodModel, List<ServiceModel>> servicesOfPod = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ServiceModel, List<ServiceEndpoint>> endpoints = new(ReferenceEqualityComparer.Instance);

    public PodMatcher(Cluster cluster, IReadOnlyList<PodModel> pods)
    {
        var podsByName = new Dictionary<(string Namespace, string Name), PodModel>(pods.Count);
        foreach (var pod in pods)
            podsByName.TryAdd((pod.Namespace, pod.Name), pod);
        var selected = new Dictionary<ServiceModel, List<PodModel>>(ReferenceEqualityComparer.Instance);
        MatchSelectors(cluster.Services, pods, selected);
        foreach (var service in cluster.Services)
        {
            var list = new List<ServiceEndpoint>();
            foreach (var slice in cluster.Slices(service))
                AddSlice(service, slice, podsByName, list);
            if (selected.TryGetValue(service, out var own))
                AddSelected(service, own, list);
            if (list.Count > 0)
                endpoints.Add(service, list);
            if (service.Selector.Count == 0)
                AddToPodsBySlices(service, list);
        }

        foreach (var list in servicesOfPod.Values)
            list.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
    }

    /// <summary>The Services of a Pod, sorted by name; ignored ones are left out (kuma: pod_controller.go, findMatchingServices).</summary>
    public IReadOnlyList<ServiceModel> ServicesOf(PodModel pod) => servicesOfPod.GetValueOrDefault(pod) ?? [];

    /// <summary>The endpoints of a Service: those of its EndpointSlices, then those that the cluster makes of its selector, by name.</summary>
    public IReadOnlyList<ServiceEndpoint> EndpointsOf(ServiceModel service) => endpoints.GetValueOrDefault(service) ?? [];

    private void MatchSelectors(ImmutableArray<ServiceModel> services, IReadOnlyList<PodModel> pods, Dictionary<ServiceModel, List<PodModel>> selected)
    {
        var counts = new Dictionary<(string Namespace, string Key, string Value), int>();
        foreach (var service in services)
        {
            foreach (var (key, value) in service.EffectiveSelector)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (service.Namespace, key, value), out _)++;
        }

        var byPair = new Dictionary<(string Namespace, string Key, string Value), List<ServiceModel>>();
        var byNamespace = new Dictionary<string, List<ServiceModel>>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (service.Selector.Count == 0)
                continue;
            if (service.EffectiveSelector.Count == 0)
            {
                ref var all = ref CollectionsMarshal.GetValueRefOrAddDefault(byNamespace, service.Namespace, out _);
                (all ??= []).Add(service);
                continue;
            }

            var (rarestKey, rarestValue) = service.EffectiveSelector.MinBy(pair => counts[(service.Namespace, pair.Key, pair.Value)]);
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(byPair, (service.Namespace, rarestKey, rarestValue), out _);
            (list ??= []).Add(service);
        }

        foreach (var pod in pods)
        {
            if (byNamespace.TryGetValue(pod.Namespace, out var all))
                Match(pod, all, selected);
            foreach (var (key, value) in pod.Labels)
            {
                if (byPair.TryGetValue((pod.Namespace, key, value), out var candidates))
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
                (list ??= []).Add(pod);
            }
        }
    }

    private void AddToPod(PodModel pod, ServiceModel service)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(servicesOfPod, pod, out _);
        (list ??= []).Add(service);
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
