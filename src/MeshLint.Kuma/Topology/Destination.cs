using MeshLint.Kuma.Model;
using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology;

/// <summary>The three kinds that traffic can be sent to.</summary>
public enum DestinationKind
{
    MeshService,
    MeshMultiZoneService,
    MeshExternalService,
}

/// <summary>How a destination came to be.</summary>
public enum DestinationOrigin
{
    /// <summary>A document states it.</summary>
    Declared,

    /// <summary>A Kubernetes control plane makes it from a Service.</summary>
    GeneratedFromService,

    /// <summary>A Universal control plane makes it from Dataplanes.</summary>
    GeneratedFromDataplanes,
}

/// <summary>An entry of <c>spec.identities</c>.</summary>
/// <param name="Type"><c>ServiceTag</c> or <c>SpiffeID</c>.</param>
/// <param name="Value">The tag's value or the SPIFFE id.</param>
public readonly record struct ServiceIdentity(string Type, string Value);

/// <summary><c>endpoints[]</c> of a MeshExternalService.</summary>
public sealed record ExternalEndpoint(string Address, int Port, int Priority);

/// <summary>A MeshService, MeshMultiZoneService or MeshExternalService as it was born in one control plane.</summary>
/// <remarks>What another control plane has of it (a copy under a hashed name, with other labels) is a <see cref="DestinationInstance"/>. The builder sets the status once; after that nothing changes.</remarks>
public sealed class Destination
{
    /// <summary>Up to this many ports are searched one by one.</summary>
    private const int FewPorts = 16;

    private Dictionary<string, MeshServicePort>? portsByText;

    public required DestinationKind Kind { get; init; }

    public required string Mesh { get; init; }

    /// <summary>The control plane where it is born.</summary>
    public required ControlPlane Home { get; init; }

    /// <summary>Name in the store of <see cref="Home"/>: Universal <c>name</c>, Kubernetes <c>name.namespace</c>.</summary>
    public required string CoreName { get; init; }

    /// <summary>Labels as <see cref="Home"/> sees them.</summary>
    public required LabelSet Labels { get; init; }

    public required DestinationOrigin Origin { get; init; }

    /// <summary>Document order of what it comes from (a generated one: of the Dataplane that gave its ports).</summary>
    public required int Order { get; init; }

    public required ImmutableArray<MeshServicePort> Ports { get; init; }

    /// <summary>MeshService: which Dataplanes it selects.</summary>
    public MeshServiceSelector Selector { get; init; } = new();

    /// <summary>MeshMultiZoneService: <c>selector.meshService.matchLabels</c>.</summary>
    public LabelSetRef? MeshServiceLabels { get; init; }

    /// <summary>MeshExternalService: <c>endpoints</c>.</summary>
    public ImmutableArray<ExternalEndpoint> ExternalEndpoints { get; init; } = [];

    /// <summary>MeshExternalService: has an <c>extension</c>.</summary>
    public bool HasExtension { get; init; }

    /// <summary>The document, for a declared one.</summary>
    public StoredResource? Declared { get; init; }

    /// <summary>The Service, for one generated from it.</summary>
    public DerivedMeshService? Derived { get; init; }

    /// <summary>For one generated from Dataplanes: those that name it, in creation order, losers of a port conflict included.</summary>
    public ImmutableArray<Dataplane> GeneratedFrom { get; init; } = [];

    /// <summary>
    /// MeshService: the Dataplanes of its zone that it selects, in creation order (docs/kuma/mesh-services.md#selection).
    /// </summary>
    public ImmutableArray<Dataplane> Selected { get; internal set; } = [];

    /// <summary>There are more <see cref="Selected"/> than are listed, or may be (<c>Bindings.Limits</c>).</summary>
    public bool IsSelectionCut { get; internal set; }

    /// <summary>MeshService: how many selected Dataplanes serve every port.</summary>
    public int HealthyDataplanes { get; internal set; }

    /// <summary>MeshService <c>spec.state</c>: some selected Dataplane serves every port. Other kinds have no state and are true.</summary>
    public bool IsAvailable { get; internal set; } = true;

    /// <summary>MeshService <c>spec.identities</c>, sorted as stored.</summary>
    /// <remarks>Computed when asked for: every service that selects a Dataplane lists all of its tags.</remarks>
    public ImmutableArray<ServiceIdentity> Identities => IdentitySource?.Value ?? [];

