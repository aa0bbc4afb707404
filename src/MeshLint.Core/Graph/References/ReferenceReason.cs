namespace MeshLint.Core.Graph.References;

/// <summary>Why a reference ends as it does; the vocabulary of <c>reason</c> in graph.json.</summary>
public enum ReferenceReason
{
    /// <summary>Nothing to explain.</summary>
    None,

    /// <summary>No resource of the kind has that name, zone and namespace.</summary>
    NoSuchName,

    /// <summary>No resource of the kind has all the labels.</summary>
    NoLabelMatch,

    /// <summary>The destination has no such port.</summary>
    NoSuchPort,

    /// <summary>No target has the section.</summary>
    NoSuchSection,

    /// <summary>Several destinations match where one is taken.</summary>
    SeveralMatch,

    /// <summary>It is read as a <c>kuma.io/service</c> value, and no Dataplane has it.</summary>
    NoSuchLegacyService,

    /// <summary>It is read as a <c>kuma.io/service</c> value.</summary>
    LegacyService,

    /// <summary>The mode is Exclusive, so the <c>kuma.io/service</c> reference reaches nothing.</summary>
    LegacyInExclusiveMode,

    /// <summary>No port is named, and the destination has not exactly one.</summary>
    PortRequired,

    /// <summary>The mesh does not exist.</summary>
    NoSuchMesh,

    /// <summary>The selector matches nothing.</summary>
    SelectsNothing,

    /// <summary>The Kuma line does not read the field.</summary>
    NotReadByVersion,

    /// <summary>Another field of the document makes it void.</summary>
    Overridden,
}
