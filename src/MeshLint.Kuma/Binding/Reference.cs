using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>Which place of a document refers.</summary>
public enum ReferenceEdge
{
    /// <summary><c>spec.targetRef</c> of a policy.</summary>
    TargetRef,

    /// <summary><c>spec.to[].targetRef</c>.</summary>
    To,

    /// <summary><c>spec.from[].targetRef</c>, 2.x.</summary>
    From,

    /// <summary>What an inbound rule matches on: a SPIFFE ID or a server name (2.12 and later).</summary>
    RuleMatch,

    /// <summary><c>backendRefs[]</c> of a route rule.</summary>
    BackendRef,

    /// <summary><c>requestMirror.backendRef</c>.</summary>
    RequestMirror,

    /// <summary><c>networking.outbound[]</c> of a Dataplane.</summary>
    Outbound,

    /// <summary><c>reachableBackends.refs[]</c> of a Dataplane.</summary>
    ReachableBackend,

    /// <summary><c>reachableServices[]</c> of a Dataplane, 2.x.</summary>
    ReachableService,

    /// <summary>A selector of MeshServices in a MeshMultiZoneService.</summary>
    MeshServiceSelector,

    /// <summary>A port of a MeshMultiZoneService, looked up in each MeshService that it matches.</summary>
    MultiZonePort,

    /// <summary>A selector of Dataplanes in a MeshService or MeshIdentity.</summary>
    DataplaneSelector,

    /// <summary>A selector of destinations in a HostnameGenerator.</summary>
    HostnameSelector,

    /// <summary>The mesh that a document names.</summary>
    Mesh,

    /// <summary>A secret.</summary>
    Secret,

    /// <summary>A backend by name: tracing, logging, metrics, MeshOpenTelemetryBackend, mTLS.</summary>
    Backend,

    /// <summary>A legacy selector: <c>sources</c>, <c>destinations</c>, <c>selectors</c> by tags, 2.x.</summary>
    LegacySelector,
}

/// <summary>How a reference ends.</summary>
public enum ReferenceStatus
{
    /// <summary>It finds what it names: one target, or several where several are meant.</summary>
    Resolved,

    /// <summary>It finds nothing.</summary>
    Unresolved,

    /// <summary>It finds several where one is taken.</summary>
    Ambiguous,

    /// <summary>Some of what it needs is found: a section or a port is missing on a part of the targets.</summary>
    Partial,

    /// <summary>The version or the mode never looks at it.</summary>
    Ignored,
}

/// <summary>What a reference binds to.</summary>
/// <remarks>Exactly one of <see cref="Destination"/>, <see cref="Dataplane"/>, <see cref="Resource"/>, <see cref="KubernetesSecret"/>, <see cref="Mesh"/> and <see cref="LegacyService"/> is set. A mesh as the target of a selection stands for every proxy of the mesh that the referrer reaches.</remarks>
public sealed record ReferenceTarget
{
    public DestinationInstance? Destination { get; init; }

    /// <summary>The port meant; null where the whole destination is.</summary>
    public MeshServicePort? Port { get; init; }

    public Dataplane? Dataplane { get; init; }

    /// <summary>The inbounds meant, where a section or tags single some out; empty = all of the Dataplane.</summary>
    public ImmutableArray<Inbound> Inbounds { get; init; } = [];

    /// <summary>The zone-proxy listeners that a section singles out; empty = all of the Dataplane.</summary>
    public ImmutableArray<ProxyListener> Listeners { get; init; } = [];

    /// <summary>A route, a secret, a backend.</summary>
    public ResourceInstance? Resource { get; init; }

    /// <summary>The Kubernetes object that holds a secret.</summary>
    public KubernetesObject? KubernetesSecret { get; init; }

    public MeshInfo? Mesh { get; init; }

    /// <summary>2.x: a value of <c>kuma.io/service</c>.</summary>
    public string? LegacyService { get; init; }

    /// <summary>
    /// The target's KRI, with the port's section where a port is meant. What has none is named <c>kuma.io/service=&lt;value&gt;</c> (a legacy
    /// service) or <c>&lt;kind&gt;/&lt;mesh&gt;/&lt;name&gt;</c> (a secret, a legacy policy).
    /// </summary>
    public required string Kri { get; init; }
}

/// <summary>What a reference binds to in one control plane.</summary>
public sealed record ReferenceOutcome
{
    /// <summary>The control plane (always a zone, unless only a Global is known).</summary>
    public required ControlPlane ControlPlane { get; init; }

    public required ReferenceStatus Status { get; init; }

    /// <summary>Why, for machines.</summary>
    public required ReferenceReason Reason { get; init; }

    /// <summary>Why, in words: one sentence without full stop; "" where resolved.</summary>
    public string Text { get; init; } = "";

    /// <summary>What happens at run time because of <see cref="Reason"/>.</summary>
    public ReferenceEffect Effect { get; init; }

    /// <summary>
    /// The percentage of the requests of a rule that is lost; set for <see cref="ReferenceEffect.ShareAnswers500"/> only.
    /// </summary>
    public double? LostPercent { get; init; }

    /// <summary>Everything that matches; where one is taken, that one first.</summary>
    public ImmutableArray<ReferenceTarget> Targets { get; init; } = [];

    /// <summary>What the author may have meant, best first; only where something is not found.</summary>
    public ImmutableArray<ReferenceCandidate> Candidates { get; init; } = [];

    /// <summary>Creation order decides what is taken; documents do not tell it.</summary>
    public bool DependsOnOrder { get; init; }
}

/// <summary>One reference of one document, bound in every control plane where the document takes effect.</summary>
public sealed record Reference
{
    public required ReferenceEdge Edge { get; init; }

    /// <summary>Kind of the referring document.</summary>
    public required string FromKind { get; init; }

    public required string FromMesh { get; init; }

    /// <summary>Namespace as written, or "".</summary>
    public string FromNamespace { get; init; } = "";

    public required string FromName { get; init; }

    /// <summary>The referring document; null where a derived Dataplane refers.</summary>
    public StoredResource? From { get; init; }

    /// <summary>The referring Dataplane, for outbounds and reachableBackends.</summary>
    public Dataplane? FromDataplane { get; init; }

    /// <summary>The reference as written (the targetRef, the backendRef, …).</summary>
    public required Node Node { get; init; }

    /// <summary>
    /// The same as a targetRef or <see cref="BackendRef"/>; <see cref="TargetRef.None"/> where something of another form refers.
    /// </summary>
    public TargetRef Target { get; init; } = TargetRef.None;

    /// <summary>Where the kind is written, which is one line; the whole reference where it has none.</summary>
    public Node KindOrWhole => Target.KindNode is { Exists: true } kind ? kind : Node;

    /// <summary>Path from the document's root: <c>spec.to[0].targetRef</c>.</summary>
    public required string Path { get; init; }

    /// <summary>One per control plane where the document takes effect, in the order of <see cref="MeshGraph.Views"/>.</summary>
    public required ImmutableArray<ReferenceOutcome> Outcomes { get; init; }

    /// <summary>The outcome that all control planes share, else <see cref="ReferenceStatus.Partial"/>.</summary>
    public ReferenceStatus Status
    {
        get
        {
            if (Outcomes.IsEmpty)
                return ReferenceStatus.Ignored;
            var status = Outcomes[0].Status;
            foreach (var outcome in Outcomes)
            {
                if (outcome.Status != status)
                    return ReferenceStatus.Partial;
            }

            return status;
        }
    }
}
