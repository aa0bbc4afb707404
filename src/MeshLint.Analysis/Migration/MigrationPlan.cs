using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Migration;

/// <summary>What stands between a repository and the next Kuma lines (docs/migration-plan.md, docs/schema/plan.schema.json).</summary>
public sealed record MigrationPlan
{
    /// <summary>The Kuma line that the control planes run.</summary>
    public required KumaVersion Version { get; init; }

    /// <summary>The line that the plan leads to.</summary>
    public required KumaVersion Target { get; init; }

    /// <summary>One per mesh, by name, then by the control plane that has it.</summary>
    public required ImmutableArray<MeshPlan> Meshes { get; init; }

    /// <summary>Everything that names a service the old way, by file and position.</summary>
    public required ImmutableArray<LegacyReference> References { get; init; }

    /// <summary>Everything that a later line no longer reads, by file and position.</summary>
    public required ImmutableArray<PlanFinding> Findings { get; init; }

    /// <summary>What the plan knows nothing about, one sentence each.</summary>
    public required ImmutableArray<string> NotAnalysed { get; init; }
}

/// <summary>The plan of one mesh.</summary>
public sealed record MeshPlan
{
    public required string Name { get; init; }

    /// <summary>Name of the control plane that has the Mesh.</summary>
    public required string ControlPlane { get; init; }

    /// <summary>The mode in effect.</summary>
    public required MeshServicesMode Mode { get; init; }

    /// <summary>Where the mode (or else the Mesh) is written; null where no document states the mesh.</summary>
    public Location? Location { get; init; }

    /// <summary>All steps in order, those that are done or not needed included.</summary>
    public required ImmutableArray<PlanStep> Steps { get; init; }

    /// <summary>What each legacy name becomes, by name.</summary>
    public required ImmutableArray<ServicePlan> Services { get; init; }
}

/// <summary>How far a step is, as far as documents tell.</summary>
public enum StepStatus
{
    /// <summary>The documents show it done.</summary>
    Done,

    /// <summary>The mesh has nothing that it is about.</summary>
    NotNeeded,

    /// <summary>It can be done now.</summary>
    Open,

    /// <summary>Other steps come first.</summary>
    Blocked,

    /// <summary>Documents cannot tell: somebody has to look.</summary>
    Confirm,
}

/// <summary>One step of the path (docs/kuma/migration.md#steps).</summary>
public sealed record PlanStep
{
    /// <summary>Id of the step: <c>A-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The phase's name.</summary>
    public required string Phase { get; init; }

    /// <summary>What to do, imperative, no full stop.</summary>
    public required string Title { get; init; }

    public required StepStatus Status { get; init; }

    /// <summary>Ids of the steps that come first.</summary>
    public ImmutableArray<string> BlockedBy { get; init; } = [];

    /// <summary>
    /// Rows of the version matrix that the step clears, with how often each occurs; the occurrences are in
    /// <see cref="MigrationPlan.Findings"/>.
    /// </summary>
    public ImmutableArray<RowCount> Rows { get; init; } = [];

    /// <summary>What exactly there is to do or to look at, one sentence each.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>How to go back; "" where there is no way or nothing to undo.</summary>
    public required string Rollback { get; init; }

    /// <summary>Neither done nor without object.</summary>
    public bool Remains => Status is StepStatus.Open or StepStatus.Blocked or StepStatus.Confirm;
}

/// <summary>How often a row of the version matrix occurs.</summary>
public readonly record struct RowCount(string Row, int Count);

/// <summary>How sure a decision is (docs/kuma/migration.md#what-a-legacy-service-becomes).</summary>
public enum Confidence
{
    Certain,
    High,

    /// <summary>A person has to decide.</summary>
    Ask,
}

/// <summary>What a value of <c>kuma.io/service</c> becomes.</summary>
public sealed record ServicePlan
{
    /// <summary>The value.</summary>
    public required string LegacyName { get; init; }

    /// <summary>The kind that consumers refer to afterwards; null where it becomes nothing.</summary>
    public required DestinationKind? Decision { get; init; }

    public required Confidence Confidence { get; init; }

    /// <summary>Why, one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The zones that produce it, sorted.</summary>
    public required ImmutableArray<string> Zones { get; init; }

    /// <summary>The zones of its confirmed consumers, or, where there are none, of the possible ones; sorted.</summary>
    public required ImmutableArray<string> ConsumerZones { get; init; }

    /// <summary>The ports behind it: of its inbounds, or on Kubernetes of the Service; sorted.</summary>
    public required ImmutableArray<int> Ports { get; init; }

    /// <summary>How many Dataplanes produce it.</summary>
    public required int Dataplanes { get; init; }

    /// <summary>How many references name it.</summary>
    public required int References { get; init; }

    /// <summary>The resources that it needs: those that exist, and those that do not.</summary>
    public required ImmutableArray<PlannedResource> Resources { get; init; }

