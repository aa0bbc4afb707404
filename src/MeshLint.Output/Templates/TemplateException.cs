namespace MeshLint.Output.Templates;

/// <summary>A template that does not parse, does not run, or asks for more than it may.</summary>
/// <param name="problems">A line each: <c>file:line:column: message</c>, one sentence without a full stop.</param>
public sealed class TemplateException(ImmutableArray<string> problems) : Exception(string.Join("; ", problems))
{
    /// <summary>The lines, in the order of the template.</summary>
    public ImmutableArray<string> Problems { get; } = problems;
}
