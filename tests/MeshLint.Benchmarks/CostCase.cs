namespace MeshLint.Benchmarks;

/// <summary>One kind of hostile input whose cost must follow its size.</summary>
/// <param name="Name">What is in the repository.</param>
/// <param name="N">Size; the case is run at N and at 4 N.</param>
/// <param name="Make">The files of the repository by path, for a size. The size of the text must grow linearly with it.</param>
internal sealed record CostCase(string Name, int N, Func<int, IReadOnlyDictionary<string, string>> Make)
{
    /// <summary>The command line; the repository is the current folder. Output goes to a counter, nothing is printed.</summary>
    public string[] Command { get; init; } = ["check", "--format", "text", "--max-diagnostics", "0"];
}
