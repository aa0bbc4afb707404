using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshtcproute/api/v1alpha1/validator.go.</summary>
internal static class MeshTCPRouteValidator
{
    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        PolicyParts.ValidateTop(v, spec, Mesh | MeshSubset | MeshService | MeshServiceSubset | Dataplane, MeshGateway);
        var onGateway = PolicyParts.TopKind(spec) == MeshGateway && v.Behaviour.BuiltinGateways;
        var options = new TargetRefOptions(BackendRefCheck.Kinds(v.Version));
        foreach (var item in spec["to"].Items)
        {
            TargetRefCheck.Validate(
                item["targetRef"], new TargetRefOptions(onGateway ? Mesh : MeshService | MeshExternalService | MeshMultiZoneService));
            foreach (var rule in item["rules"].Items)
            {
                var backendRefs = rule["default"]["backendRefs"];
                backendRefs.ReportIf(v.Behaviour.TcpRouteNeedsBackends && backendRefs.Count == 0, Messages.MustBeDefined);
                foreach (var backendRef in backendRefs.Items)
                    BackendRefCheck.Validate(backendRef, options);
            }
        }
    }
}
