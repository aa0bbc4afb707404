using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission;

/// <summary>One reason for which a control plane refuses a document.</summary>
/// <param name="Field">Path as the control plane writes it; "" where it names none.</param>
/// <param name="Reason">Its message, verbatim.</param>
/// <param name="Location">Where in the document that is.</param>
public readonly record struct Violation(string Field, string Reason, Location Location);

/// <summary>A field that the schema of the version does not know.</summary>
/// <param name="Node">The field.</param>
/// <param name="Path">Its path, e.g. <c>spec.to[0].defualt</c>.</param>
/// <param name="KnownSiblings">The fields that may stand there.</param>
/// <param name="Since">First Kuma line that knows the field, if a later one does.</param>
/// <param name="Until">Last Kuma line that knew the field, if an earlier one did.</param>
public sealed record UnknownField(Node Node, string Path, ImmutableArray<string> KnownSiblings, KumaVersion? Since, KumaVersion? Until)
{
    /// <summary>
    /// An API server refuses the document for it under strict field validation, which is kubectl's default; open schemas let any field
    /// pass.
    /// </summary>
    public bool FailsStrictValidation { get; init; }
}

/// <summary>What a control plane would answer to a document.</summary>
public sealed record AdmissionVerdict
{
    public required MeshResource Resource { get; init; }

    /// <summary>The control plane takes the document.</summary>
    public bool Accepted => Status == 0 && Violations.IsEmpty && Detail is null;

    /// <summary>Why not; all of the first pipeline step that refuses.</summary>
    public ImmutableArray<Violation> Violations { get; init; } = [];

    /// <summary>HTTP status of a refusal; 0 where it is accepted.</summary>
    public int Status { get; init; }

    /// <summary>Title of a refusal, as the API answers it.</summary>
    public string? Title { get; init; }

    /// <summary>The refusal's text where it has no violations (a body that does not parse, a wrong place); null otherwise.</summary>
    public string? Detail { get; init; }

    /// <summary>Where <see cref="Detail"/> points to.</summary>
    public Location? DetailLocation { get; init; }

    /// <summary>Which stage refuses on Kubernetes: kind, metadata, schema, webhook; null on Universal or where accepted.</summary>
    public string? Stage { get; init; }

    /// <summary>Which of Kuma's webhooks refuses, where <see cref="Stage"/> is webhook: defaulter, owner-reference, validator.</summary>
    public string? Webhook { get; init; }

    /// <summary>
    /// <see cref="Detail"/> says why the document cannot be decoded; else it speaks of where or by whom it may be applied.
    /// </summary>
    public bool IsDecodingError { get; init; }

    /// <summary>Warnings and deprecations in the answer, verbatim.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Fields that vanish.</summary>
    public ImmutableArray<UnknownField> UnknownFields { get; init; } = [];

    /// <summary>What is stored; null where refused.</summary>
    public StoredResource? Stored { get; init; }
}
