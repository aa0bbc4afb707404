namespace MeshLint.Cli;

internal static class Program
{
    /// <summary>What <c>--version</c> prints after the name: a test keeps it true.</summary>
    internal const string KnownVersions = "Kuma 2.9 to 3.0";

    private static int Main(string[] arguments)
    {
        // The fast path: nothing else of the program is loaded.
        if (arguments is ["--version"])
        {
            // Not Console.Out: that one prepares the terminal and starts a thread for signals first.
            using var output = Console.OpenStandardOutput();
            output.Write(System.Text.Encoding.ASCII.GetBytes($"{VersionLine()}\n"));
            return 0;
        }

        return Run(arguments);
    }

    internal static string VersionLine() => $"meshlint {typeof(Program).Assembly.GetName().Version?.ToString(3)} ({KnownVersions})";

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static int Run(string[] arguments) => CommandLine.Run(arguments, CliHost.FromProcess());
}