    /// <summary>What stands in the way.</summary>
    public required ImmutableArray<Obstacle> Obstacles { get; init; }

    /// <summary>Where it is produced first; null for a name that nothing produces.</summary>
    public Location? Location { get; init; }
}

/// <summary>How a resource of the new model comes to be.</summary>
public enum PlannedState
{
    /// <summary>It is there.</summary>
    Exists,

    /// <summary>The control plane makes it as soon as the mode allows.</summary>
    WillBeGenerated,

    /// <summary>Somebody has to write it.</summary>
    ToWrite,
}

/// <summary>A resource of the new model.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="ControlPlane">The control plane that has it.</param>
/// <param name="Namespace">Kubernetes namespace, or "".</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Whether it is there.</param>
/// <param name="Kri">Its KRI, where it is there, else "".</param>
public sealed record PlannedResource(
    DestinationKind Kind, string ControlPlane, string Namespace, string Name, PlannedState State, string Kri);

/// <summary>Why a service cannot simply become what it should.</summary>
public enum ObstacleKind
{
    NameNotRfc1035,
    PortConflict,
    PortsDifferAcrossZones,
    NoSuchDataplane,
    DelegatedGateway,
    DeclaredInTheWay,
    NoDisplayName,
    ProducedTwice,
    AmbiguousName,
    NoGlobal,
    NoEncryption,
    NoIngress,
    Stateful,
}

/// <summary>Something in the way of a service.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Message">One sentence without full stop.</param>
/// <param name="Location">Where it shows, if it shows somewhere.</param>
public sealed record Obstacle(ObstacleKind Kind, string Message, Location? Location);

/// <summary>Which place names a service the old way (docs/kuma/migration.md#legacy-names).</summary>
public enum LegacyReferenceRole
{
    /// <summary><c>outbound[].tags</c> or <c>outbound[].service</c>.</summary>
    Outbound,

    /// <summary><c>reachableServices</c>, or its annotation.</summary>
    Reachable,

    /// <summary>A selector of a legacy policy: <c>sources</c>, <c>destinations</c>, <c>selectors</c>.</summary>
    LegacySelector,

    /// <summary>A destination of a TrafficRoute or MeshGatewayRoute.</summary>
    LegacyRoute,

    /// <summary>Top-level <c>targetRef</c>.</summary>
    TopLevel,

    /// <summary><c>to[].targetRef</c>.</summary>
    To,

    /// <summary><c>from[].targetRef</c>.</summary>
    From,

    /// <summary><c>backendRefs[]</c>.</summary>
    BackendRef,

    /// <summary><c>requestMirror.backendRef</c>.</summary>
    RequestMirror,

    /// <summary>A <c>.mesh</c> hostname in a workload.</summary>
    Hostname,
}

/// <summary>A place that names a service by its <c>kuma.io/service</c> value.</summary>
/// <param name="Mesh">The mesh.</param>
/// <param name="Service">The value.</param>
/// <param name="Role">What names it.</param>
/// <param name="Resource">The document.</param>
/// <param name="Path">Path in the document.</param>
/// <param name="Location">Where.</param>
/// <param name="Place">Name of the control plane that gets the document.</param>
/// <param name="PinsZone">It names a zone, too.</param>
/// <param name="IsSubset">It names other tags, too: a subset that needs a MeshService of its own.</param>
public sealed record LegacyReference(
    string Mesh, string Service, LegacyReferenceRole Role, ResourceIdentity Resource, string Path, Location Location, string Place,
    bool PinsZone, bool IsSubset)
{
    /// <summary>What to write instead, as YAML in one line; "" where the repository does not tell.</summary>
    public string Replacement { get; init; } = "";
}

/// <summary>Something in a document that a later line no longer reads.</summary>
public sealed record PlanFinding
{
    /// <summary>Row of the version matrix.</summary>
    public required string Row { get; init; }

    public required RewriteClass Class { get; init; }

    /// <summary>What decides, where the class is not mechanical.</summary>
    public required string Decides { get; init; }

    /// <summary>First line on which <see cref="Effect"/> comes true.</summary>
    public required KumaVersion RemovedIn { get; init; }

    public required LeftInPlace Effect { get; init; }

    /// <summary>What it is.</summary>
    public required string What { get; init; }

    /// <summary>What happens if it stays; "" where the effect says it.</summary>
    public required string Consequence { get; init; }

    /// <summary>What to write instead.</summary>
    public required string Replacement { get; init; }

    /// <summary>The mesh; "" for what belongs to none.</summary>
    public required string Mesh { get; init; }

    public required ResourceIdentity Resource { get; init; }

    /// <summary>Path in the document; "" for the document as a whole.</summary>
    public required string Path { get; init; }

    public required Location Location { get; init; }
}
