namespace MeshLint.Kuma.Model;

/// <summary>What kind of gateway a Dataplane is.</summary>
public enum GatewayType
{
    None,
    Delegated,
    Builtin,
}
