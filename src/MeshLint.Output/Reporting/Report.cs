using MeshLint.Diagnostics;

namespace MeshLint.Output.Reporting;

/// <summary>What a run looked at, for the last line of a report.</summary>
/// <param name="Files">Files looked at, foreign ones included.</param>
/// <param name="Documents">Documents that may concern a mesh.</param>
/// <param name="Resources">Kuma resources and the Kubernetes objects that Kuma derives from.</param>
public sealed record RunCounts(int Files, int Documents, int Resources);

/// <summary>Everything that a reporter is told about a run.</summary>
/// <param name="Diagnostics">The findings, in any order: reporters put them in theirs.</param>
/// <param name="Counts">What was looked at.</param>
public sealed record Report(ImmutableArray<Diagnostic> Diagnostics, RunCounts Counts)
{
    public int Errors => Count(Severity.Error);

    public int Warnings => Count(Severity.Warning);

    public int Infos => Count(Severity.Info);

    private int Count(Severity severity)
    {
        var count = 0;
        foreach (var diagnostic in Diagnostics)
        {
            if (diagnostic.Severity == severity)
                count++;
        }

        return count;
    }
}

/// <summary>How a report looks. Machine formats ignore everything but <see cref="PathPrefix"/>, and JSON that too.</summary>
public sealed record ReportStyle
{
    /// <summary>Whether terminal colours are written.</summary>
    public bool Color { get; init; }

    /// <summary>Most findings that the text report shows; 0 = all.</summary>
    public int MaxDiagnostics { get; init; } = 100;

    /// <summary>Put before every path, so that it can be opened from the folder the user stands in; "" or ends with '/'.</summary>
    public string PathPrefix { get; init; } = "";

    /// <summary>Widest line of a code frame, in terminal columns.</summary>
    public int Width { get; init; } = 140;
}

/// <summary>The output formats of findings.</summary>
public enum ReportFormat
{
    Text,
    Concise,
    Json,
    GitHub,
}

/// <summary>Names of formats, and the way from a format to its reporter.</summary>
public static class ReportFormats
{
    /// <summary>The names that users write.</summary>
    public static ImmutableArray<string> Names { get; } = ["text", "concise", "json", "github"];

    /// <summary>Reads a name; false for an unknown one.</summary>
    public static bool TryParse(string name, out ReportFormat format)
    {
        var index = Names.IndexOf(name);
        format = index < 0 ? ReportFormat.Text : (ReportFormat)index;
        return index >= 0;
    }

    /// <summary>Writes a report. The writer is left open and not flushed.</summary>
    public static void Write(this ReportFormat format, TextWriter writer, Report report, ReportStyle style)
    {
        switch (format)
        {
            case ReportFormat.Text:
                TextReporter.Write(writer, report, style);
                break;
            case ReportFormat.Concise:
                ConciseReporter.Write(writer, report, style);
                break;
            case ReportFormat.Json:
                JsonReporter.Write(writer, report);
                break;
            case ReportFormat.GitHub:
                GitHubReporter.Write(writer, report, style);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "not a report format");
        }
    }
}
