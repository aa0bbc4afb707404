using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission;

/// <summary>
/// Computes the labels that a control plane adds to what is written to it (kuma: pkg/core/resources/labels/compute.go;
/// docs/kuma/labels.md#computed-labels).
/// </summary>
internal static class LabelComputer
{
    /// <summary>The labels as stored: what was written plus what the control plane computes.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="written">Its labels as decoded.</param>
    /// <param name="spec">Its decoded body.</param>
    /// <param name="version">The Kuma line.</param>
    /// <param name="roleError">Why the policy role cannot be decided, or null; the control plane then refuses the resource.</param>
    public static LabelSet Compute(MeshResource resource, LabelSet written, Node spec, KumaVersion version, out string? roleError)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in written)
            labels[key] = value;
        return Compute(resource, labels, spec, version, out roleError);
    }

    /// <summary>
    /// As <see cref="Compute(MeshResource,LabelSet,Node,KumaVersion,out string?)"/>; the written labels are changed into the computed ones.
    /// </summary>
    public static LabelSet Compute(
        MeshResource resource, Dictionary<string, string> labels, Node spec, KumaVersion version, out string? roleError)
    {
        roleError = null;
        if (resource.KindInfo is { } kind)
            Compute(LabelSubject.Of(resource, kind, spec), resource.Place, labels, version, out roleError);
        return LabelSet.Create(labels);
    }

    /// <summary>Adds the computed labels to those given.</summary>
    public static void Compute(
        LabelSubject subject, ControlPlane place, Dictionary<string, string> labels, KumaVersion version, out string? roleError)
    {
        roleError = null;
        var behaviour = version.Behaviour;
        var kind = subject.Kind;
        if (kind.IsMeshScoped)
            labels.TryAdd(WellKnown.Mesh, subject.Mesh.Length > 0 ? subject.Mesh : WellKnown.DefaultMesh);
        if (behaviour.ComputedLabelsWin)
            labels[WellKnown.DisplayName] = subject.Name;

        if (place.IsGlobal)
        {
            if (behaviour.ComputedLabelsWin)
                labels[WellKnown.Origin] = "global";
        }
        else
        {
            ComputeZoneLabels(subject, place, labels, version);
        }

        var origin = labels.GetValueOrDefault(WellKnown.Origin);
        var isLocal = origin is null or "" || origin == (place.IsGlobal ? "global" : "zone");
        if (subject.Namespace is { } ns && isLocal)
        {
            labels.TryAdd(WellKnown.Namespace, ns);
            if (kind.Group == KindGroup.Policy
                && PolicyRole.Compute(subject.PolicySpec, ns, place.SystemNamespace, version, out roleError) is { } role)
                labels[WellKnown.PolicyRole] = role;
        }

        ComputeProxyLabels(subject, behaviour, labels);
        if (behaviour.ServiceAccountLabel && subject.ServiceAccount.Length > 0)
            labels[WellKnown.ServiceAccount] = subject.ServiceAccount;
        if (behaviour.Workloads && subject.Workload.Length > 0)
            labels[WellKnown.Workload] = subject.Workload;
    }

    private static void ComputeZoneLabels(LabelSubject subject, ControlPlane place, Dictionary<string, string> labels, KumaVersion version)
    {
        var isZoneKind = subject.Kind.IsWritableOnZone(version) && (version.Behaviour.ZoneKindGetsOrigin || subject.Kind.Name != "Zone");
        if (version.Behaviour.ComputedLabelsWin)
            labels[WellKnown.Origin] = "zone";
        else if (isZoneKind)
            labels.TryAdd(WellKnown.Origin, "zone");
        if (!isZoneKind || labels.GetValueOrDefault(WellKnown.Origin) == "global")
            return;
        labels.TryAdd(WellKnown.Zone, place.Zone);
        labels.TryAdd(WellKnown.Env, subject.IsKubernetes ? "kubernetes" : "universal");
    }

    /// <summary>
    /// The labels of a Kubernetes object as a control plane reads them: to what is written comes the display name, and what is kept in
    /// annotations because it may be too long for a label (kuma: pkg/plugins/resources/k8s/store.go GetLabels;
    /// docs/kuma/documents.md#identity).
    /// </summary>
    public static Dictionary<string, string> ReadKubernetes(MeshResource resource, KumaVersion version)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in resource.LabelsNode.Entries)
        {
            if (label.IsString || label.Kind == NodeKind.Null)
                labels[label.Key ?? ""] = label.Text ?? "";
        }

        labels[WellKnown.DisplayName] = resource.Name;
        foreach (var annotation in resource.AnnotationsNode.Entries)
        {
            if (annotation.Key is { } key && IsKeptAsAnnotation(key, version))
                labels[key] = annotation.Text ?? "";
        }

        return labels;
    }

    /// <summary>
    /// The label is stored as an annotation on Kubernetes (kuma: pkg/plugins/resources/k8s/store.go SplitLabelsAndAnnotations).
    /// </summary>
    public static bool IsKeptAsAnnotation(string key, KumaVersion version) => key switch
    {
        WellKnown.DisplayName => true,
        WellKnown.ServiceAccount => version.Behaviour.ServiceAccountLabel,
        WellKnown.Workload => version.Behaviour.Workloads,
        _ => false,
    };

    private static void ComputeProxyLabels(LabelSubject subject, Behaviour behaviour, Dictionary<string, string> labels)
    {
        var isDataplane = subject.Kind.Name == "Dataplane";
        if (isDataplane && behaviour.ProxyTypeLabelRemoved)
            labels.Remove(WellKnown.ProxyType);
        var type = subject.Kind.Name switch
        {
            "Dataplane" => subject.IsBuiltinGateway ? "gateway" : "sidecar",
            "ZoneIngress" => "zoneingress",
            "ZoneEgress" => "zoneegress",
            _ => null,
        };
        if (type is not null && behaviour.ProxyTypeLabel)
            labels[WellKnown.ProxyType] = type;
        if (!isDataplane || !behaviour.ZoneProxyListeners)
            return;
        SetListener(labels, WellKnown.ListenerZoneIngress, subject.HasZoneIngress);
        SetListener(labels, WellKnown.ListenerZoneEgress, subject.HasZoneEgress);
    }

    private static void SetListener(Dictionary<string, string> labels, string key, bool has)
    {
        if (has)
            labels[key] = "enabled";
        else
            labels.Remove(key);
    }
}
