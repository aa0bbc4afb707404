using System.Globalization;
using System.Text;
using MeshLint.Diagnostics;

namespace MeshLint.Output.Reporting;

/// <summary>GitHub Actions workflow commands, which the runner turns into annotations.</summary>
/// <remarks>
/// Every value is escaped as the runner unescapes it (actions/toolkit, packages/core/src/command.ts), so no text of a manifest can
/// start a command of its own.
/// </remarks>
public static class GitHubReporter
{
    public static void Write(TextWriter writer, Report report, ReportStyle style)
    {
        foreach (var diagnostic in DiagnosticOrder.Sort(report.Diagnostics, DiagnosticOrder.ByPlace))
        {
            var source = diagnostic.Location.Source;
            var start = source.GetPosition(diagnostic.Location.Span.Start);
            var end = source.GetPosition(diagnostic.Location.Span.End);
            writer.Write($"::{Command(diagnostic.Severity)} file={Property(VisibleText.OneLine(style.PathPrefix + source.Path))}");
            writer.Write(string.Create(CultureInfo.InvariantCulture, $",line={start.Line},endLine={end.Line}"));
            // Columns are accepted only where the annotation stays on one line.
            if (start.Line == end.Line)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $",col={start.Column},endColumn={end.Column}"));
            writer.Write($",title={Property($"{diagnostic.Descriptor.Id} {diagnostic.Descriptor.Slug}")}::");
            writer.Write(Data(Text(diagnostic, style)));
            writer.Write('\n');
        }
    }

    private static string Command(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "notice",
    };

    private static string Text(Diagnostic diagnostic, ReportStyle style)
    {
        var text = new StringBuilder(VisibleText.OneLine(diagnostic.Message));
        if (!diagnostic.Versions.IsEmpty)
            text.Append("\nKuma ").Append(Words.Versions(diagnostic.Versions));
        if (diagnostic.Admission is { } refusal)
            text.Append("\nrefused: ")
                .Append(VisibleText.OneLine(refusal.Field.Length > 0 ? $"{refusal.Field}: {refusal.Reason}" : refusal.Reason));
        foreach (var note in diagnostic.Notes)
            text.Append("\nnote: ").Append(VisibleText.OneLine(note));
        if (diagnostic.Help is { } help)
            text.Append("\nhelp: ").Append(VisibleText.OneLine(help));
        foreach (var related in diagnostic.Related)
        {
            var at = related.Location.Source.GetPosition(related.Location.Span.Start);
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{VisibleText.OneLine(style.PathPrefix + related.Location.Source.Path)}:{at.Line}:{at.Column}: "
                    + $"{VisibleText.OneLine(related.Message)}");
        }

        return text.ToString();
    }

    internal static string Data(string value) => value.Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");

    internal static string Property(string value) => Data(value).Replace(":", "%3A").Replace(",", "%2C");
}
