using MeshLint.Kuma.Model;

namespace MeshLint.Kuma.Topology;

/// <summary>What the zone of a MeshService computes about it: selection, state, identities and TLS readiness. Complete when made.</summary>
public sealed class ServiceState
{
    /// <summary>That of a kind without state: available, and selecting nothing.</summary>
    internal static readonly ServiceState None = new(true, [], 0, null, new Lazy<ImmutableArray<ServiceIdentity>>([]));

    private readonly Lazy<ImmutableArray<ServiceIdentity>> identities;

    internal ServiceState(
        bool isAvailable,
        ImmutableArray<Dataplane> selected,
        int healthyDataplanes,
        bool? tlsReady,
        Lazy<ImmutableArray<ServiceIdentity>> identities)
    {
        IsAvailable = isAvailable;
        Selected = selected;
        HealthyDataplanes = healthyDataplanes;
        TlsReady = tlsReady;
        this.identities = identities;
    }

    /// <summary><c>spec.state</c>: some selected Dataplane serves every port.</summary>
    public bool IsAvailable { get; }

    /// <summary>The Dataplanes of its zone that it selects, in creation order (docs/kuma/mesh-services.md#selection).</summary>
    public ImmutableArray<Dataplane> Selected { get; }

    /// <summary>There are more <see cref="Selected"/> than are listed, or may be (<c>Bindings.Limits</c>).</summary>
    public bool IsSelectionCut { get; internal init; }

    /// <summary>How many selected Dataplanes serve every port.</summary>
    public int HealthyDataplanes { get; }

    /// <summary><c>status.tls.status</c> in its zone: Ready (true) or NotReady; null where that depends on connected proxies.</summary>
    public bool? TlsReady { get; }

    /// <summary><c>spec.identities</c>, sorted as stored.</summary>
    /// <remarks>Computed when asked for: every service that selects a Dataplane lists all of its tags.</remarks>
    public ImmutableArray<ServiceIdentity> Identities => identities.Value;
}
