namespace MeshLint.Sources.Reading;

/// <summary>ML0010: no configuration names the control planes, so one is assumed.</summary>
internal static class AssumedControlPlane
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0010", "assumed-control-plane", "No configuration names the control planes", RuleCategory.Reading, Severity.Info);

    /// <param name="at">Where the first document starts.</param>
    /// <param name="place">The control plane that is assumed.</param>
    public static Diagnostic Of(Location at, ControlPlane place)
    {
        var environment = place.IsKubernetes ? "Kubernetes" : "Universal";
        var message = $"no .meshlint.yaml names the control planes; one standalone {environment} zone '{place.Zone}' is assumed";
        return Diagnostic.Create(Descriptor, at, message) with
        {
            Notes = [$"{(place.IsKubernetes ? "at least one" : "no")} document is written in Kubernetes form"],
            Help = "run 'meshlint init' to write the configuration down",
        };
    }
}
