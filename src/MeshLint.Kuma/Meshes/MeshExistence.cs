using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Meshes;

/// <summary>Knows which meshes each control plane has: those written there, those replicated from the Global, and <c>default</c>, which every control plane makes.</summary>
/// <remarks>A Mesh that is refused counts too: the control plane keeps the one that it has from before.</remarks>
internal static class MeshExistence
{
    /// <summary>Whether a control plane has a mesh, or may have it.</summary>
    public static Func<ControlPlane, string, bool> Of(ImmutableArray<MeshResource> resources, ImmutableArray<ControlPlane> places, bool isComplete)
    {
        // In a repository that is not declared complete a mesh may be written elsewhere; a rule reports it.
        if (!isComplete)
            return static (_, _) => true;
        var written = new HashSet<(ControlPlaneId Place, string Mesh)>();
        foreach (var resource in resources)
        {
            if (resource.Kind == "Mesh")
                written.Add((resource.Place.Id, resource.Name));
        }

        // A federated zone has the Global's meshes; where the Global is not in the repository, nobody can tell which these are.
        var global = places.FirstOrDefault(p => p.IsGlobal);
        return (place, mesh) =>
            mesh == WellKnown.DefaultMesh
            || written.Contains((place.Id, mesh))
            || (place.IsFederated && (global is null || written.Contains((global.Id, mesh))));
    }
}
