using System.Globalization;

namespace MeshLint.Kuma.Topology;

/// <summary>A port number or a port name, as <c>targetPort</c> holds one. The default value stands for an absent field.</summary>
public readonly record struct TargetPort
{
    public TargetPort(int number) => Number = number;

    public TargetPort(string name) => Name = name;

    public int? Number { get; }

    public string? Name { get; }

    public bool IsAbsent => Number is null && Name is null;

    public override string ToString() => Name ?? Number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

/// <summary>One port of a MeshService, MeshMultiZoneService or MeshExternalService (whose one port is its <c>match</c>).</summary>
/// <param name="Name">The name as stored; null where the field is absent.</param>
/// <param name="Port">Port number.</param>
/// <param name="TargetPort">MeshService only.</param>
/// <param name="AppProtocol">As stored, "" where there is none.</param>
/// <param name="Node">Where it is written; missing for a generated one.</param>
public sealed record MeshServicePort(string? Name, int Port, TargetPort TargetPort, string AppProtocol, Node Node);

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

/// <summary>Labels with the place where they are written.</summary>
/// <param name="Labels">The pairs.</param>
/// <param name="Node">Their mapping; missing for generated ones.</param>
public sealed record LabelSetRef(LabelSet Labels, Node Node);
