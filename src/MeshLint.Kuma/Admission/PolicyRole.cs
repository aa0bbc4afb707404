using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

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
        var to = spec["to"];
        if (version.Behaviour.FromArrays && to.Count > 0 && spec["from"].Count > 0)
        {
            error = "it's not allowed to mix 'to' and 'from' arrays in the same policy";
            return null;
        }

        if (to.Count == 0)
            return WorkloadOwner;
        var producers = 0;
        foreach (var item in to.Items)
        {
            if (IsProducerItem(item["targetRef"], ns, version))
                producers++;
        }

        if (producers == to.Count)
            return Producer;
        if (producers == 0)
            return Consumer;
        error = "it's not allowed to mix producer and consumer items in the same policy";
        return null;
    }

    private static bool IsProducerItem(Node target, string ns, KumaVersion version)
    {
        var kind = target["kind"].AsString();
        if (version.Behaviour.TargetsByName)
        {
            if (kind != "MeshService" && (kind != "MeshHTTPRoute" || !version.Behaviour.ToMeshHTTPRoute))
                return false;
            var itemNamespace = target["namespace"].AsString();
            return target["name"].AsString() is { Length: > 0 } && (itemNamespace is null or "" || itemNamespace == ns);
        }

        if (kind is not ("MeshService" or "MeshHTTPRoute"))
            return false;
        var labels = target["labels"];
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
