namespace MeshLint.Kuma.Identity;

/// <summary>The resource that a finding is about, as the user named it.</summary>
public sealed record ResourceIdentity(string Kind, string? Mesh, string? Namespace, string Name);
