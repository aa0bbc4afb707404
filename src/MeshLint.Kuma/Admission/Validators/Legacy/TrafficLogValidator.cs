namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/traffic_log_validator.go.</summary>
internal static class TrafficLogValidator
{
    public static void Validate(Validation v)
    {
        TagCheck.Selectors(v, "sources", TagRules.AnyTagWithService);
        TagCheck.Selectors(v, "destinations", TagRules.ServiceOnly);
    }
}
