namespace MeshLint.Yaml;

/// <summary>One YAML or JSON document of a file, parsed.</summary>
/// <param name="Source">The file's text.</param>
/// <param name="Index">Position among the documents of the file, 0-based, empty ones included.</param>
/// <param name="Span">The document's part of the file, without its '---' line.</param>
/// <param name="Tree">The nodes; empty where the document is empty or broken.</param>
/// <param name="Problems">What the reader found wrong; a <see cref="DocumentProblemKind.Syntax"/> problem means that the tree is
/// empty.</param>
public sealed record SourceDocument(SourceText Source, int Index, TextSpan Span, NodeTree Tree, ImmutableArray<DocumentProblem> Problems)
{
    /// <summary>The top node.</summary>
    public Node Root => Tree.Root;

    /// <summary>Whether the reader gave up on the document.</summary>
    public bool IsBroken => Problems.Any(p => p.Kind is DocumentProblemKind.Syntax or DocumentProblemKind.TooLarge);
}

/// <summary>What kind of fault the reader found in a document.</summary>
public enum DocumentProblemKind
{
    /// <summary>Not YAML; the document is lost, the rest of the file is not.</summary>
    Syntax,

    /// <summary>A key stands twice in one mapping; the last one counts for Kuma and for kubectl.</summary>
    DuplicateKey,

    /// <summary>A key that is a number, boolean or null; it becomes a string on the way to JSON.</summary>
    NonStringKey,

    /// <summary>Nesting or alias expansion past the limits; the document is not read.</summary>
    TooLarge,

    /// <summary>Text after the end of the first document of a piece, which kubectl and kumactl lose without a word.</summary>
    LostText,

    /// <summary>A byte order mark that became part of a key.</summary>
    MarkInKey,
}

/// <summary>A fault at a position.</summary>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Span">Where.</param>
/// <param name="Message">One sentence without a full stop.</param>
/// <param name="Related">An earlier place that it collides with, if any.</param>
public sealed record DocumentProblem(DocumentProblemKind Kind, TextSpan Span, string Message, TextSpan? Related = null);
