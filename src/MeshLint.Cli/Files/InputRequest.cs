namespace MeshLint.Cli.Files;

/// <summary>Where to read from.</summary>
/// <param name="Paths">As the user wrote them; none = the current folder, "-" = standard input.</param>
/// <param name="Revision">A git revision, or null.</param>
/// <param name="Staged">The git index.</param>
/// <param name="Config">A configuration named by the user, or null.</param>
internal sealed record InputRequest(ImmutableArray<string> Paths, string? Revision, bool Staged, string? Config);
