using MeshLint.Sources.Reading;
using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Testing;

/// <summary>Applies every fix that the rules offer on a repository, and runs again.</summary>
/// <remarks>
/// A fix must change the text, its edits must not overlap, the document must still parse, and the finding must be gone. Then one fix a finding
/// is applied, run after run, until nothing is offered any more: that must end.
/// </remarks>
public static class FixVerifier
{
    private const int MostRuns = 10;

    /// <summary>Fails where a fix does not do what it promises.</summary>
    public static void Verify(IReadOnlyCollection<(string Path, string Text)> files, Compilation compilation, KumaVersion? version)
    {
        foreach (var diagnostic in compilation.Diagnostics)
        {
            foreach (var fix in diagnostic.Fixes)
                VerifyOne(files, compilation, diagnostic, fix, version);
        }

        Converge(files, compilation, version);
    }

    private static void VerifyOne(
        IReadOnlyCollection<(string Path, string Text)> files, Compilation compilation, Diagnostic diagnostic, Fix fix, KumaVersion? version)
    {
        var name = $"the fix '{fix.Title}' of {diagnostic.Descriptor.Id} ({diagnostic.Message})";
        var fixedFiles = Apply(files, fix, name);
        var after = TestRepository.Compile(fixedFiles, version);
        Assert.True(
            after.Diagnostics.Count(IsUnread) <= compilation.Diagnostics.Count(IsUnread),
            $"{name} leaves a document that does not parse:\n{string.Join("\n", after.Diagnostics.Where(IsUnread).Select(static d => d.Message))}");
        Assert.True(CountOf(after, diagnostic) < CountOf(compilation, diagnostic), $"{name} leaves the finding");
    }

    // Several findings may share a message and a place: each fix takes one away at least.
    private static int CountOf(Compilation compilation, Diagnostic like) => compilation.Diagnostics.Count(d =>
        d.Descriptor == like.Descriptor && d.Message == like.Message && d.Location.Source.Path == like.Location.Source.Path);

    private static void Converge(IReadOnlyCollection<(string Path, string Text)> files, Compilation compilation, KumaVersion? version)
    {
        for (var run = 0; compilation.Diagnostics.FirstOrDefault(static d => !d.Fixes.IsEmpty) is { } next; run++)
        {
            Assert.True(run < MostRuns, $"after {MostRuns} fixes there is still one to apply: {next.Message}");
            files = Apply(files, next.Fixes[0], next.Fixes[0].Title);
            compilation = TestRepository.Compile(files, version);
        }
    }

    private static List<(string Path, string Text)> Apply(IReadOnlyCollection<(string Path, string Text)> files, Fix fix, string name)
    {
        Assert.NotEmpty(fix.Edits);
        var edits = fix.Edits.OrderBy(static e => e.Source.Path, StringComparer.Ordinal).ThenBy(static e => e.Span.Start).ToList();
        for (var i = 0; i < edits.Count; i++)
        {
            var edit = edits[i];
            Assert.False(edit.Source.Slice(edit.Span).SequenceEqual(edit.NewText), $"{name} replaces '{edit.NewText}' by itself");
            Assert.False(
                i > 0 && edits[i - 1].Source.Path == edit.Source.Path && edits[i - 1].Span.End > edit.Span.Start, $"the edits of {name} overlap");
        }

        var changed = new List<(string Path, string Text)>();
        foreach (var (path, text) in files)
        {
            var result = text;
            foreach (var edit in edits.Where(e => e.Source.Path == path).Reverse())
                result = $"{result.AsSpan(0, edit.Span.Start)}{edit.NewText}{result.AsSpan(edit.Span.End)}";
            changed.Add((path, result));
        }

        Assert.False(changed.Select(static f => f.Text).SequenceEqual(files.Select(static f => f.Text)), $"{name} changes nothing");
        return changed;
    }

    private static bool IsUnread(Diagnostic diagnostic) => ReadingDiagnostics.MeansUnread(diagnostic.Descriptor);
}
