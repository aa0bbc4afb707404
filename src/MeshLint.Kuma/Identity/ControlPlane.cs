namespace MeshLint.Kuma.Identity;

/// <summary>What a control plane is in its deployment.</summary>
public enum ControlPlaneRole
{
    /// <summary>A standalone zone, connected to no Global.</summary>
    Zone,

    /// <summary>The Global control plane of a multi-zone deployment.</summary>
    Global,

    /// <summary>A zone that is connected to a Global.</summary>
    FederatedZone,
}

/// <summary>Where a control plane stores its resources.</summary>
public enum ControlPlaneEnvironment
{
    Universal,
    Kubernetes,
}

/// <summary>
/// One control plane that a repository feeds, with the settings that change the graph (docs/kuma/README.md#settings-of-a-control-plane).
/// </summary>
public sealed record ControlPlane
{
    /// <summary>Folder or glob relative to the configuration, '/' separated; "" or "." for everything.</summary>
    public string Path { get; init; } = "";

    public ControlPlaneRole Role { get; init; }

    /// <summary>The zone's name; "" on a Global.</summary>
    public string Zone { get; init; } = "default";

    public ControlPlaneEnvironment Environment { get; init; }

    /// <summary>Nobody said where it runs: <see cref="ControlPlaneMap"/> decides by the form of the documents.</summary>
    public bool IsEnvironmentAssumed { get; init; }

    public string SystemNamespace { get; init; } = "kuma-system";

    /// <summary>KUMA_EXPERIMENTAL_INBOUND_TAGS_DISABLED (2.14; 3.0 always behaves so).</summary>
    public bool InboundTagsDisabled { get; init; }

    /// <summary>KUMA_RUNTIME_KUBERNETES_INJECTOR_IGNORED_SERVICE_SELECTOR_LABELS.</summary>
    public ImmutableArray<string> IgnoredServiceSelectorLabels { get; init; } = [];

    /// <summary>KUMA_RUNTIME_KUBERNETES_INJECTOR_NODE_LABELS_TO_COPY.</summary>
    public ImmutableArray<string> NodeLabelsToCopy { get; init; } =
        ["topology.kubernetes.io/zone", "topology.kubernetes.io/region", "kubernetes.io/hostname"];

    /// <summary>KUMA_RUNTIME_KUBERNETES_WORKLOAD_LABELS (2.13 and later).</summary>
    public ImmutableArray<string> WorkloadLabels { get; init; } = [];

    /// <summary>KUMA_EXPERIMENTAL_SIDECAR_CONTAINERS: sidecars are init containers that keep running; null = the version's default (on in 3.0).</summary>
    public bool? NativeSidecars { get; init; }

    /// <summary>KUMA_DEFAULTS_SKIP_HOSTNAME_GENERATORS.</summary>
    public bool SkipDefaultHostnameGenerators { get; init; }

    /// <summary>KUMA_MESH_SERVICE_LABEL_PROPAGATION_ENABLED (2.14 and later).</summary>
    public bool PropagateMeshServiceLabels { get; init; }

    /// <summary>KUMA_MESH_SERVICE_LABEL_PROPAGATION_ALLOWED_LABEL_KEYS; empty = all keys.</summary>
    public ImmutableArray<string> PropagatedMeshServiceLabels { get; init; } = [];

    /// <summary>How reports name it: the zone's name, or "global".</summary>
    public string Name => Role == ControlPlaneRole.Global ? "global" : Zone;

    /// <summary>Which control plane it is, whatever its settings.</summary>
    public ControlPlaneId Id => IsGlobal ? ControlPlaneId.Global : ControlPlaneId.OfZone(Zone);

    /// <summary>The control planes that it shares its meshes with.</summary>
    public DeploymentId Deployment => Role == ControlPlaneRole.Zone ? DeploymentId.Standalone(Zone) : DeploymentId.MultiZone;

    public bool IsGlobal => Role == ControlPlaneRole.Global;

    public bool IsFederated => Role == ControlPlaneRole.FederatedZone;

    public bool IsKubernetes => Environment == ControlPlaneEnvironment.Kubernetes;
}
