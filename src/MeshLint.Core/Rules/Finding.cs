using MeshLint.Core.Configuration;
using MeshLint.Core.Diagnostics;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Rules;

/// <summary>A finding while a rule puts it together. Every method returns the finding, so that calls chain.</summary>
public sealed class Finding(DiagnosticDescriptor descriptor, Location location, string message)
{
    private readonly List<RelatedLocation> related = [];
    private readonly List<string> notes = [];
    private readonly List<Fix> fixes = [];
    private Severity severity = descriptor.Severity;
    private ResourceIdentity? resource;
    private AdmissionRefusal? admission;
    private string? help;

    internal DiagnosticDescriptor Descriptor => descriptor;

    /// <summary>The resource that it is about.</summary>
    public Finding On(MeshResource about)
    {
        resource = about.Identity;
        return this;
    }

    /// <inheritdoc cref="On(MeshResource)" />
    public Finding On(StoredResource about) => On(about.Resource);

    /// <inheritdoc cref="On(MeshResource)" />
    public Finding On(KubernetesObject about)
    {
        resource = about.Identity;
        return this;
    }

    /// <inheritdoc cref="On(MeshResource)" />
    public Finding On(ResourceIdentity? about)
    {
        resource = about;
        return this;
    }

    /// <summary>The words with which a control plane refuses the document.</summary>
    public Finding Refused(string field, string reason)
    {
        admission = new AdmissionRefusal(field, reason);
        return this;
    }

    /// <summary>A second place, with what there is to see.</summary>
    public Finding Related(Location at, string text)
    {
        related.Add(new RelatedLocation(at, text));
        return this;
    }

    /// <summary>Why it matters, or what was assumed.</summary>
    public Finding Note(string text)
    {
        notes.Add(text);
        return this;
    }

    /// <summary>What to do.</summary>
    public Finding Help(string? text)
    {
        help = text;
        return this;
    }

    /// <summary>"did you mean" and a fix that replaces the scalar, where a candidate is close.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="at">The scalar; no fix is offered where it is missing.</param>
    /// <param name="candidates">What would have been accepted.</param>
    public Finding NearMiss(string word, Node at, IEnumerable<string> candidates)
    {
        if (Text.NearMiss.Find(word, candidates) is not { } close)
            return this;
        help = $"did you mean '{close}'?";
        // A fix is only offered where the text to replace is exactly the scalar that was written.
        if (at.Source is { } source && at.Style == ScalarStyle.Plain && source.Slice(at.Span).SequenceEqual(word))
            fixes.Add(new Fix($"Replace '{word}' by '{close}'", FixSafety.Unsafe, [new TextEdit(source, at.Span, close)]));
        return this;
    }

    public Finding Fix(Fix fix)
    {
        fixes.Add(fix);
        return this;
    }

    /// <summary>A severity other than the descriptor's.</summary>
    public Finding As(Severity other)
    {
        severity = other;
        return this;
    }

    /// <summary>Lowers the severity by one, and says why, where the repository need not hold everything of a kind: the user says so, or nobody says anything.</summary>
    public Finding UnlessOpen(MeshLintOptions options, string kind)
    {
        if (!options.IsOpen(kind) && options.IsConfigured)
            return this;
        Lower();
        notes.Add(options.IsConfigured
            ? $"the world is open for {kind}: one may exist outside of these files"
            : options.IsPartial
                ? "only a part of the repository is read, so it may exist in the rest"
                : "without a .meshlint.yaml nobody says that the repository is complete, so it may exist elsewhere");
        return this;
    }

    /// <summary>Lowers the severity by one where no configuration says which documents meet in one control plane.</summary>
    public Finding UnlessUnconfigured(MeshLintOptions options)
    {
        if (options.IsConfigured)
            return this;
        Lower();
        notes.Add(options.IsPartial
            ? "only a part of the repository is read"
            : "without a .meshlint.yaml it is assumed that all documents meet in one control plane");
        return this;
    }

    /// <summary>Lowers the severity by one.</summary>
    public Finding Lower()
    {
        severity = severity == Severity.Error ? Severity.Warning : Severity.Info;
        return this;
    }

    internal Diagnostic ToDiagnostic(MeshLintOptions options)
    {
        var result = options.SeverityOf(descriptor, severity) ?? severity;
        return new Diagnostic
        {
            Descriptor = descriptor,
            Severity = result,
            Message = message,
            Location = location,
            Resource = resource,
            Admission = admission,
            Related = [.. related],
            Notes = [.. notes],
            Help = help,
            Fixes = [.. fixes],
        };
    }
}
