using MeshLint.Kuma.Admission;

namespace MeshLint.Diagnostics;

/// <summary>A second place that explains a finding, with what there is to see there.</summary>
public sealed record RelatedLocation(Location Location, string Message);

/// <summary>Whether a fix may be applied without a second look.</summary>
public enum FixSafety
{
    /// <summary>Keeps or restores what the author meant.</summary>
    Safe,

    /// <summary>Probably right, but changes behaviour; needs a flag.</summary>
    Unsafe,

    /// <summary>Shown, never applied.</summary>
    ShownOnly,
}

/// <summary>A change that removes the finding.</summary>
/// <param name="Title">An imperative sentence without a full stop.</param>
/// <param name="Safety">Whether it may be applied without a second look.</param>
/// <param name="Edits">Edits that do not overlap.</param>
public sealed record Fix(string Title, FixSafety Safety, ImmutableArray<TextEdit> Edits);

/// <summary>One finding.</summary>
public sealed record Diagnostic
{
    public required DiagnosticDescriptor Descriptor { get; init; }

    /// <summary>The descriptor's severity, unless an open world or the configuration changed it.</summary>
    public required Severity Severity { get; init; }

    /// <summary>One sentence in the present tense, no full stop, values in single quotes.</summary>
    public required string Message { get; init; }

    public required Location Location { get; init; }

    public ResourceIdentity? Resource { get; init; }

    /// <summary>Present exactly where a control plane or API server refuses the document.</summary>
    public AdmissionRefusal? Admission { get; init; }

    public ImmutableArray<RelatedLocation> Related { get; init; } = [];

    /// <summary>Why it matters, what was assumed.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>What to do, one sentence; null where nothing general can be said.</summary>
    public string? Help { get; init; }

    public ImmutableArray<Fix> Fixes { get; init; } = [];

    /// <summary>The Kuma lines it was found for, where a run judges several; empty where it judges one.</summary>
    public ImmutableArray<KumaVersion> Versions { get; init; } = [];

    /// <summary>A finding with the descriptor's own severity.</summary>
    public static Diagnostic Create(DiagnosticDescriptor descriptor, Location location, string message) =>
        new() { Descriptor = descriptor, Severity = descriptor.Severity, Location = location, Message = message };
}