    internal Lazy<ImmutableArray<ServiceIdentity>>? IdentitySource { get; set; }

    /// <summary>MeshService <c>status.tls.status</c> in its zone: Ready (true) or NotReady; null where that depends on connected proxies.</summary>
    public bool? TlsReady { get; internal set; }

    /// <summary>What each control plane has of it: <see cref="Home"/> first, then the others in the order of <see cref="MeshGraph.Views"/>.</summary>
    public ImmutableArray<DestinationInstance> Instances { get; internal set; } = [];

    /// <summary>The instance in its home.</summary>
    public DestinationInstance Local => Instances[0];

    /// <summary>Label <c>kuma.io/display-name</c> if present and non-empty, else the core name.</summary>
    public string DisplayName => Labels[WellKnown.DisplayName] is { Length: > 0 } name ? name : CoreName;

    /// <summary>Label <c>kuma.io/zone</c>, or "".</summary>
    public string Zone => Labels[WellKnown.Zone] ?? "";

    /// <summary>Label <c>k8s.kuma.io/namespace</c>, or "".</summary>
    public string Namespace => Labels[WellKnown.Namespace] ?? "";

    /// <summary>Name without the namespace that Kubernetes puts behind it.</summary>
    public string Name => Declared?.Resource.Name ?? Derived?.Name ?? CoreName;

    /// <summary>The KRI without section; equal in every control plane.</summary>
    public string Kri => KriOf("");

    /// <summary>The kind's facts.</summary>
    public KindInfo KindInfo => KindCatalog.Find(KindName) ?? throw new InvalidOperationException($"{KindName} is no kind");

    public string KindName => Kind switch
    {
        DestinationKind.MeshService => "MeshService",
        DestinationKind.MeshMultiZoneService => "MeshMultiZoneService",
        _ => "MeshExternalService",
    };

    /// <summary>The KRI of a section (a port).</summary>
    public string KriOf(string section) => Identity.Kri.Format(KindInfo, Mesh, Zone, Namespace, DisplayName, section);

    /// <summary>Section name of a port: its name, else its number.</summary>
    public string SectionName(MeshServicePort port, KumaVersion version) => Kind switch
    {
        DestinationKind.MeshExternalService => port.Port.ToString(CultureInfo.InvariantCulture),
        DestinationKind.MeshService when version.Behaviour.EmptyPortNameIsName => port.Name ?? port.Port.ToString(CultureInfo.InvariantCulture),
        _ => port.Name is { Length: > 0 } name ? name : port.Port.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// First port whose name or number is <paramref name="nameOrNumber"/>, as a backendRef, an outbound or reachableBackends look it up; "" finds
    /// the first unnamed one; a MeshExternalService always answers its one port (kuma: FindPortByName). Null where there is none.
    /// </summary>
    public MeshServicePort? FindPort(string nameOrNumber)
    {
        if (Kind == DestinationKind.MeshExternalService)
            return Ports.IsEmpty ? null : Ports[0];
        if (Ports.Length > FewPorts)
            return (portsByText ??= IndexPorts()).GetValueOrDefault(nameOrNumber);
        foreach (var port in Ports)
        {
            if ((port.Name ?? "") == nameOrNumber || port.Port.ToString(CultureInfo.InvariantCulture) == nameOrNumber)
                return port;
        }

        return null;
    }

    /// <summary>The first port for each name and number.</summary>
    private Dictionary<string, MeshServicePort> IndexPorts()
    {
        var index = new Dictionary<string, MeshServicePort>(StringComparer.Ordinal);
        foreach (var port in Ports)
        {
            index.TryAdd(port.Name ?? "", port);
            index.TryAdd(port.Port.ToString(CultureInfo.InvariantCulture), port);
        }

        return index;
    }

    /// <summary>First port with that section name, as policies look it up: a number finds only an unnamed port. Null where there is none.</summary>
    public MeshServicePort? FindSection(string section, KumaVersion version)
    {
        foreach (var port in Ports)
        {
            if (SectionName(port, version) == section)
                return port;
        }

        return null;
    }

    /// <summary>Where findings about the destination point to: its document, its Service, or the first Dataplane that it is generated from.</summary>
    public Location Location => Declared?.Resource.Location ?? Derived?.Service.Location
        ?? (GeneratedFrom.IsEmpty ? throw new InvalidOperationException("a destination comes from a document") : GeneratedFrom[0].Location);

    public override string ToString() => $"{KindName} {Mesh}/{CoreName}";
}
