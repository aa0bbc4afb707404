using MeshLint.Core.Configuration;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Admission;

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

    /// <summary>As <see cref="Compute(MeshResource,LabelSet,Node,KumaVersion,out string?)"/>; the written labels are changed into the computed ones.</summary>
    public static LabelSet Compute(MeshResource resource, Dictionary<string, string> labels, Node spec, KumaVersion version, out string? roleError)
    {
        roleError = null;
        if (resource.KindInfo is not { } kind)
            return LabelSet.Create(labels);
        var place = resource.Place;
        if (kind.IsMeshScoped)
            labels.TryAdd(WellKnown.Mesh, resource.Mesh.Length > 0 ? resource.Mesh : WellKnown.DefaultMesh);
        if (version.Behaviour.ComputedLabelsWin)
            labels[WellKnown.DisplayName] = resource.Name;

        if (place.IsGlobal)
        {
            if (version.Behaviour.ComputedLabelsWin)
                labels[WellKnown.Origin] = "global";
        }
        else
        {
            // A Zone is synced nowhere; 2.9 therefore does not count it.
            var zoneKind = kind.IsWritableOnZone(version) && (version.Behaviour.ZoneKindGetsOrigin || kind.Name != "Zone");
            if (version.Behaviour.ComputedLabelsWin)
                labels[WellKnown.Origin] = "zone";
            else if (zoneKind)
                labels.TryAdd(WellKnown.Origin, "zone");
            if (zoneKind && labels.GetValueOrDefault(WellKnown.Origin) != "global")
            {
                labels.TryAdd(WellKnown.Zone, place.Zone);
                labels.TryAdd(WellKnown.Env, resource.IsKubernetes ? "kubernetes" : "universal");
            }
        }

        var locallyOriginated = labels.GetValueOrDefault(WellKnown.Origin) is null or "" || labels[WellKnown.Origin] == (place.IsGlobal ? "global" : "zone");
        if (resource.Namespace is { } ns && locallyOriginated)
        {
            labels.TryAdd(WellKnown.Namespace, ns);
            if (kind.Group == KindGroup.Policy)
            {
                var role = PolicyRole.Compute(spec, ns, place.SystemNamespace, version, out roleError);
                if (role is not null)
                    labels[WellKnown.PolicyRole] = role;
            }
        }

        ComputeProxyLabels(kind, spec, version, labels);
        return LabelSet.Create(labels);
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

    /// <summary>The label is stored as an annotation on Kubernetes (kuma: pkg/plugins/resources/k8s/store.go SplitLabelsAndAnnotations).</summary>
    public static bool IsKeptAsAnnotation(string key, KumaVersion version) => key switch
    {
        WellKnown.DisplayName => true,
        WellKnown.ServiceAccount => version.Behaviour.ServiceAccountLabel,
        WellKnown.Workload => version.Behaviour.Workloads,
        _ => false,
    };

    private static void ComputeProxyLabels(KindInfo kind, Node spec, KumaVersion version, Dictionary<string, string> labels)
    {
        var isDataplane = kind.Name == "Dataplane";
        if (version.Behaviour.ProxyTypeLabelRemoved)
        {
            if (isDataplane)
                labels.Remove(WellKnown.ProxyType);
        }
        else if (version.Behaviour.ProxyTypeLabel)
        {
            var type = kind.Name switch
            {
                "Dataplane" => spec["networking"]["gateway"]["type"].AsString() == "BUILTIN" ? "gateway" : "sidecar",
                "ZoneIngress" => "zoneingress",
                "ZoneEgress" => "zoneegress",
                _ => null,
            };
            if (type is not null)
                labels[WellKnown.ProxyType] = type;
        }

        if (isDataplane && version.Behaviour.ZoneProxyListeners)
        {
            SetListener(WellKnown.ListenerZoneIngress, "ZoneIngress");
            SetListener(WellKnown.ListenerZoneEgress, "ZoneEgress");
        }

        void SetListener(string label, string type)
        {
            var has = false;
            foreach (var listener in spec["networking"]["listeners"].Items)
                has |= listener["type"].AsString() == type;
            if (has)
                labels[label] = "enabled";
            else
                labels.Remove(label);
        }
    }
}
