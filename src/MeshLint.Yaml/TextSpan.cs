namespace MeshLint.Yaml;

/// <summary>A range of UTF-16 code units in one <see cref="SourceText"/>: start included, end excluded.</summary>
/// <param name="Start">Offset of the first code unit.</param>
/// <param name="End">Offset just past the last one; equal to <paramref name="Start"/> for an empty span.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>Number of code units covered.</summary>
    public int Length => End - Start;

    /// <summary>Whether the offset lies inside the span.</summary>
    public bool Contains(int offset) => offset >= Start && offset < End;

    /// <summary>The smallest span that covers both.</summary>
    public static TextSpan Cover(TextSpan a, TextSpan b) => new(Math.Min(a.Start, b.Start), Math.Max(a.End, b.End));
}
