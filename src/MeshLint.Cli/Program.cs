using System.Text;
using MeshLint.Cli.Files;
using MeshLint.Cli.Platform;

namespace MeshLint.Cli;

internal static class Program
{
    /// <summary>What <c>--version</c> prints after the name: a test keeps it true.</summary>
    internal const string KnownVersions = "Kuma 2.9 to 3.0";

    private static int Main(string[] arguments)
    {
        // The fast path: nothing else of the program is loaded.
        return arguments is ["--version"] ? PrintVersion() : Run(arguments);
    }

    private static int PrintVersion()
    {
        using var error = StandardStreams.Error();
        try
        {
            using var output = StandardStreams.Output();
            output.Write(Encoding.UTF8.GetBytes($"{VersionLine()}\n"));
            return ExitCode.Clean;
        }
        catch (OutputException exception)
        {
            error.Write(Encoding.UTF8.GetBytes($"meshlint: {exception.Message}\n"));
            return exception.ExitCode;
        }
        catch (UsageException exception)
        {
            error.Write(Encoding.UTF8.GetBytes($"meshlint: {exception.Message}\n"));
            return ExitCode.Usage;
        }
    }

    internal static string VersionLine() => $"meshlint {typeof(Program).Assembly.GetName().Version?.ToString(3)} ({KnownVersions})";

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static int Run(string[] arguments) => CommandLine.Run(arguments, CliHost.FromProcess());
}
