using System.Globalization;
using MeshLint.Diagnostics;

namespace MeshLint.Output.Reporting;

/// <summary>One line a finding: <c>path:line:column: severity id slug: message</c>. For editors, grep and diffs.</summary>
public static class ConciseReporter
{
    public static void Write(TextWriter writer, Report report, ReportStyle style)
    {
        foreach (var diagnostic in DiagnosticOrder.Sort(report.Diagnostics, DiagnosticOrder.ByPlace))
        {
            var start = diagnostic.Location.Source.GetPosition(diagnostic.Location.Span.Start);
            writer.Write(AtLineStart(VisibleText.OneLine(style.PathPrefix + diagnostic.Location.Source.Path)));
            writer.Write(string.Create(CultureInfo.InvariantCulture, $":{start.Line}:{start.Column}: "));
            writer.Write(
                $"{Words.Of(diagnostic.Severity)} {diagnostic.Descriptor.Id} {diagnostic.Descriptor.Slug}: "
                    + $"{VisibleText.OneLine(diagnostic.Message)}");
            if (!diagnostic.Versions.IsEmpty)
                writer.Write($" (Kuma {Words.Versions(diagnostic.Versions)})");
            writer.Write('\n');
        }
    }

    // A line that begins with '::', blanks before it or not, is a command to GitHub's runner, and files may be called anything.
    private static string AtLineStart(string path) => path.AsSpan().TrimStart().StartsWith("::") ? "./" + path : path;
}
