using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Admission;

/// <summary>
/// Decides the role of a namespaced policy (kuma: pkg/core/resources/labels/compute.go; docs/kuma/labels.md#policy-role).
/// </summary>
internal static class PolicyRole
{
    public const string System = "system";
    public const string Producer = "producer";
    public const string Consumer = "consumer";
    public const string WorkloadOwner = "workload-owner";

    /// <summary>The role, or null and an error where the policy mixes what one policy must not mix.</summary>
    public static string? Compute(Node spec, string ns, string systemNamespace, KumaVersion version, out string? error)
    {
        error = null;
        if (ns == systemNamespace)
            return System;
        var to = PolicySpec.ToNode(spec);
        if (version.Behaviour.FromArrays && to.Count > 0 && PolicySpec.FromNode(spec).Count > 0)
        {
            error = "it's not allowed to mix 'to' and 'from' arrays in the same policy";
            return null;
        }

        if (to.Count == 0)
            return WorkloadOwner;
        var producers = 0;
        foreach (var target in PolicySpec.TargetsOf(to))
        {
            if (IsProducerItem(target, ns, version))
                producers++;
        }

        if (producers == to.Count)
            return Producer;
        if (producers == 0)
            return Consumer;
        error = "it's not allowed to mix producer and consumer items in the same policy";
        return null;
    }

    private static bool IsProducerItem(TargetRef target, string ns, KumaVersion version)
    {
        var kind = target.Kind;
        if (version.Behaviour.TargetsByName)
        {
            if (kind != "MeshService" && (kind != "MeshHTTPRoute" || !version.Behaviour.ToMeshHTTPRoute))
                return false;
            return target.Name.Length > 0 && (target.Namespace.Length == 0 || target.Namespace == ns);
        }

        if (kind is not ("MeshService" or "MeshHTTPRoute"))
            return false;
        var labels = target.LabelsNode;
        if (labels[WellKnown.DisplayName].AsString() is not { Length: > 0 })
            return false;
        foreach (var label in labels.Entries)
        {
            if (label.Key is not (WellKnown.DisplayName or WellKnown.Namespace))
                return false;
        }

        var labelNamespace = labels[WellKnown.Namespace].AsString();
        return labelNamespace is null or "" || labelNamespace == ns;
    }
}
