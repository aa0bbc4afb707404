namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>The kinds that a targetRef can name (kuma: api/common/v1alpha1/targetref.go).</summary>
[Flags]
internal enum TargetRefKinds
{
    None = 0,
    Mesh = 1,
    MeshSubset = 1 << 1,
    MeshGateway = 1 << 2,
    MeshService = 1 << 3,
    MeshExternalService = 1 << 4,
    MeshMultiZoneService = 1 << 5,
    MeshServiceSubset = 1 << 6,
    MeshHTTPRoute = 1 << 7,
    Dataplane = 1 << 8,
}

/// <summary>Names of <see cref="TargetRefKinds"/>.</summary>
internal static class TargetRefKindNames
{
    /// <summary>The kind of a name; none for a name that Kuma does not know.</summary>
    public static TargetRefKinds Parse(string name) => name switch
    {
        "Mesh" => TargetRefKinds.Mesh,
        "MeshSubset" => TargetRefKinds.MeshSubset,
        "MeshGateway" => TargetRefKinds.MeshGateway,
        "MeshService" => TargetRefKinds.MeshService,
        "MeshExternalService" => TargetRefKinds.MeshExternalService,
        "MeshMultiZoneService" => TargetRefKinds.MeshMultiZoneService,
        "MeshServiceSubset" => TargetRefKinds.MeshServiceSubset,
        "MeshHTTPRoute" => TargetRefKinds.MeshHTTPRoute,
        "Dataplane" => TargetRefKinds.Dataplane,
        _ => TargetRefKinds.None,
    };
}
