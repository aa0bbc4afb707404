using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Meshes;

/// <summary>Reads what a Mesh says (kuma: api/mesh/v1alpha1/mesh.proto).</summary>
internal static class MeshReader
{
    /// <param name="name">The mesh.</param>
    /// <param name="home">Where it is written.</param>
    /// <param name="documents">Its documents, the last one in effect; empty where none states it.</param>
    /// <param name="version">The Kuma line.</param>
    public static MeshInfo Read(string name, ControlPlane home, ImmutableArray<StoredResource> documents, KumaVersion version)
    {
        var behaviour = version.Behaviour;
        var spec = documents.IsEmpty ? default : documents[^1].Spec;
        return new MeshInfo
        {
            Name = name,
            Home = home,
            Mode = documents.IsEmpty || behaviour.AlwaysExclusive ? MeshInfo.AssumedMode(version) : ReadMode(spec["meshServices"]["mode"]),
            HasMtls = behaviour.MeshMtls && spec["mtls"]["enabledBackend"].AsString() is { Length: > 0 },
            RoutesThroughZoneEgress = behaviour.MeshSettings && spec["routing"]["zoneEgress"].AsBoolean() == true,
            IsLocalityAware = behaviour.MeshSettings && spec["routing"]["localityAwareLoadBalancing"].AsBoolean() == true,
            Constraints = behaviour.MembershipConstraints ? spec["constraints"]["dataplaneProxy"] : default,
            Documents = documents,
        };
    }

    /// <summary>The mode that a node states: protobuf's JSON takes enums by name and by number. Missing = Disabled.</summary>
    public static MeshServicesMode ReadMode(Node mode) => (mode.AsString(), mode.AsInteger()) switch
    {
        ("Everywhere", _) or (_, (int)MeshServicesMode.Everywhere) => MeshServicesMode.Everywhere,
        ("ReachableBackends", _) or (_, (int)MeshServicesMode.ReachableBackends) => MeshServicesMode.ReachableBackends,
        ("Exclusive", _) or (_, (int)MeshServicesMode.Exclusive) => MeshServicesMode.Exclusive,
        _ => MeshServicesMode.Disabled,
    };
}
