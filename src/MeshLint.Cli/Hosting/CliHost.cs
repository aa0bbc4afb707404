using System.Text;
using MeshLint.Cli.Platform;
using MeshLint.Sources.Git;

namespace MeshLint.Cli.Hosting;

/// <summary>Everything that a command may touch: streams, the folder it stands in, the environment. Tests make their own.</summary>
internal sealed record CliHost
{
    private readonly string folder = "";

    public required Stream In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Full path of the folder that relative paths start from.</summary>
    /// <exception cref="UsageException">It does not exist any more.</exception>
    public required string Folder
    {
        get => folder.Length > 0 ? folder : throw new UsageException("the current folder does not exist any more, or may not be read");
        init => folder = value;
    }

    /// <summary>Value of an environment variable, or null.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Standard output is a terminal.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Standard error is a terminal.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 140;

    /// <summary>How long git may go without giving a byte before it is ended.</summary>
    public TimeSpan GitSilence { get; init; } = GitSetup.DefaultSilence;

    /// <summary>Whether libgit2 is tried before git; tests compare both.</summary>
    public bool UsesLibGit2 { get; init; } = true;

    /// <summary>The process's own.</summary>
    public static CliHost FromProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var isTerminal = !Console.IsOutputRedirected;
        return new CliHost
        {
            In = StandardStreams.Input(),
            Out = new StreamWriter(StandardStreams.Output(), utf8, 16 * 1024) { AutoFlush = false, NewLine = "\n" },
            Error = new StreamWriter(StandardStreams.Error(), utf8, 1024) { AutoFlush = true, NewLine = "\n" },
            Folder = CurrentFolder(),
            Environment = System.Environment.GetEnvironmentVariable,
            IsOutTerminal = isTerminal,
            IsErrorTerminal = !Console.IsErrorRedirected,
            Width = isTerminal ? Math.Clamp(TerminalWidth(), 60, 240) : 140,
        };
    }

    // Empty where the current folder is gone: the first thing that needs it says so.
    private static string CurrentFolder()
    {
        try
        {
            return System.Environment.CurrentDirectory;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 140;
        }
    }
}
