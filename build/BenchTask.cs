using System.Runtime.InteropServices;

namespace MeshLint.Build;

/// <summary>
/// Compiles the native program and prints the table of <c>docs/performance.md</c>: what whole runs cost, beside PyYAML's C parser.
/// </summary>
internal static class BenchTask
{
    private const string Program = "src/MeshLint.Cli/MeshLint.Cli.csproj";

    /// <summary><c>bench [--program FILE] [PART-OF-A-ROW]</c>: with a file, that one is measured and nothing is compiled.</summary>
    public static int Run(string[] args)
    {
        string? program = null;
        if (args is ["--program", var file, ..])
        {
            program = Path.GetFullPath(file);
            args = args[2..];
        }

        if (args.Length > 1 || (program is not null && !File.Exists(program)))
        {
            Console.Error.WriteLine(args.Length > 1 ? "usage: bench [--program FILE] [PART-OF-A-ROW]" : $"there is no file '{program}'");
            return 2;
        }

        if (program is null)
        {
            var runtime = RuntimeInformation.RuntimeIdentifier;
            var folder = Path.Combine(ProjectPaths.Root, "artifacts", "native", runtime);
            if (Dotnet.Run("publish", Program, "-c", "Release", "-r", runtime, "-o", folder) != 0)
                return 1;
            program = Path.Combine(folder, OperatingSystem.IsWindows() ? "meshlint.exe" : "meshlint");
        }

        return Dotnet.Run(["run", "-c", "Release", "--project", "tests/MeshLint.Benchmarks", "--", "table", program, .. args]);
    }
}
