namespace MeshLint.Kuma.Identity;

/// <summary>The control planes that share their meshes: the Global with its zones, or one standalone zone.</summary>
public readonly record struct DeploymentId
{
    private readonly string? zone;

    private DeploymentId(bool isMultiZone, string zone)
    {
        IsMultiZone = isMultiZone;
        this.zone = zone;
    }

    /// <summary>The Global and the zones that are connected to it; a repository has one such deployment at the most.</summary>
    public static DeploymentId MultiZone { get; } = new(true, "");

    public bool IsMultiZone { get; }

    /// <summary>Name of the standalone zone; "" for the multi-zone deployment.</summary>
    public string Zone => zone ?? "";

    /// <summary>A zone that is connected to no Global.</summary>
    public static DeploymentId Standalone(string zone) => new(false, zone);

    /// <summary>Name of the control plane that has the meshes.</summary>
    public override string ToString() => IsMultiZone ? "global" : Zone;
}
