namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/traffic_trace_validator.go.</summary>
internal static class TrafficTraceValidator
{
    public static void Validate(Validation v) => TagCheck.Selectors(v, "selectors", TagRules.AnyTag);
}
