using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>
/// Derives what Kubernetes control planes make of the objects of their clusters: sidecars, Dataplanes, zone proxies, MeshServices, Workloads and
/// MeshZoneAddresses (docs/kuma/kubernetes.md; kuma: pkg/plugins/runtime/k8s). A pure function, linear in the number of objects.
/// </summary>
public static class KubernetesDeriver
{
    public static KubernetesDerivation Derive(KubernetesInput input)
    {
        var places = new List<ControlPlane>();
        var objects = new Dictionary<ControlPlane, List<KubernetesObject>>();
        List<KubernetesObject>? current = null;
        ControlPlane? currentPlace = null;
        foreach (var item in input.Objects)
        {
            // A Universal control plane looks at no cluster.
            if (!item.Place.IsKubernetes)
                continue;
            if (current is null || !ReferenceEquals(item.Place, currentPlace))
            {
                currentPlace = item.Place;
                if (!objects.TryGetValue(currentPlace, out current))
                {
                    objects.Add(currentPlace, current = []);
                    places.Add(currentPlace);
                }
            }

            current.Add(item);
        }

        var resources = ResourcesOfPlaces(input);
        return new KubernetesDerivation
        {
            ControlPlanes = [.. places.Select(place => Derive(input with { Resources = resources(place) }, place, objects[place]))],
        };
    }

    /// <summary>The resources that a control plane looks at, in their order, without a pass over all of them for each.</summary>
    private static Func<ControlPlane, ImmutableArray<StoredResource>> ResourcesOfPlaces(KubernetesInput input)
    {
        var byPlace = new Dictionary<ControlPlane, List<(int Index, StoredResource Resource)>>();
        var global = new List<(int Index, StoredResource Resource)>();
        for (var i = 0; i < input.Resources.Length; i++)
        {
            var resource = input.Resources[i];
            if (resource.Kind is not ("Mesh" or "MeshService" or "MeshZoneAddress"))
                continue;
            if (!byPlace.TryGetValue(resource.Place, out var list))
                byPlace.Add(resource.Place, list = []);
            list.Add((i, resource));
            if (resource.Kind == "Mesh" && resource.Place.IsGlobal)
                global.Add((i, resource));
        }

        return place =>
        {
            var own = byPlace.GetValueOrDefault(place) ?? [];
            return [.. (place.IsFederated ? own.Concat(global).OrderBy(static r => r.Index) : own.AsEnumerable()).Select(static r => r.Resource)];
        };
    }

    private static ControlPlaneDerivation Derive(KubernetesInput input, ControlPlane place, List<KubernetesObject> objects)
    {
        var events = new EventSink();
        var cluster = new Cluster(input, place, objects, events);
        var injector = new Injector(cluster, events);
        var outcomes = ImmutableArray.CreateBuilder<PodOutcome>();
        var pods = new List<PodModel>();
        foreach (var pod in WorkloadExpander.Expand(cluster, events))
        {
            var outcome = injector.Admit(pod);
            outcomes.Add(outcome);
            if (outcome.Rejection is null)
                pods.Add(pod);
        }

        var matcher = new PodMatcher(cluster, pods);
        var inspector = new ServiceInspector(cluster, matcher, events);
        foreach (var item in cluster.Objects)
        {
            if (item.Kind == "Namespace")
                inspector.Inspect(cluster.Namespace(item.Name, item));
        }

        // A Global makes nothing of Pods and Services.
        var isZone = !place.IsGlobal;
        var proxies = new ProxyDeriver(cluster, matcher, inspector, events);
        foreach (var pod in isZone ? pods : [])
            proxies.Derive(pod);

        var meshServices = ImmutableArray.CreateBuilder<DerivedMeshService>();
        var addresses = ImmutableArray.CreateBuilder<DerivedMeshZoneAddress>();
        var serviceDeriver = new MeshServiceDeriver(cluster, matcher, events);
        var addressDeriver = new ZoneAddressDeriver(cluster, matcher, events);
        var withDataplane = proxies.MeshOfObject.Keys.ToHashSet<KubernetesObject>(ReferenceEqualityComparer.Instance);
        foreach (var service in isZone ? cluster.Services : [])
        {
            inspector.Inspect(service, proxies.MeshOfObject);
            meshServices.AddRange(serviceDeriver.Derive(service, withDataplane));
            if (input.Version.Behaviour.MeshZoneAddresses && addressDeriver.Derive(service) is { } address)
                addresses.Add(address);
        }

        return new ControlPlaneDerivation
        {
            ControlPlane = place,
            Pods = outcomes.ToImmutable(),
            Dataplanes = [.. proxies.Dataplanes],
            ZoneProxies = [.. proxies.ZoneProxies],
            MeshServices = meshServices.ToImmutable(),
            Workloads = WorkloadDeriver.Derive(cluster, proxies.Dataplanes, events),
            MeshZoneAddresses = addresses.ToImmutable(),
            Events = events.ToImmutable(),
            LeftOutMatches = matcher.LeftOut,
        };
    }
}

