using System.Collections.Concurrent;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Meshes;

/// <summary>The meshes of every control plane of a repository. Meshes are judged before all else; what is accepted stands here.</summary>
public sealed class MeshBook
{
    private readonly Dictionary<ControlPlaneId, Dictionary<string, MeshInfo>> declared = [];
    private readonly ConcurrentDictionary<(ControlPlaneId Home, string Name), MeshInfo> assumed = [];
    private readonly KumaVersion version;
    private readonly Func<ControlPlane, string, bool> exists;

    private MeshBook(KumaVersion version, Func<ControlPlane, string, bool> exists)
    {
        this.version = version;
        this.exists = exists;
    }

    /// <summary>Reads the accepted Meshes.</summary>
    /// <param name="resources">Accepted resources in document order; kinds other than Mesh are not looked at.</param>
    /// <param name="version">The Kuma line.</param>
    /// <param name="exists">Whether a control plane has (or may have) a mesh that no accepted Mesh states; null = it has none.</param>
    public static MeshBook Of(IEnumerable<StoredResource> resources, KumaVersion version, Func<ControlPlane, string, bool>? exists = null)
    {
        var book = new MeshBook(version, exists ?? (static (_, _) => false));
        var documents = resources.Where(static r => r.Kind == "Mesh")
            .GroupBy(static r => (r.Place.Id, r.CoreName));
        foreach (var mesh in documents)
        {
            var (key, name) = mesh.Key;
            if (!book.declared.TryGetValue(key, out var meshes))
                book.declared[key] = meshes = new(StringComparer.Ordinal);
            meshes[name] = MeshReader.Read(name, mesh.First().Place, [.. mesh], version);
        }

        return book;
    }

    /// <summary>The mesh as a control plane has it: a federated zone has those of the Global. Null where it has none of that name.</summary>
    public MeshInfo? Find(ControlPlane place, string name)
    {
        if ((place.IsFederated ? FindDeclared(ControlPlaneId.Global, name) : null) is { } synced)
            return synced;
        if (FindDeclared(place.Id, name) is { } own)
            return own;
        if (!exists(place, name))
            return null;
        return assumed.GetOrAdd((place.Id, name), _ => MeshReader.Read(name, place, [], version));
    }

    /// <summary>Whether a control plane has (or may have) the mesh.</summary>
    public bool Exists(ControlPlane place, string name) => exists(place, name) || Find(place, name) is not null;

    /// <summary>The meshes that documents state on a control plane itself, in document order.</summary>
    public IEnumerable<MeshInfo> DeclaredAt(ControlPlane place) =>
        declared.TryGetValue(place.Id, out var meshes) ? meshes.Values : [];

    private MeshInfo? FindDeclared(ControlPlaneId key, string name) =>
        declared.TryGetValue(key, out var meshes) ? meshes.GetValueOrDefault(name) : null;
}
