using System.CommandLine;
using System.Globalization;
using MeshLint.Kuma.Versions;
using MeshLint.Output.Reporting;

namespace MeshLint.Cli.Commands;

/// <summary>Options that every command takes.</summary>
internal sealed class CommonOptions
{
    public Option<string> Color { get; } = new("--color")
    {
        Description = "When to use colours. NO_COLOR in the environment means never",
        HelpName = "auto|always|never",
        DefaultValueFactory = _ => "auto",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Print to standard error what is read and decided",
        Recursive = true,
    };

    public Option<bool> Timings { get; } = new("--timings")
    {
        Description = "Print to standard error how long each stage took",
        Recursive = true,
    };

    public Option<string?> Config { get; } = new("--config")
    {
        Description = "Configuration file to use instead of the nearest .meshlint.yaml at or above PATH",
        HelpName = "FILE",
        Recursive = true,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Color);
        command.Options.Add(Verbose);
        command.Options.Add(Timings);
        command.Options.Add(Config);
    }

    /// <summary>Whether to write colours to standard output.</summary>
    public bool UseColor(ParseResult result, CliHost host) => result.GetValue(Color) switch
    {
        "always" => true,
        "never" => false,
        "auto" => host.IsOutTerminal && string.IsNullOrEmpty(host.Environment("NO_COLOR")) && host.Environment("TERM") != "dumb",
        var other => throw new UsageException(Spelling.Unknown("value of --color", other, ["auto", "always", "never"])),
    };
}

/// <summary>Options that say which files are read and for which Kuma line.</summary>
internal sealed class InputOptions(bool manyVersions)
{
    public Option<string?> Revision { get; } = new("--rev")
    {
        Description = "Read the files of a git revision instead of the work tree",
        HelpName = "REV",
    };

    public Option<bool> Staged { get; } = new("--staged") { Description = "Read the git index: what the next commit will contain" };

    public Option<string[]> KumaVersion { get; } = new("--kuma-version")
    {
        Description = manyVersions
            ? "Kuma release lines to check for, separated by commas; each finding names its lines"
            : "Kuma release line to check for",
        HelpName = manyVersions ? "V[,V...]" : "V",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(KumaVersion);
        command.Options.Add(Revision);
        command.Options.Add(Staged);
    }

    /// <summary>The versions that the user names, each once, oldest first; empty where none is named.</summary>
    public ImmutableArray<KumaVersion> Versions(ParseResult result)
    {
        var values = result.GetValue(KumaVersion) ?? [];
        if (values.Length == 0)
            return [];
        var versions = new SortedSet<KumaVersion>();
        foreach (var text in values.SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (!KumaVersions.TryParse(text, out var version))
                throw new UsageException(
                    $"unknown Kuma version '{text}'; choose {Spelling.Choices([.. KumaVersions.All.Select(static v => v.Text())])}");
            versions.Add(version);
        }

        if (!manyVersions && versions.Count > 1)
            throw new UsageException("this command takes one Kuma version");
        return [.. versions];
    }
}

/// <summary>Options that say how findings are reported.</summary>
internal sealed class ReportOptions
{
    public Option<string[]> Format { get; } = new("--format")
    {
        Description =
            "Format of the findings: text (code frames), concise (a line each), json, github (annotations). Repeatable; FORMAT=FILE "
                + "writes to a file",
        HelpName = "text|concise|json|github[=FILE]",
    };

    public Option<string> MaxDiagnostics { get; } = new("--max-diagnostics")
    {
        Description = "How many findings the text format shows at most, errors first; 0 = all",
        HelpName = "N",
        DefaultValueFactory = _ => "100",
    };

    public Option<string> FailOn { get; } = new("--fail-on")
    {
        Description = "Lowest severity that makes the exit code 1",
        HelpName = "error|warning|info",
        DefaultValueFactory = _ => "error",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Format);
        command.Options.Add(MaxDiagnostics);
        command.Options.Add(FailOn);
    }

    /// <summary>Reads the options, so that wrong ones end the run before anything is read.</summary>
    public ReportPlan Read(ParseResult result)
    {
        var outputs = new List<ReportOutput>();
        foreach (var text in result.GetValue(Format) ?? [])
        {
            var equals = text.IndexOf('=');
            var name = equals < 0 ? text : text[..equals];
            if (!ReportFormats.TryParse(name, out var format))
                throw new UsageException(Spelling.Unknown("format", name, ReportFormats.Names));
            if (equals >= 0 && equals == text.Length - 1)
                throw new UsageException($"'--format {text}' needs the name of a file after '='");
            if (equals < 0 && outputs.Exists(o => o.File is null))
                throw new UsageException("standard output takes one format; send the others to files with --format FORMAT=FILE");
            outputs.Add(new ReportOutput(format, equals < 0 ? null : text[(equals + 1)..]));
        }

        if (outputs.Count == 0)
            outputs.Add(new ReportOutput(ReportFormat.Text, null));
        if (!int.TryParse(result.GetValue(MaxDiagnostics), NumberStyles.None, CultureInfo.InvariantCulture, out var max))
            throw new UsageException("--max-diagnostics takes 0 or a positive number");
        var failOn = result.GetValue(FailOn) switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            "info" => Severity.Info,
            var other => throw new UsageException(Spelling.Unknown("value of --fail-on", other, ["error", "warning", "info"])),
        };
        return new ReportPlan([.. outputs], max, failOn);
    }
}

/// <summary>Where reports go and when they fail the run.</summary>
internal sealed record ReportPlan(ImmutableArray<ReportOutput> Outputs, int MaxDiagnostics, MeshLint.Diagnostics.Severity FailOn);

/// <summary>One form of the findings and the file it goes to; null = standard output.</summary>
internal sealed record ReportOutput(ReportFormat Format, string? File);
