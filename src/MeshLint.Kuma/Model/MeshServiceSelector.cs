namespace MeshLint.Kuma.Model;

/// <summary>How a MeshService selects Dataplanes.</summary>
public sealed record MeshServiceSelector
{
    /// <summary>Core name of the one Dataplane, or null.</summary>
    public string? DataplaneRef { get; init; }

    /// <summary>2.x tags, or null.</summary>
    public LabelSetRef? DataplaneTags { get; init; }

    /// <summary>Labels (2.14 and later), or null; empty selects every Dataplane of the mesh.</summary>
    public LabelSetRef? DataplaneLabels { get; init; }
}
