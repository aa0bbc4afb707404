using MeshLint.Kuma.Identity;

namespace MeshLint.Analysis.Configuration;

/// <summary>What makes an entry of <c>controlPlanes</c> contradict an earlier one.</summary>
internal enum ControlPlaneClash
{
    None,

    /// <summary>The same path.</summary>
    Path,

    /// <summary>The same control plane with other settings.</summary>
    Settings,

    /// <summary>Another role with the same name.</summary>
    Name,
}
