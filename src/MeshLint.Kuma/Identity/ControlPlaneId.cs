namespace MeshLint.Kuma.Identity;

/// <summary>
/// Which control plane: the Global, of which a repository has one, or the zone of a name. Two folders that feed one control plane have one id;
/// it does not depend on settings, file order or revision.
/// </summary>
public readonly record struct ControlPlaneId
{
    private readonly string? zone;

    private ControlPlaneId(bool isGlobal, string zone)
    {
        IsGlobal = isGlobal;
        this.zone = zone;
    }

    /// <summary>The Global control plane.</summary>
    public static ControlPlaneId Global { get; } = new(true, "");

    public bool IsGlobal { get; }

    /// <summary>The zone's name; "" for the Global.</summary>
    public string Zone => zone ?? "";

    /// <summary>The control plane of a zone, standalone or federated.</summary>
    public static ControlPlaneId OfZone(string zone) => new(false, zone);

    /// <summary>As reports name it: the zone's name, or "global".</summary>
    public override string ToString() => IsGlobal ? "global" : Zone;
}
