using MeshLint.Core.Configuration;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Graph.Building;

/// <summary>Reads what a Mesh says about the graph (kuma: api/mesh/v1alpha1/mesh.proto; docs/kuma/mesh-services.md#mesh).</summary>
internal static class MeshReader
{
    /// <param name="name">The mesh.</param>
    /// <param name="home">Where it is written.</param>
    /// <param name="documents">Its documents, the last one in effect; empty where none states it.</param>
    /// <param name="version">The Kuma line.</param>
    public static MeshInfo Read(string name, ControlPlane home, ImmutableArray<StoredResource> documents, KumaVersion version)
    {
        if (version.Behaviour.AlwaysExclusive)
            return new MeshInfo { Name = name, Home = home, Mode = MeshServicesMode.Exclusive, HasMtls = false, Documents = documents };
        var spec = documents.IsEmpty ? default : documents[^1].Spec;
        return new MeshInfo
        {
            Name = name,
            Home = home,
            Mode = documents.IsEmpty ? MeshInfo.AssumedMode(version) : ReadMode(spec["meshServices"]["mode"]),
            HasMtls = Values.Text(spec["mtls"]["enabledBackend"]).Length > 0,
            RoutesThroughZoneEgress = spec["routing"]["zoneEgress"].AsBoolean() == true,
            IsLocalityAware = spec["routing"]["localityAwareLoadBalancing"].AsBoolean() == true,
            Documents = documents,
        };
    }

    private static MeshServicesMode ReadMode(Node mode) => (mode.AsString(), mode.AsInteger()) switch
    {
        ("Everywhere", _) or (_, 1) => MeshServicesMode.Everywhere,
        ("ReachableBackends", _) or (_, 2) => MeshServicesMode.ReachableBackends,
        ("Exclusive", _) or (_, 3) => MeshServicesMode.Exclusive,
        _ => MeshServicesMode.Disabled,
    };
}
