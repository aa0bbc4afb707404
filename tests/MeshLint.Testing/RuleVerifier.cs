using System.Text.RegularExpressions;
using MeshLint.Diagnostics;
using MeshLint.Analysis.Rules;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Testing;

/// <summary>Compiles a repository with the expected findings marked in place, <c>{|ML2001:like this|}</c> or <c>{|unknown-mesh:like this|}</c>, and compares.</summary>
/// <remarks>
/// Infos are compared only where one is marked. Unasked it also checks that spans lie inside the file, that CRLF line endings
/// change nothing, and that every fix works (see <see cref="FixVerifier"/>). Files are told apart by <c># file: path</c> lines (see <see cref="TestRepository"/>).
/// </remarks>
public static partial class RuleVerifier
{
    /// <summary>Fails unless the warnings and errors (and marked infos) are exactly the marked ones; returns them in order.</summary>
    public static IReadOnlyList<Diagnostic> Verify(string markup, KumaVersion? version = null)
    {
        var expected = new List<string>();
        var files = new List<(string Path, string Text)>();
        foreach (var (path, text) in TestRepository.Split(markup))
            files.Add((path, Unmark(path, text, expected)));

        var compilation = TestRepository.Compile(files, version);
        var markedInfos = expected.Select(e => e[..e.IndexOf(' ', StringComparison.Ordinal)]).ToHashSet(StringComparer.Ordinal);
        var found = compilation.Diagnostics.Where(d => d.Severity > Severity.Info || markedInfos.Contains(d.Descriptor.Id)).ToList();
        foreach (var diagnostic in found)
        {
            Assert.InRange(diagnostic.Location.Span.Start, 0, diagnostic.Location.Source.Text.Length);
            Assert.InRange(diagnostic.Location.Span.End, diagnostic.Location.Span.Start, diagnostic.Location.Source.Text.Length);
        }

        expected.Sort(StringComparer.Ordinal);
        var actual = found.Select(Describe).Order(StringComparer.Ordinal).ToList();
        if (!expected.SequenceEqual(actual))
        {
            Assert.Fail($"expected:\n  {string.Join("\n  ", expected)}\nfound:\n  {string.Join("\n  ", actual)}\n\n"
                + string.Join("\n", found.Select(d => $"{Describe(d)}: {d.Message}")));
        }

        FixVerifier.Verify(files, compilation, version);
        var crlf = TestRepository.Compile([.. files.Select(f => (f.Path, f.Text.Replace("\n", "\r\n", StringComparison.Ordinal)))], version);
        Assert.Equal(
            compilation.Diagnostics.Select(d => $"{d.Descriptor.Id} {d.Location.Source.Path}:{d.Location.Source.GetPosition(d.Location.Span.Start).Line} {d.Message}"),
            crlf.Diagnostics.Select(d => $"{d.Descriptor.Id} {d.Location.Source.Path}:{d.Location.Source.GetPosition(d.Location.Span.Start).Line} {d.Message}"));
        return found;
    }

    private static string Describe(Diagnostic diagnostic)
    {
        var start = diagnostic.Location.Source.GetPosition(diagnostic.Location.Span.Start);
        var end = diagnostic.Location.Source.GetPosition(diagnostic.Location.Span.End);
        return $"{diagnostic.Descriptor.Id} {diagnostic.Location.Source.Path}:{start.Line}:{start.Column}-{end.Line}:{end.Column}";
    }

    private static string Unmark(string path, string text, List<string> expected)
    {
        var marks = new Stack<(string Id, int Start)>();
        var plain = new System.Text.StringBuilder();
        var spans = new List<(string Id, int Start, int End)>();
        for (var i = 0; i < text.Length;)
        {
            if (OpenMark().Match(text, i) is { Success: true } open && open.Index == i)
            {
                marks.Push((IdOf(open.Groups["rule"].Value), plain.Length));
                i += open.Length;
            }
            else if (marks.Count > 0 && string.CompareOrdinal(text, i, "|}", 0, 2) == 0)
            {
                var (id, start) = marks.Pop();
                spans.Add((id, start, plain.Length));
                i += 2;
            }
            else
            {
                plain.Append(text[i++]);
            }
        }

        var source = new SourceText(path, plain.ToString());
        foreach (var (id, start, end) in spans)
        {
            var (from, to) = (source.GetPosition(start), source.GetPosition(end));
            expected.Add($"{id} {path}:{from.Line}:{from.Column}-{to.Line}:{to.Column}");
        }

        return source.Text;
    }

    private static string IdOf(string rule) =>
        RuleCatalog.Find(rule)?.Id ?? throw new InvalidOperationException($"the test marks '{rule}', which is no rule");

    [GeneratedRegex(@"\{\|(?<rule>[A-Za-z0-9-]+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OpenMark();
}
