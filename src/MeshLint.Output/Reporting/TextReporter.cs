using System.Globalization;
using MeshLint.Diagnostics;

namespace MeshLint.Output.Reporting;

/// <summary>The report for people: a code frame for each finding, worst first, and a line that sums up.</summary>
public static class TextReporter
{
    public static void Write(TextWriter writer, Report report, ReportStyle style)
    {
        var sorted = DiagnosticOrder.Sort(report.Diagnostics, DiagnosticOrder.WorstFirst);
        var shown = style.MaxDiagnostics > 0 ? Math.Min(style.MaxDiagnostics, sorted.Length) : sorted.Length;
        for (var i = 0; i < shown; i++)
        {
            new Frame(writer, style, sorted[i]).Write();
            writer.Write('\n');
        }

        if (shown < sorted.Length)
            writer.Write($"... {Words.Count(sorted.Length - shown, "more finding")} not shown; '--max-diagnostics 0' shows all\n");
        writer.Write(Summary(report));
        writer.Write('\n');
    }

    /// <summary>The last line: what was found in what.</summary>
    public static string Summary(Report report)
    {
        var found = new List<string>(3);
        if (report.Errors > 0)
            found.Add(Words.Count(report.Errors, "error"));
        if (report.Warnings > 0)
            found.Add(Words.Count(report.Warnings, "warning"));
        if (report.Infos > 0)
            found.Add(Words.Count(report.Infos, "info"));
        var what = found.Count == 0 ? "no findings" : string.Join(", ", found);
        return $"{what} in {Words.Count(report.Counts.Files, "file")} ({Words.Count(report.Counts.Documents, "document")}, "
            + $"{Words.Count(report.Counts.Resources, "resource")})";
    }

    /// <summary>A marked place and what is said about it.</summary>
    private sealed record Label(Location Location, string Text, bool IsPrimary)
    {
        public int Line { get; } = Location.Source.GetPosition(Location.Span.Start).Line;

        /// <summary>By line; on one line the finding itself first, then by column.</summary>
        public static int Compare(Label a, Label b)
        {
            var order = a.Line.CompareTo(b.Line);
            if (order == 0)
                order = b.IsPrimary.CompareTo(a.IsPrimary);
            if (order == 0)
                order = a.Location.Span.Start.CompareTo(b.Location.Span.Start);
            return order != 0 ? order : string.CompareOrdinal(a.Text, b.Text);
        }
    }

    /// <summary>One finding on its way to the terminal.</summary>
    private sealed class Frame(TextWriter writer, ReportStyle style, Diagnostic diagnostic)
    {
        private const string Reset = "\e[0m";
        private const string Bold = "\e[1m";
        private const string Blue = "\e[1;34m";

        private readonly string accent = diagnostic.Severity switch
        {
            Severity.Error => "\e[1;31m",
            Severity.Warning => "\e[1;33m",
            _ => "\e[1;36m",
        };

        private int gutter;

        public void Write()
        {
            var labels = Labels();
            var last = 1;
            foreach (var label in labels)
                last = Math.Max(last, label.Line);
            gutter = last.ToString(CultureInfo.InvariantCulture).Length;
            Colored(accent, $"{Words.Of(diagnostic.Severity)}[{diagnostic.Descriptor.Id} {diagnostic.Descriptor.Slug}]");
            Colored(Bold, $": {VisibleText.OneLine(diagnostic.Message)}");
            writer.Write('\n');
            var first = true;
            foreach (var group in GroupByFile(labels))
            {
                WriteFile(group, first);
                first = false;
            }

            WriteNotes();
        }

        private void WriteNotes()
        {
            if (diagnostic.Admission is { } refusal)
                Note("refused", refusal.Field.Length > 0 ? $"{refusal.Field}: {refusal.Reason}" : refusal.Reason);
            if (!diagnostic.Versions.IsEmpty)
                Note("versions", $"Kuma {Words.Versions(diagnostic.Versions)}");
            foreach (var note in diagnostic.Notes)
                Note("note", note);
            if (diagnostic.Help is { } help)
                Note("help", help);
            foreach (var fix in diagnostic.Fixes)
                Note(fix.Safety == FixSafety.Safe ? "fix" : "possible fix", fix.Title);
        }

