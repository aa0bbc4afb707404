namespace MeshLint.Core.Admission;

/// <summary>What a control plane must know besides the document to judge it.</summary>
public sealed record AdmissionWorld
{
    public required KumaVersion Version { get; init; }

    /// <summary>Whether a mesh exists (or may exist, in an open world) on the control plane that receives the document.</summary>
    public required Func<Configuration.ControlPlane, string, bool> MeshExists { get; init; }

    /// <summary>Labels of a namespace, or null where the namespace is not known (then it is taken to exist and to be labelled for injection).</summary>
    public Func<Configuration.ControlPlane, string, Resources.LabelSet?> NamespaceLabels { get; init; } = static (_, _) => null;

    /// <summary>Whether a namespace exists (or may exist, in an open world).</summary>
    public Func<Configuration.ControlPlane, string, bool> NamespaceExists { get; init; } = static (_, _) => true;

    /// <summary>Whether a mesh is in <c>meshServices.mode: Exclusive</c>; 2.14 then stores an inbound without tags as it is.</summary>
    public Func<Configuration.ControlPlane, string, bool> MeshIsExclusive { get; init; } = static (_, _) => false;

    /// <summary>Whether a mesh has a Secret of that name (control plane, mesh, name); true where nobody knows.</summary>
    public Func<Configuration.ControlPlane, string, string, bool> SecretExists { get; init; } = static (_, _, _) => true;

    /// <summary>A Mesh's <c>constraints.dataplaneProxy</c>; missing where it has none or is not known.</summary>
    public Func<Configuration.ControlPlane, string, Node> MeshConstraints { get; init; } = static (_, _) => default;
}
