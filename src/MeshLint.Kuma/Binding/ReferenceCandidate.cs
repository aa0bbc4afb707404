using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;

namespace MeshLint.Kuma.Binding;

/// <summary>In what a candidate differs from what a reference asks for.</summary>
[Flags]
public enum CandidateDifference
{
    None = 0,

    /// <summary>It is in another namespace, or has none, or the reference asks for none.</summary>
    Namespace = 1 << 0,

    /// <summary>It is born in another zone.</summary>
    Zone = 1 << 1,

    /// <summary>It is in another mesh; references never leave their mesh.</summary>
    Mesh = 1 << 2,

    /// <summary>It is of another kind.</summary>
    Kind = 1 << 3,

    /// <summary>The control plane does not have it: its kind is not copied there.</summary>
    NotCopied = 1 << 4,

    /// <summary>The name is spelled a little differently.</summary>
    Spelling = 1 << 5,

    /// <summary>Only upper and lower case differ.</summary>
    Case = 1 << 6,

    /// <summary>The referrer has no zone label (it is born on the Global), so a name never finds what has one (2.x).</summary>
    ReferrerWithoutZone = 1 << 7,

    /// <summary>The candidate has no zone label (it is born on the Global), so a name in a zone never finds it (2.x).</summary>
    TargetWithoutZone = 1 << 8,

    /// <summary>The reference uses the name in a control plane's store (hashed, or with the namespace behind it); references use display names.</summary>
    StoreName = 1 << 9,

    /// <summary>The candidate lacks the display-name label that the reference asks for (hand-written on Universal, 2.x).</summary>
    NoDisplayNameLabel = 1 << 10,

    /// <summary>Another label of the reference has another value there, or is absent.</summary>
    Label = 1 << 11,

    /// <summary>The reference gives the number of a port that has a name.</summary>
    NumberOfNamedPort = 1 << 12,

    /// <summary>The reference gives the targetPort.</summary>
    TargetPort = 1 << 13,

    /// <summary>The MeshService would be generated, were <c>meshServices.mode</c> not Disabled (2.x).</summary>
    ModeDisabled = 1 << 14,

    /// <summary>A value of the <c>kuma.io/service</c> tag, where a real resource is asked for or the other way round.</summary>
    LegacyService = 1 << 15,

    /// <summary>An inbound tag has the pair that the reference asks of the labels.</summary>
    TagNotLabel = 1 << 16,
}

/// <summary>Something that a reference without target may have meant.</summary>
/// <param name="Difference">In what it differs from what is asked for.</param>
/// <param name="Value">What to write instead, where one value is to be replaced; "" otherwise.</param>
public sealed record ReferenceCandidate(CandidateDifference Difference, string Value)
{
    /// <summary>The destination.</summary>
    public Destination? Destination { get; init; }

    /// <summary>The port, where the destination is right and the port is not.</summary>
    public MeshServicePort? Port { get; init; }

    /// <summary>A Dataplane that has it, where Dataplanes are selected.</summary>
    public Dataplane? Dataplane { get; init; }

    /// <summary>The label or tag key that <see cref="Value"/> belongs to; "" for names.</summary>
    public string Key { get; init; } = "";
}
