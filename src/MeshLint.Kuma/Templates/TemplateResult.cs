namespace MeshLint.Kuma.Templates;

/// <summary>What came of one run of a template: a text, an error, or neither where the run was broken off.</summary>
/// <param name="Text">The result; "" otherwise.</param>
/// <param name="Error">Go's error text; "" where there is none.</param>
/// <param name="Excess">Which limit of MeshLint the run exceeds: the end of a sentence that begins with "the template". What a control
/// plane makes of it is not known then.</param>
public readonly record struct TemplateResult(string Text, string Error, string? Excess)
{
    /// <summary>How many steps the run took.</summary>
    public int Steps { get; init; }

    public bool IsSuccess => Error.Length == 0 && Excess is null;
}
