using MeshLint.Core.Admission;
using MeshLint.Core.Configuration;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Kubernetes;

/// <summary>The kind of thing that labels are computed for.</summary>
internal enum DerivedKind
{
    Dataplane,
    BuiltinGateway,
    ZoneIngress,
    ZoneEgress,

    /// <summary>MeshService, MeshZoneAddress, Workload.</summary>
    Other,
}

/// <summary>
/// Labels of what controllers make: computed by the controller, and again by the defaulting webhook where the namespace is one that webhooks
/// see (kuma: pkg/core/resources/labels/compute.go, webhooks/defaulter.go, plugins/resources/k8s/store.go).
/// </summary>
internal static class DerivedLabels
{
    /// <summary>Whether Kuma's webhooks default and validate Kuma objects of a namespace; since 2.11 it must carry the label key for injection.</summary>
    public static bool HasWebhooks(KumaVersion version, NamespaceModel ns) =>
        ns.Name != "kube-system" && (!version.Behaviour.NamespaceNeedsInjectionLabel || ns.HasInjectionKey);

    /// <summary>What to compute labels for.</summary>
    public sealed record Subject(DerivedKind Kind, string Mesh, string Name, string Namespace)
    {
        public string ServiceAccount { get; init; } = "";

        public string Workload { get; init; } = "";

        public bool HasZoneIngress { get; init; }

        public bool HasZoneEgress { get; init; }

        public bool IsMeshScoped => Kind is not (DerivedKind.ZoneIngress or DerivedKind.ZoneEgress);

        public bool IsProxy => Kind != DerivedKind.Other;
    }

    /// <summary>The object's metadata after admission.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="labels">Labels as the controller sends them.</param>
    /// <param name="subject">What it is.</param>
    /// <param name="seen">The labels as the control plane sees them.</param>
    public static StoredMetadata Admit(Cluster cluster, NamespaceModel ns, Dictionary<string, string> labels, Subject subject, out LabelSet seen)
    {
        if (!HasWebhooks(cluster.Version, ns))
        {
            var stored = LabelSet.Create(labels);
            seen = stored.With(WellKnown.DisplayName, subject.Name);
            return new StoredMetadata(stored, LabelSet.Empty);
        }

        // The webhook reads the object through the adapter, which takes the display name from the name.
        labels[WellKnown.DisplayName] = subject.Name;
        // 3.0 leaves alone what its own control plane writes with the origin of another one (a Service label brings it there).
        var isImported = cluster.Version.Behaviour.ComputedLabelsWin && labels.GetValueOrDefault(WellKnown.Origin) is not (null or "" or "zone");
        if (!isImported)
            Compute(cluster.Version, cluster.Place, labels, subject with { ServiceAccount = "", Workload = "" });
        seen = LabelSet.Create(labels);
        var annotations = new KeyValuePair<string, string>[3];
        var count = 0;
        foreach (var key in (ReadOnlySpan<string>)[WellKnown.DisplayName, WellKnown.ServiceAccount, WellKnown.Workload])
        {
            if (LabelComputer.IsKeptAsAnnotation(key, cluster.Version) && labels.Remove(key, out var value))
                annotations[count++] = new(key, value);
        }

        return new StoredMetadata(LabelSet.Create(labels), LabelSet.FromPairs(annotations, count));
    }

    /// <summary>Adds the computed labels to those given.</summary>
    public static void Compute(KumaVersion version, ControlPlane place, Dictionary<string, string> labels, Subject subject)
    {
        var isTwo = !version.Behaviour.ComputedLabelsWin;
        if (!isTwo)
            labels[WellKnown.DisplayName] = subject.Name;
        if (subject.IsMeshScoped)
            labels.TryAdd(WellKnown.Mesh, subject.Mesh.Length > 0 ? subject.Mesh : WellKnown.DefaultMesh);
        if (isTwo)
            labels.TryAdd(WellKnown.Origin, "zone");
        else
            labels[WellKnown.Origin] = "zone";
        if (!isTwo || labels[WellKnown.Origin] != "global")
        {
            labels.TryAdd(WellKnown.Zone, place.Zone);
            labels.TryAdd(WellKnown.Env, "kubernetes");
        }

        if (labels[WellKnown.Origin] is "zone" or "")
            labels.TryAdd(WellKnown.Namespace, subject.Namespace);

        if (subject.IsProxy)
        {
            if (version.Behaviour.ProxyTypeLabelRemoved)
            {
                labels.Remove(WellKnown.ProxyType);
            }
            else if (version.Behaviour.ProxyTypeLabel)
            {
                labels[WellKnown.ProxyType] = subject.Kind switch
                {
                    DerivedKind.BuiltinGateway => "gateway",
                    DerivedKind.ZoneIngress => "zoneingress",
                    DerivedKind.ZoneEgress => "zoneegress",
                    _ => "sidecar",
                };
            }

            if (version.Behaviour.ZoneProxyListeners && subject.Kind is DerivedKind.Dataplane or DerivedKind.BuiltinGateway)
            {
                SetListener(labels, WellKnown.ListenerZoneIngress, subject.HasZoneIngress);
                SetListener(labels, WellKnown.ListenerZoneEgress, subject.HasZoneEgress);
            }
        }

        if (version.Behaviour.ServiceAccountLabel && subject.ServiceAccount.Length > 0)
            labels[WellKnown.ServiceAccount] = subject.ServiceAccount;
        if (version.Behaviour.Workloads && subject.Workload.Length > 0)
            labels[WellKnown.Workload] = subject.Workload;
    }

    private static void SetListener(Dictionary<string, string> labels, string key, bool has)
    {
        if (has)
            labels[key] = "enabled";
        else
            labels.Remove(key);
    }

    /// <summary>The API server's words for label values that are too long, or null (kuma stores long names as labels where no webhook moves them).</summary>
    public static string? InvalidLabels(string kind, string name, StoredMetadata metadata)
    {
        List<string>? errors = null;
        foreach (var (_, value) in metadata.Labels)
        {
            if (System.Text.Encoding.UTF8.GetByteCount(value) > 63)
            {
                var error = $"metadata.labels: Invalid value: {KumaAnnotations.Quote(value)}: must be no more than 63 bytes";
                if (errors?.Contains(error) != true)
                    (errors ??= []).Add(error);
            }
        }

        if (errors is null)
            return null;
        return $"{kind}.kuma.io \"{name}\" is invalid: {(errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors)}]")}";
    }
}