/// <summary>Reconciles Pods into Dataplanes, ZoneIngresses and ZoneEgresses (kuma: controllers/pod_controller.go).</summary>
internal sealed class ProxyDeriver(Cluster cluster, PodMatcher matcher, ServiceInspector inspector, EventSink events)
{
    private readonly PodConverter converter = new(cluster, events);
    private readonly ZoneProxyConverter zoneProxyConverter = new(cluster, events);

    public List<DerivedDataplane> Dataplanes { get; } = [];

    public List<DerivedZoneProxy> ZoneProxies { get; } = [];

    /// <summary>The mesh of each Pod or workload that has a Dataplane.</summary>
    public Dictionary<KubernetesObject, string> MeshOfObject { get; } = new(ReferenceEqualityComparer.Instance);

    public void Derive(PodModel pod)
    {
        var ns = cluster.Namespace(pod.Namespace, pod.Source);
        if (cluster.Version.Behaviour.ZoneIngressesAndEgresses)
        {
            foreach (var (key, isIngress) in (ReadOnlySpan<(string, bool)>)[(KumaAnnotations.Ingress, true), (KumaAnnotations.Egress, false)])
            {
                var enabled = KumaAnnotations.Enabled(pod.Annotations, key);
                if (enabled.Error is { } error)
                {
                    Report(pod, new ConversionError(DataplaneErrorReason.InvalidAnnotation, error, pod.AnnotationNode(key)));
                    return;
                }

                if (enabled.Value)
                {
                    DeriveZoneProxy(pod, ns, isIngress);
                    return;
                }
            }

            if (pod.Annotations.GetValueOrDefault(KumaAnnotations.Gateway) == "builtin")
            {
                DeriveBuiltinGateway(pod, ns);
                return;
            }
        }

        var injected = KumaAnnotations.Enabled(pod.Annotations, KumaAnnotations.SidecarInjected);
        if (injected.Error is { } badValue)
            Report(pod, new ConversionError(DataplaneErrorReason.InvalidAnnotation, badValue, pod.AnnotationNode(KumaAnnotations.SidecarInjected)));
        else if (injected.Value)
            DeriveDataplane(pod, ns);
    }

    private void DeriveZoneProxy(PodModel pod, NamespaceModel ns, bool isIngress)
    {
        if (!pod.HasAddress)
        {
            events.Add(new DataplaneSkipped(pod.Source, DataplaneSkipReason.NoAddress));
            return;
        }

        if (zoneProxyConverter.Convert(pod, ns, matcher.ServicesOf(pod), isIngress, out var error) is { } proxy)
            ZoneProxies.Add(proxy);
        else if (error is not null)
            Report(pod, error);
    }

    private void DeriveBuiltinGateway(PodModel pod, NamespaceModel ns)
    {
        if (!pod.HasAddress)
        {
            events.Add(new DataplaneSkipped(pod.Source, DataplaneSkipReason.NoAddress));
            return;
        }

        var mesh = cluster.MeshOf(pod.Labels, pod.Annotations, ns);
        if (converter.ConvertBuiltinGateway(pod, ns, mesh) is { } derived)
            Admit(pod, ns, derived, cluster.FindMesh(mesh));
    }

    private void DeriveDataplane(PodModel pod, NamespaceModel ns)
    {
        DataplaneSkipReason? skip = ns.IsTerminating ? DataplaneSkipReason.NamespaceTerminating
            : pod.Phase == "Succeeded" ? DataplaneSkipReason.Succeeded
            : !pod.HasAddress ? DataplaneSkipReason.NoAddress
            : pod.StatusReason == "Evicted" ? DataplaneSkipReason.Evicted
            : null;
        if (skip is { } reason)
        {
            events.Add(new DataplaneSkipped(pod.Source, reason));
            return;
        }

        var meshName = cluster.MeshOf(pod.Labels, pod.Annotations, ns);
        inspector.Inspect(pod, meshName);
        if (cluster.FindMesh(meshName) is not { } mesh)
        {
            Report(pod, new ConversionError(DataplaneErrorReason.MeshNotFound, $"meshs.kuma.io \"{meshName}\" not found", cluster.MeshNode(pod.Template, ns)));
            return;
        }

        if (converter.Convert(pod, ns, matcher.ServicesOf(pod), mesh, out var error) is { } derived)
            Admit(pod, ns, derived, mesh);
        else if (error is not null)
            Report(pod, error with { Text = $"unable to translate a Pod into a Dataplane: {error.Text}" });
    }

    private void Admit(PodModel pod, NamespaceModel ns, DerivedDataplane derived, MeshInfo? mesh)
    {
        if (DataplaneChecks.Check(cluster, ns, derived, mesh) is { } error)
        {
            Report(pod, error);
            return;
        }

        Dataplanes.Add(derived);
        MeshOfObject.TryAdd(pod.Source, derived.Dataplane.Mesh);
    }

    private void Report(PodModel pod, ConversionError error) =>
        events.Add(new DataplaneError(pod.Source, error.Node, error.Reason, error.Text, error.Services));
}
