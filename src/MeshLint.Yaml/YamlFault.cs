namespace MeshLint.Yaml;

/// <summary>Ends the reading of one document; never leaves the reader.</summary>
internal sealed class YamlFault(TextSpan span, string message, DocumentProblemKind kind = DocumentProblemKind.Syntax) : Exception(message)
{
    public YamlFault(int position, string message)
        : this(new TextSpan(position, position + 1), message)
    {
    }

    public TextSpan Span { get; } = span;

    public DocumentProblemKind Kind { get; } = kind;
}
