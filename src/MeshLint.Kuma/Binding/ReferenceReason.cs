using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;

namespace MeshLint.Kuma.Binding;

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

    /// <summary>Neither a name nor labels are given.</summary>
    NamesNothing,

    /// <summary>2.x: a MeshService by labels without port, read as a <c>kuma.io/service</c> value without a name.</summary>
    EmptyLegacyName,

    /// <summary>2.x: the <c>kuma.io/service</c> value exists, but its endpoints have no protocol that the place can use.</summary>
    LegacyProtocol,

    /// <summary>The port is found, but its protocol gives the route nothing to send to.</summary>
    ProtocolUnusable,

    /// <summary>The weight is 0.</summary>
    ZeroWeight,

    /// <summary>The document has no selector.</summary>
    SelectorMissing,

    /// <summary>What matches is in other meshes only.</summary>
    OtherMesh,

    /// <summary>What matches lies outside the namespace or zone that the policy can reach.</summary>
    OutOfReach,

    /// <summary>The control plane has no Dataplane of the mesh at all (they may be written elsewhere).</summary>
    NoDataplanes,

    /// <summary>No port is named, so the first unnamed port hides the others (2.12 and later).</summary>
    OnlyUnnamedPort,

    /// <summary>No proxy of the mesh has an identity, so nothing is ever compared with it.</summary>
    NoIdentity,

    /// <summary>The SPIFFE ID belongs to a trust domain that no proxy of the mesh has: a client from elsewhere.</summary>
    ForeignTrustDomain,

    /// <summary>2.x: a Dataplane selected by namespace alone, which selects none.</summary>
    NamespaceOnly,
}
