namespace MeshLint.Fuzz;

/// <summary>A check did not hold.</summary>
/// <param name="kind">Which one: failures of one kind are reported once.</param>
/// <param name="detail">What was seen.</param>
internal sealed class FuzzFailureException(string kind, string detail) : Exception($"{kind}: {detail}")
{
    public string Kind { get; } = kind;
}
