using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Migration;

/// <summary>What it takes to replace something (docs/kuma/migration.md#classes).</summary>
public enum RewriteClass
{
    /// <summary>The one document is enough.</summary>
    Mechanical,

    /// <summary>Other documents decide.</summary>
    NeedsGraph,

    /// <summary>A person must decide or supply what the repository does not hold.</summary>
    NeedsHuman,
}

/// <summary>What happens to something that is left in place (docs/kuma/migration.md#classes).</summary>
public enum LeftInPlace
{
    /// <summary>The document cannot be decoded: unknown kind, unknown protobuf enum.</summary>
    NotParsed,

    /// <summary>The schema refuses it.</summary>
    RefusedBySchema,

    /// <summary>The validator refuses it.</summary>
    Refused,

    /// <summary>Accepted; the field is dropped, nothing else changes.</summary>
    Ignored,

    /// <summary>Accepted; traffic, security or coverage changes without a word.</summary>
    ChangesTraffic,

    /// <summary>Accepted; requests or proxies fail at run time.</summary>
    FailsAtRuntime,

    /// <summary>Accepted with a warning.</summary>
    Warned,
}

/// <summary>
/// One row of the version matrix: something a document may hold, the Kuma line that stops reading it, and what to write instead
/// (docs/kuma/migration.md#removals).
/// </summary>
/// <param name="Id">Row id of the matrix; rows that differ only in a condition share one.</param>
/// <param name="Kinds">Kinds that may hold it, space-separated; <c>@policy</c> = the targetRef policies, <c>*</c> = every kind.</param>
/// <param name="Path">
/// Where in the body (the <c>spec</c> of plugin kinds, the message of protobuf kinds): <c>to[].targetRef</c>,
/// <c>tags["kuma.io/service"]</c>. "" = the document as a whole.
/// </param>
/// <param name="Class">What replacing it takes.</param>
/// <param name="RemovedIn">First line on which <paramref name="Effect"/> comes true.</param>
/// <param name="Effect">What happens if it stays.</param>
/// <param name="What">Noun phrase that names it.</param>
/// <param name="Replacement">What to write instead, an imperative or noun phrase without full stop.</param>
public sealed record Removal(
    string Id, string Kinds, string Path, RewriteClass Class, KumaVersion RemovedIn, LeftInPlace Effect, string What, string Replacement)
{
    /// <summary>What decides, for <see cref="RewriteClass.NeedsGraph"/> and <see cref="RewriteClass.NeedsHuman"/>; "" otherwise.</summary>
    public string Decides { get; init; } = "";

    /// <summary>What happens, in words, where the effect alone does not say enough; "" otherwise.</summary>
    public string Consequence { get; init; } = "";

    /// <summary>First line that warns about it; null where none does.</summary>
    public KumaVersion? DeprecatedIn { get; init; }

    /// <summary>The first line on which it can be written at all; null = all.</summary>
    public KumaVersion? ReplacementSince { get; init; }

    /// <summary>It is something that is absent and gets another default: worth telling before the change only.</summary>
    public bool IsChangedDefault { get; init; }

    /// <summary>Condition on the node found and its document; null = being there is enough.</summary>
    public Func<Node, MeshResource, bool>? When { get; init; }

    /// <summary>Whether a Kuma line already behaves so.</summary>
    public bool IsRemovedIn(KumaVersion version) => version >= RemovedIn;
}

/// <summary>Something found in a document.</summary>
/// <param name="Removal">The row.</param>
/// <param name="Resource">The document.</param>
/// <param name="Node">What was found; the document's name where it is the document as a whole.</param>
public readonly record struct RemovalHit(Removal Removal, MeshResource Resource, Node Node);

/// <summary>A row about an annotation or label of a Kubernetes object.</summary>
/// <param name="Id">Row id of the matrix.</param>
/// <param name="Key">The annotation's key; a trailing <c>*</c> stands for any ending.</param>
/// <param name="RemovedIn">First line on which <paramref name="Effect"/> comes true.</param>
/// <param name="Effect">What happens if it stays.</param>
/// <param name="Replacement">What to write instead.</param>
public sealed record AnnotationRemoval(string Id, string Key, KumaVersion RemovedIn, LeftInPlace Effect, string Replacement)
{
    public RewriteClass Class { get; init; } = RewriteClass.Mechanical;

    public string Decides { get; init; } = "";

    public string Consequence { get; init; } = "";

    /// <summary>Whether the row is about that key.</summary>
    public bool Matches(string key) => Key.EndsWith('*') ? key.StartsWith(Key[..^1], StringComparison.Ordinal) : key == Key;
}

/// <summary>An annotation found on a Kubernetes object.</summary>
public readonly record struct AnnotationHit(AnnotationRemoval Removal, KubernetesObject Object, Node Node);