        private void Note(string kind, string text)
        {
            writer.Write(new string(' ', gutter + 1));
            Colored(Blue, "= ");
            Colored(Bold, kind);
            writer.Write($": {VisibleText.OneLine(text)}\n");
        }

        // The primary place first, then the related ones in the order the rule gave them.
        private List<Label> Labels()
        {
            var labels = new List<Label>(diagnostic.Related.Length + 1) { new(diagnostic.Location, "", true) };
            foreach (var related in diagnostic.Related)
                labels.Add(new Label(related.Location, related.Message, false));
            return labels;
        }

        private static List<List<Label>> GroupByFile(List<Label> labels)
        {
            var groups = new List<List<Label>>();
            var byPath = new Dictionary<string, List<Label>>(StringComparer.Ordinal);
            foreach (var label in labels)
            {
                if (!byPath.TryGetValue(label.Location.Source.Path, out var group))
                    groups.Add(byPath[label.Location.Source.Path] = group = []);
                group.Add(label);
            }

            return groups;
        }

        private void WriteFile(List<Label> labels, bool isFirst)
        {
            var source = labels[0].Location.Source;
            var start = source.GetPosition(labels[0].Location.Span.Start);
            writer.Write(new string(' ', gutter));
            Colored(Blue, isFirst ? "--> " : "::: ");
            writer.Write(VisibleText.OneLine(style.PathPrefix + source.Path));
            if (source.Text.Length == 0)
            {
                foreach (var label in labels.Where(l => l.Text.Length > 0))
                    writer.Write($" ({VisibleText.OneLine(label.Text)})");
                writer.Write('\n');
                return;
            }

            writer.Write(string.Create(CultureInfo.InvariantCulture, $":{start.Line}:{start.Column}\n"));
            Bar("");
            var previous = 0;
            labels.Sort(Label.Compare);
            for (var i = 0; i < labels.Count;)
            {
                var line = labels[i].Line;
                if (previous > 0 && line > previous + 2)
                {
                    Colored(Blue, "...");
                    writer.Write('\n');
                }
                else if (previous > 0 && line == previous + 2)
                {
                    WriteLine(source, previous + 1, 0);
                }

                var first = i;
                while (i < labels.Count && labels[i].Line == line)
                    i++;
                WriteMarkedLine(source, line, labels.GetRange(first, i - first));
                previous = line;
            }

            Bar("");
        }

        private void WriteMarkedLine(SourceText source, int line, List<Label> labels)
        {
            var span = source.GetLineSpan(line);
            var frame = WriteLine(source, line, labels[0].Location.Span.Start - span.Start);
            foreach (var label in labels)
            {
                var at = label.Location.Span;
                var (column, length) = frame.Place(at.Start - span.Start, Math.Min(at.End, span.End) - span.Start);
                Gutter("");
                writer.Write(new string(' ', column + 1));
                var marks = new string(label.IsPrimary ? '^' : '-', Math.Max(1, Math.Min(length, style.Width)));
                Colored(label.IsPrimary ? accent : Blue, label.Text.Length > 0 ? $"{marks} {VisibleText.OneLine(label.Text)}" : marks);
                writer.Write('\n');
            }
        }

        private FrameLine WriteLine(SourceText source, int line, int focus)
        {
            var frame = FrameLine.Create(source.Slice(source.GetLineSpan(line)), style.Width, focus);
            Gutter(line.ToString(CultureInfo.InvariantCulture));
            if (frame.Text.Length > 0)
                writer.Write($" {frame.Text}");
            writer.Write('\n');
            return frame;
        }

        private void Bar(string number)
        {
            Gutter(number);
            writer.Write('\n');
        }

        private void Gutter(string number) => Colored(Blue, $"{number.PadLeft(gutter)} |");

        private void Colored(string color, string text)
        {
            writer.Write(style.Color ? $"{color}{text}{Reset}" : text);
        }
    }
}
