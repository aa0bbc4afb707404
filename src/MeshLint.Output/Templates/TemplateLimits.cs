namespace MeshLint.Output.Templates;

/// <summary>
/// What a template may use up. A template may come from the repository that is judged, so it is bounded like any other input.
/// </summary>
internal sealed record TemplateLimits
{
    /// <summary>The built-in template ends by itself and must serve repositories of any size.</summary>
    public static TemplateLimits None { get; } = new();

    /// <summary>A user's template. The numbers leave room for a plan of tens of thousands of documents.</summary>
    public static TemplateLimits User { get; } = new()
    {
        Iterations = 1_000_000,
        Recursion = 100,
        OutputCharacters = 16 * 1024 * 1024,
        ValueCharacters = 1024 * 1024,
        Work = 8 * 1024 * 1024,
    };

    /// <summary>Passes through loops, those inside of a loop counted together with it; 0 = any number.</summary>
    public int Iterations { get; private init; }

    /// <summary>Functions and files inside of each other; 0 = any number.</summary>
    public int Recursion { get; private init; }

    /// <summary>Characters that are written, those of captured and included parts once more; 0 = any number.</summary>
    public int OutputCharacters { get; private init; }

    /// <summary>Characters of one value, or elements of one list; 0 = any number.</summary>
    public int ValueCharacters { get; private init; }

    /// <summary>
    /// Evaluated expressions and statements, with one more for each 8 characters or elements of a result; 0 = any number.
    /// </summary>
    public long Work { get; private init; }
}
