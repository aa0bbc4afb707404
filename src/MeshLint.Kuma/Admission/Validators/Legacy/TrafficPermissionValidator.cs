namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/traffic_permission_validator.go.</summary>
internal static class TrafficPermissionValidator
{
    public static void Validate(Validation v)
    {
        TagCheck.Selectors(v, "sources", TagRules.AnyTag);
        TagCheck.Selectors(v, "destinations", TagRules.AnyTag);
    }
}
