using System.Text;

namespace MeshLint.Cli;

/// <summary>Everything that a command may touch: streams, the folder it stands in, the environment. Tests make their own.</summary>
internal sealed record CliHost
{
    public required Stream In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Full path of the folder that relative paths start from.</summary>
    public required string Folder { get; init; }

    /// <summary>Value of an environment variable, or null.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Standard output is a terminal.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Standard error is a terminal.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 140;

    /// <summary>The process's own.</summary>
    public static CliHost FromProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var isTerminal = !Console.IsOutputRedirected;
        return new CliHost
        {
            In = Console.OpenStandardInput(),
            Out = new StreamWriter(Console.OpenStandardOutput(), utf8, 16 * 1024) { AutoFlush = false, NewLine = "\n" },
            Error = new StreamWriter(Console.OpenStandardError(), utf8, 1024) { AutoFlush = true, NewLine = "\n" },
            Folder = System.Environment.CurrentDirectory,
            Environment = System.Environment.GetEnvironmentVariable,
            IsOutTerminal = isTerminal,
            IsErrorTerminal = !Console.IsErrorRedirected,
            Width = isTerminal ? Math.Clamp(TerminalWidth(), 60, 240) : 140,
        };
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
