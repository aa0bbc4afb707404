namespace MeshLint.Build;

/// <summary>Writes what is handed out to <c>artifacts/</c>: the dotnet tool, and one self-contained file per runtime.</summary>
/// <remarks>
/// The tool is a small package that points to one compiled ahead of time per runtime, and one for any other runtime.
/// Everything is cross-compiled; a runtime whose packs the registry does not hand out is named at the end, and the task fails.
/// </remarks>
internal static class PackTask
{
    private static readonly string[] Runtimes = ["linux-x64", "linux-arm64", "osx-arm64", "osx-x64", "win-x64"];

    /// <summary><c>pack [tool] [RID…]</c>: without arguments the tool and every runtime.</summary>
    public static int Run(string[] args)
    {
        var unknown = args.Where(a => a != "tool" && !Runtimes.Contains(a)).ToList();
        if (unknown.Count > 0)
        {
            Console.Error.WriteLine($"usage: pack [tool] [{string.Join("] [", Runtimes)}]; '{unknown[0]}' is none of them");
            return 2;
        }

        var artifacts = Path.Combine(ProjectPaths.Root, "artifacts");
        Directory.CreateDirectory(artifacts);
        var project = Path.Combine("src", "MeshLint.Cli", "MeshLint.Cli.csproj");
        var failed = new List<string>();
        if ((args.Length == 0 || args.Contains("tool")) && Dotnet.Run("pack", project, "-c", "Release", "-o", artifacts, "-p:PackForRuntimes=true") != 0)
            failed.Add("tool");
        foreach (var runtime in Runtimes.Where(r => args.Length == 0 || args.Contains(r)))
        {
            if (!PublishSingleFile(project, artifacts, runtime))
                failed.Add(runtime);
        }

        foreach (var file in Directory.EnumerateFiles(artifacts).Order(StringComparer.Ordinal))
            Console.WriteLine($"{new FileInfo(file).Length / 1024.0 / 1024.0,8:F1} MiB  {Path.GetRelativePath(ProjectPaths.Root, file)}");
        if (failed.Count == 0)
            return 0;
        Console.Error.WriteLine($"not packed: {string.Join(", ", failed)}");
        return 1;
    }

    private static bool PublishSingleFile(string project, string artifacts, string runtime)
    {
        var folder = Path.Combine(artifacts, "publish", runtime);
        if (Dotnet.Run("publish", project, "-c", "Release", "-r", runtime, "--self-contained", "-p:PublishSingleFile=true", "-p:DebugType=none", "-o", folder) != 0)
            return false;
        var extension = runtime.StartsWith("win", StringComparison.Ordinal) ? ".exe" : "";
        File.Move(Path.Combine(folder, $"meshlint{extension}"), Path.Combine(artifacts, $"meshlint-{runtime}{extension}"), overwrite: true);
        Directory.Delete(folder, recursive: true);
        return true;
    }
}
