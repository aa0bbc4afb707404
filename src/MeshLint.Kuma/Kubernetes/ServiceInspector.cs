using MeshLint.Kuma.Model;
using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>Reports what a Service (or Namespace) of a mesh says without the effect that it looks like.</summary>
internal sealed class ServiceInspector(Cluster cluster, PodMatcher matcher, EventSink events)
{
    private KumaVersion Version => cluster.Version;

    /// <summary>Looks at a Service.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="meshOfObject">The mesh of each object that has a Dataplane.</param>
    public void Inspect(ServiceModel service, Dictionary<KubernetesObject, string> meshOfObject)
    {
        var ns = cluster.Namespace(service.Namespace, service.Source);
        var isInMesh = service.Labels.Contains(WellKnown.Mesh) || ns.InjectionLabel is "true" or "yes" or "enabled";
        var pods = matcher.EndpointsOf(service).Select(static e => e.Pod?.Source).OfType<KubernetesObject>().Distinct().ToList();
        if (!isInMesh && !pods.Exists(meshOfObject.ContainsKey))
            return;
        var metadata = service.Source.Root["metadata"];
        InspectAnnotations(service, metadata, ns);
        InspectSelector(service, ns, pods, meshOfObject);
        foreach (var entry in metadata["labels"].Entries)
        {
            if (entry.Key is WellKnown.Origin or WellKnown.Zone or WellKnown.Env or WellKnown.Namespace or WellKnown.DisplayName or WellKnown.ManagedBy
                or WellKnown.ServiceName or WellKnown.IsHeadlessService or WellKnown.PolicyRole)
            {
                events.Add(new ReservedServiceLabel(service.Source, entry));
            }
        }
    }

    /// <summary>Reports a mesh that an annotation of a Namespace names.</summary>
    public void Inspect(NamespaceModel ns)
    {
        if (ns is { Source: { } source } && ns.Annotations[KumaAnnotations.Mesh] is { Length: > 0 } mesh)
            events.Add(new MeshByAnnotation(source, source.Root["metadata"]["annotations"][KumaAnnotations.Mesh], mesh, cluster.MeshOf((string?)null, null, ns)));
    }

    /// <summary>Reports a mesh that an annotation of a Pod names.</summary>
    public void Inspect(PodModel pod, string mesh)
    {
        if (pod.AnnotationNode(KumaAnnotations.Mesh) is { Text.Length: > 0 } annotation)
            events.Add(new MeshByAnnotation(pod.Source, annotation, annotation.Text, mesh));
    }

    private void InspectAnnotations(ServiceModel service, Node metadata, NamespaceModel ns)
    {
        var annotations = metadata["annotations"];
        if (service.Annotations[KumaAnnotations.Ignore] is { } ignore
            && (ignore == "enabled" || (ignore is "true" or "yes" && !Version.Behaviour.IgnoredServiceHasNoMeshService)))
            events.Add(new IgnoredByHalf(service.Source, annotations[KumaAnnotations.Ignore], ignore));
        if (service.Annotations.Contains(KumaAnnotations.Gateway))
            events.Add(new GatewayOnService(service.Source, annotations[KumaAnnotations.Gateway]));
        if (service.Annotations[KumaAnnotations.Mesh] is { Length: > 0 } mesh)
        {
            events.Add(new MeshByAnnotation(
                service.Source, annotations[KumaAnnotations.Mesh], mesh, cluster.MeshOf(service.Labels[WellKnown.Mesh], mesh, ns)));
        }

        const string suffix = ".service.kuma.io/protocol";
        foreach (var entry in annotations.Entries)
        {
            if (entry.Key is not { } key || !key.EndsWith(suffix, StringComparison.Ordinal))
                continue;
            var isNumber = int.TryParse(key.AsSpan(..^suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var value = entry.Text ?? "";
            if (!isNumber || !service.Ports.Any(p => p.Port == number))
            {
                var isTarget = isNumber && service.Ports.Any(p => p.TargetPort.Number == number);
                events.Add(new ProtocolAnnotationSuspect(
                    service.Source, entry, isTarget ? ProtocolAnnotationTrap.TargetPort : ProtocolAnnotationTrap.NoSuchPort, value));
            }
            else if (value.Length > 0 && !Protocols.IsKnown(Version, value)
                && service.Ports.Any(p => p.Port == number && p.IsTcp && (p.AppProtocol is null || !Protocols.IsKnown(Version, p.AppProtocol))))
            {
                events.Add(new ProtocolAnnotationSuspect(service.Source, entry, ProtocolAnnotationTrap.UnknownValue, value));
            }
        }
    }

    private void InspectSelector(ServiceModel service, NamespaceModel ns, List<KubernetesObject> pods, Dictionary<KubernetesObject, string> meshOfObject)
    {
        if (service.IsExternalName)
            return;
        if (service.Selector.Count == 0)
        {
            if (!service.IsHeadless)
                events.Add(new SelectorlessService(service.Source));
            return;
        }

        var selector = service.Source.Spec["selector"];
        if (!cluster.TagsDisabled && !service.IsHeadless)
        {
            foreach (var entry in selector.Entries)
            {
                if (entry.Key?.Contains("kuma.io/", StringComparison.Ordinal) == true || entry.Text is not { Length: > 0 })
                    events.Add(new UnmatchableSelector(service.Source, entry));
            }
        }

        if (pods.Count == 0)
            events.Add(new ServiceSelectsNoPod(service.Source, selector));
        var mesh = cluster.MeshOf(service.Labels[WellKnown.Mesh], service.Annotations[KumaAnnotations.Mesh], ns);
        foreach (var pod in pods)
        {
            if (meshOfObject.TryGetValue(pod, out var podMesh) && podMesh != mesh)
                events.Add(new MeshMismatch(service.Source, cluster.MeshNode(service.Source.Root, ns), mesh, pod, podMesh));
        }
    }
}
