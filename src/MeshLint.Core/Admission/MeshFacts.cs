using MeshLint.Core.Configuration;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Admission;

/// <summary>What the Meshes of a repository say that changes how other resources are judged.</summary>
internal sealed class MeshFacts
{
    private readonly Dictionary<(string Place, string Mesh), MeshResource> meshes = [];
    private readonly string? global;

    public MeshFacts(ImmutableArray<MeshResource> resources, ControlPlaneMap places)
    {
        global = places.All.FirstOrDefault(p => p.IsGlobal)?.Name;
        foreach (var resource in resources)
        {
            if (resource.Kind == "Mesh")
                meshes[(resource.Place.Name, resource.Name)] = resource;
        }
    }

    /// <summary>The test that <see cref="AdmissionWorld.MeshIsExclusive"/> wants.</summary>
    public bool IsExclusive(ControlPlane place, string mesh) => Find(place, mesh)["meshServices"]["mode"].AsString() == "Exclusive";

    /// <summary>What <see cref="AdmissionWorld.MeshConstraints"/> wants.</summary>
    public Node Constraints(ControlPlane place, string mesh) => Find(place, mesh)["constraints"]["dataplaneProxy"];

    /// <summary>The body of a Mesh; a federated zone has those of its Global.</summary>
    private Node Find(ControlPlane place, string mesh)
    {
        if (place.IsFederated && global is not null && meshes.TryGetValue((global, mesh), out var synced))
            return synced.Spec;
        return meshes.TryGetValue((place.Name, mesh), out var own) ? own.Spec : default;
    }
}
