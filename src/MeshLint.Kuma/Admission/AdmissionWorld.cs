namespace MeshLint.Kuma.Admission;

/// <summary>What a control plane must know besides the document to judge it.</summary>
public sealed record AdmissionWorld
{
    public required KumaVersion Version { get; init; }

    /// <summary>Whether a mesh exists (or may exist, in an open world) on the control plane that receives the document.</summary>
    public required Func<ControlPlane, string, bool> MeshExists { get; init; }

    /// <summary>
    /// Labels of a namespace, or null where the namespace is not known (then it is taken to exist and to be labelled for injection).
    /// </summary>
    public Func<ControlPlane, string, LabelSet?> NamespaceLabels { get; init; } = static (_, _) => null;

    /// <summary>Whether a namespace exists (or may exist, in an open world).</summary>
    public Func<ControlPlane, string, bool> NamespaceExists { get; init; } = static (_, _) => true;

    /// <summary>The mesh as the control plane has it; null where nothing of it is known.</summary>
    public Func<ControlPlane, string, MeshInfo?> FindMesh { get; init; } = static (_, _) => null;

    /// <summary>Whether a mesh has a Secret of that name (control plane, mesh, name); true where nobody knows.</summary>
    public Func<ControlPlane, string, string, bool> SecretExists { get; init; } = static (_, _, _) => true;
}
