namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>Checks where a route sends traffic to (kuma: pkg/core/validators/common_validators.go, ValidateBackendRef).</summary>
internal static class BackendRefCheck
{
    /// <summary>The kinds that a route may send traffic to.</summary>
    public static TargetRefKinds Kinds(KumaVersion version)
    {
        const TargetRefKinds kinds = TargetRefKinds.MeshService | TargetRefKinds.MeshExternalService | TargetRefKinds.MeshMultiZoneService;
        return version.Behaviour.BackendRefToSubset ? kinds | TargetRefKinds.MeshServiceSubset : kinds;
    }

    public static void Validate(Field backendRef, TargetRefOptions options)
    {
        TargetRefCheck.Validate(backendRef, options);
        ValidateRest(backendRef);
    }

    private static void ValidateRest(Field backendRef)
    {
        backendRef["port"].ReportIf(
            backendRef["kind"].Text == "MeshMultiZoneService" && !backendRef["port"].IsSet,
            $"{Messages.MustBeDefined} with kind MeshMultiZoneService");
        backendRef["weight"].ReportIf(
            backendRef.Behaviour.WeightChecked && backendRef["weight"].Node.AsNumber() > uint.MaxValue,
            $"must be in inclusive range [0, {uint.MaxValue}]");
    }
}
