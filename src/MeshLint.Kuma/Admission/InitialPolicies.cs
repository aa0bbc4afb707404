using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission;

/// <summary>The policies that a Mesh creates by itself (docs/kuma/policies.md#default-policies; kuma: pkg/defaults/mesh).</summary>
internal static class InitialPolicies
{
    /// <summary>A document of that kind and name overwrites such a policy, so that it is an update, not a create.</summary>
    public static bool IsOne(string kind, string mesh, string name, KumaVersion version) => kind switch
    {
        "MeshTimeout" => Has(name, "mesh-timeout-all-", mesh)
                         || (version.Behaviour.TimeoutForGatewaysByDefault ? Has(name, "mesh-gateways-timeout-all-", mesh) : Has(name, "mesh-timeout-to-all-", mesh)),
        "MeshCircuitBreaker" => Has(name, "mesh-circuit-breaker-all-", mesh),
        "MeshRetry" => Has(name, "mesh-retry-all-", mesh),
        _ => false,
    };

    /// <summary>2.9 computes labels on create only: an update stores those that are written.</summary>
    public static bool KeepsLabels(MeshResource resource, KumaVersion version) =>
        !version.Behaviour.LabelsComputedOnUpdate && IsOne(resource.Kind, resource.Mesh, resource.Name, version);

    private static bool Has(string name, string prefix, string mesh) =>
        name.Length == prefix.Length + mesh.Length && name.StartsWith(prefix, StringComparison.Ordinal)
            && name.EndsWith(mesh, StringComparison.Ordinal);
}
