namespace MeshLint.Kuma.Meshes;

/// <summary><c>Mesh.meshServices.mode</c> (kuma: api/mesh/v1alpha1/mesh.proto); the numbers are those of the enum, which JSON may carry.</summary>
public enum MeshServicesMode
{
    Disabled = 0,
    Everywhere = 1,
    ReachableBackends = 2,
    Exclusive = 3,
}
