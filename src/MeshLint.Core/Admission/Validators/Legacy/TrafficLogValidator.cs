namespace MeshLint.Core.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/traffic_log_validator.go; policies.md §8.8.1.</summary>
internal static class TrafficLogValidator
{
    public static void Validate(Validation v)
    {
        TagChecks.Selectors(v, "sources", TagChecks.AnyTagWithService);
        TagChecks.Selectors(v, "destinations", TagChecks.ServiceOnly);
    }
}
