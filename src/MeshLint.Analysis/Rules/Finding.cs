using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules;

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

    /// <summary>The document or Dataplane that a reference stands in.</summary>
    public Finding OnReferrer(MeshLint.Kuma.Binding.Reference reference) =>
        reference.From is { } from ? On(from) : reference.FromDataplane is { } dataplane ? On(RuleText.Identity(dataplane)) : this;

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
        if (Yaml.NearMiss.Find(word, candidates) is not { } close || close == word)
            return this;
        help = $"did you mean '{close}'?";
        return at.Exists && at.Text == word ? Replace(at, close) : this;
    }

    /// <summary>
    /// A fix that replaces a scalar; none where the text in the file is not exactly the scalar's value, or is the new text already.
    /// </summary>
    public Finding Replace(Node at, string text) =>
        at is { IsScalar: true, Source: { } source, Style: ScalarStyle.Plain } && source.Slice(at.Span).SequenceEqual(at.Text)
            ? Replace(at.Text ?? "", new Location(source, at.Span), text)
            : this;

    /// <summary>A fix that replaces a text in the file; none where it is the new text already.</summary>
    public Finding Replace(string written, Location at, string text)
    {
        if (written != text && at.Source.Slice(at.Span).SequenceEqual(written))
            fixes.Add(new Fix($"Replace '{written}' by '{text}'", FixSafety.Unsafe, [new TextEdit(at.Source, at.Span, text)]));
        return this;
    }

    /// <summary>
    /// A fix that adds an entry behind another one of the same mapping; none where that one does not end its line or its flow mapping's
    /// entry.
    /// </summary>
    public Finding Add(Node sibling, string key, string value)
    {
        if (!sibling.IsScalar || sibling.Source is not { } source)
            return this;
        var position = source.GetPosition(sibling.KeySpan.Start);
        var line = source.GetLineSpan(source.GetPosition(sibling.Span.End).Line);
        var before = source.Slice(new TextSpan(source.GetLineSpan(position.Line).Start, sibling.KeySpan.Start));
        var after = source.Slice(new TextSpan(sibling.Span.End, line.End)).TrimStart();
        TextEdit edit;
        if (before.IndexOfAnyExcept(" -") < 0 && (after.IsEmpty || after[0] == '#'))
        {
            var newline = source.Text.AsSpan(line.End).StartsWith("\r\n") ? "\r\n" : "\n";
            edit = new TextEdit(source, new TextSpan(line.End, line.End), $"{newline}{new string(' ', position.Column - 1)}{key}: {value}");
        }
        else if (!after.IsEmpty && after[0] is ',' or '}')
        {
            edit = new TextEdit(source, new TextSpan(sibling.Span.End, sibling.Span.End), $", {key}: {value}");
        }
        else
        {
            return this;
        }

        fixes.Add(new Fix($"Add '{key}: {value}'", FixSafety.Unsafe, [edit]));
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

    /// <summary>
    /// Lowers the severity by one, and says why, where the repository need not hold everything of a kind: by configuration, or for want of
    /// one.
    /// </summary>
    public Finding UnlessOpen(MeshLintOptions options, string kind)
    {
        if (!options.IsOpen(kind) && options.IsConfigured)
            return this;
        Lower();
        notes.Add(options.IsConfigured
            ? $".meshlint.yaml says that the world is open for {kind}: one may exist outside of these files"
            : options.IsPartial
                ? "only a part of the repository is checked, so it may be defined in the rest"
                : "without a .meshlint.yaml, MeshLint assumes that more is defined elsewhere; 'meshlint init' makes it strict");
        return this;
    }

    /// <summary>Lowers the severity by one where no configuration says which documents meet in one control plane.</summary>
    public Finding UnlessUnconfigured(MeshLintOptions options)
    {
        if (options.IsConfigured)
            return this;
        Lower();
        notes.Add(options.IsPartial
            ? "only a part of the repository is checked"
            : "without a .meshlint.yaml, MeshLint assumes that all documents are applied to one control plane");
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
