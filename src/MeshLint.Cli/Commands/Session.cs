using System.CommandLine;
using System.Globalization;
using MeshLint.Cli.Files;
using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using MeshLint.Output.Reporting;
using Microsoft.Extensions.Logging;

namespace MeshLint.Cli.Commands;

/// <summary>One run of a command that reads a repository: what is shared by check, build and graph.</summary>
internal sealed class Session : IDisposable
{
    private readonly CliHost host;
    private readonly StageTimings timings = new();
    private readonly Log log;
    private readonly Progress progress;
    private readonly bool showTimings;
    private readonly bool color;
    private readonly string? config;

    public Session(ParseResult result, CommonOptions common, CliHost host)
    {
        this.host = host;
        color = common.UseColor(result, host);
        showTimings = result.GetValue(common.Timings);
        config = result.GetValue(common.Config);
        log = result.GetValue(common.Verbose) ? Log.To(host.Error) : Log.None;
        progress = new Progress(host, timings);
    }

    public ILogger Logger => log.Logger;

    public StageTimings Timings => timings;

    /// <summary>Finds the files.</summary>
    public Inputs Load(ImmutableArray<string> paths, string? revision, bool staged)
    {
        var inputs = timings.Measure("sources", () => InputLoader.Load(new InputRequest(paths, revision, staged, config), host));
        if (Logger.IsEnabled(LogLevel.Information))
        {
            Say($"root {inputs.Root}");
            Say(inputs.ConfigurationPath is { } path ? $"configuration {path}" : "no configuration");
            Say(string.Create(CultureInfo.InvariantCulture, $"{inputs.Sources.Files.Length} files to look at"));
        }

        return inputs;
    }

    /// <summary>Compiles for one Kuma line, or for several over the same documents.</summary>
    public ImmutableArray<Compilation> Compile(Inputs inputs, ImmutableArray<KumaVersion> versions)
    {
        var first = versions.IsEmpty ? inputs.Options.Version : versions[0];
        var compilation = Compilation.Create(inputs.Sources, inputs.Options with { Version = first }, timings);
        Say($"Kuma {string.Join(", ", versions.IsEmpty ? [first.Text()] : versions.Select(v => v.Text()))}");
        foreach (var place in compilation.Places.All)
            Say($"control plane '{place.Name}' ({place.Role}, {place.Environment}) takes '{(place.Path.Length == 0 ? "." : place.Path)}'");
        return [compilation, .. versions.Skip(1).Select(compilation.WithVersion)];
    }

    /// <summary>The findings of all compilations as one report; of several each finding says for which Kuma lines it holds.</summary>
    public Report Diagnose(ImmutableArray<Compilation> compilations)
    {
        var first = compilations[0];
        var diagnostics = compilations.Length == 1 ? first.Diagnostics : VersionMerge.Merge(compilations);
        return new Report(
            diagnostics,
            new RunCounts(first.Documents.FileCount, first.Documents.DocumentCount, first.Resources.Length + first.Objects.Length));
    }

    /// <summary>Writes the report to where the user wants it.</summary>
    public void Write(Report report, ReportPlan plan, Inputs inputs)
    {
        progress.Dispose();
        foreach (var (format, file) in plan.Outputs)
        {
            var style = new ReportStyle
            {
                Color = color && file is null,
                MaxDiagnostics = plan.MaxDiagnostics,
                PathPrefix = PathPrefix(format, inputs),
                Width = host.Width,
            };
            if (file is null)
            {
                format.Write(host.Out, report, style);
                continue;
            }

            using var text = new StringWriter { NewLine = "\n" };
            format.Write(text, report, style);
            OutputFile.Write(Path.GetFullPath(file, host.Folder), file, host.Folder, text.ToString());
        }
    }

    /// <summary>Writes a line to standard output; what the command line put into it is made visible.</summary>
    public void PrintLine(string line) => Print(VisibleText.OneLine(line) + "\n");

    /// <summary>Writes a text to standard output.</summary>
    public void Print(string text)
    {
        progress.Dispose();
        host.Out.Write(text);
    }

    /// <summary>The exit code that the findings ask for.</summary>
    public static int ExitCodeOf(Report report, Severity failOn)
    {
        var code = ExitCode.Clean;
        foreach (var diagnostic in report.Diagnostics)
        {
            if (diagnostic.Descriptor.Id == "ML0001")
                return ExitCode.Internal;
            if (diagnostic.Severity >= failOn)
                code = ExitCode.Findings;
        }

        return code;
    }

    public void Say(string message)
    {
        if (Logger.IsEnabled(LogLevel.Information))
            Logger.Log(LogLevel.Information, default, message, null, static (text, _) => text);
    }

    public void Dispose()
    {
        progress.Dispose();
        if (showTimings)
        {
            var total = TimeSpan.Zero;
            foreach (var (stage, elapsed) in timings.Stages)
            {
                total += elapsed;
                host.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{stage,-12} {elapsed.TotalMilliseconds,10:F1} ms\n"));
            }

            host.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{"total",-12} {total.TotalMilliseconds,10:F1} ms\n"));
        }

        log.Dispose();
    }

    // Paths that can be opened from where the user stands; annotations want them from the top of the workspace.
    private string PathPrefix(ReportFormat format, Inputs inputs)
    {
        var from = format == ReportFormat.GitHub && host.Environment("GITHUB_WORKSPACE") is { Length: > 0 } workspace
            ? workspace
            : host.Folder;
        var relative = Path.GetRelativePath(from, inputs.Root).Replace(Path.DirectorySeparatorChar, '/');
        return relative == "." || Path.IsPathRooted(relative) || relative.Split('/')[0] == ".." ? "" : $"{relative}/";
    }
}
