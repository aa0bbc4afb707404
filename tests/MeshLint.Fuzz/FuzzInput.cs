using MeshLint.Kuma.Versions;

namespace MeshLint.Fuzz;

/// <summary>Everything that one case depends on; the same input gives the same result.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Version">The Kuma line.</param>
/// <param name="Layout">Which of the control plane layouts (see <see cref="CompilationTarget"/>); for other targets a free choice.</param>
/// <param name="Files">Paths and texts; targets that read one text take the first.</param>
internal sealed record FuzzInput(string Target, KumaVersion Version, int Layout, IReadOnlyList<(string Path, string Text)> Files)
{
    public string Text => Files[0].Text;

    /// <summary>How many documents the case counts for.</summary>
    public int Documents { get; init; } = 1;
}
