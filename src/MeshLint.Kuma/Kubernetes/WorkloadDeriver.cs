using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>Makes Workloads of the annotation <c>kuma.io/workload</c> of Dataplanes (2.13 and later; kuma: controllers/workload_controller.go).</summary>
internal static class WorkloadDeriver
{
    public static ImmutableArray<DerivedWorkload> Derive(Cluster cluster, IEnumerable<DerivedDataplane> dataplanes, EventSink events)
    {
        if (!cluster.Version.Behaviour.Workloads)
            return [];
        var groups = new Dictionary<(string Namespace, string Name), (KubernetesObject Object, SortedSet<string> Meshes)>();
        foreach (var derived in dataplanes)
        {
            if (derived.Metadata.Annotations[WellKnown.Workload] is not { Length: > 0 } name || derived.Dataplane.DerivedFrom is not { } source)
                continue;
            if (!groups.TryGetValue((derived.Namespace, name), out var group))
                groups.Add((derived.Namespace, name), group = (source, new SortedSet<string>(StringComparer.Ordinal)));
            group.Meshes.Add(derived.Dataplane.Mesh);
        }

        var results = ImmutableArray.CreateBuilder<DerivedWorkload>(groups.Count);
        foreach (var ((ns, name), (source, meshes)) in groups.OrderBy(static g => g.Key.Namespace, StringComparer.Ordinal).ThenBy(static g => g.Key.Name, StringComparer.Ordinal))
        {
            if (meshes.Count > 1)
            {
                events.Add(new WorkloadSkipped(
                    source, name, WorkloadSkipReason.SeveralMeshes,
                    $"Skipping Workload generation: namespace {ns} has pods in multiple meshes ({meshes.Count} meshes) for workload {name}. This configuration is not supported.",
                    [.. meshes]));
                continue;
            }

            if (!DnsNames.IsSubdomain(name) || name.Length > 253)
            {
                events.Add(new WorkloadSkipped(
                    source, name, WorkloadSkipReason.InvalidName,
                    $"failed to create/update Workload {name} in namespace {ns}: Workload.kuma.io \"{name}\" is invalid: metadata.name: Invalid value: {KumaAnnotations.Quote(name)}: {DnsNames.SubdomainText}",
                    []));
                continue;
            }

            if (!DnsNames.IsRfc1035Label(name) || name.Length > 63)
                events.Add(new WorkloadSkipped(source, name, WorkloadSkipReason.NotDnsLabel, "", []));
            var mesh = meshes.Min ?? "";
            var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [WellKnown.Mesh] = mesh, [WellKnown.ManagedBy] = "k8s-controller" };
            var metadata = DerivedLabels.Admit(
                cluster, cluster.Namespace(ns, source), labels, DerivedLabels.Subject("Workload", mesh, name, ns), out _);
            results.Add(new DerivedWorkload(mesh, ns, name, metadata));
        }

        return results.ToImmutable();
    }
}
