namespace MeshLint.Build;

/// <summary>Writes what is handed out to <c>artifacts/</c>: one self-contained file per runtime, and the dotnet tool.</summary>
/// <remarks>
/// The tool is a small package that points to one compiled ahead of time per runtime, and to one for any other runtime. Everything is cross-compiled; a runtime
/// whose packs the registry does not hand out is left out, named at the end, and the task fails. Analyzers are left out: the tests run with them.
/// </remarks>
internal static class PackTask
{
    private static readonly string[] Runtimes = ["linux-x64", "linux-arm64", "osx-arm64", "osx-x64", "win-x64"];

    /// <summary><c>pack [RID…]</c>: without arguments for every runtime.</summary>
    public static int Run(string[] args)
    {
        if (Array.Find(args, a => !Runtimes.Contains(a)) is { } unknown)
        {
            Console.Error.WriteLine($"usage: pack [{string.Join("] [", Runtimes)}]; '{unknown}' is none of them");
            return 2;
        }

        var artifacts = Path.Combine(ProjectPaths.Root, "artifacts");
        Directory.CreateDirectory(artifacts);
        var project = Path.Combine("src", "MeshLint.Cli", "MeshLint.Cli.csproj");
        var packed = new List<string>();
        var failed = new List<string>();
        foreach (var runtime in args.Length == 0 ? Runtimes : args.Distinct(StringComparer.Ordinal))
            (PublishSingleFile(project, artifacts, runtime) ? packed : failed).Add(runtime);

        // In quotes: a bare semicolon would begin the next property.
        var runtimes = $"\"{string.Join(';', packed.Append("any"))}\"";
        if (Dotnet.Run("pack", project, "-c", "Release", "-o", artifacts, $"-p:PackForRuntimes={runtimes}", "-p:Quick=true") != 0)
            failed.Add("the tool");

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
        if (Dotnet.Run("publish", project, "-c", "Release", "-r", runtime, "--self-contained", "-p:PublishSingleFile=true", "-p:DebugType=none", "-p:Quick=true", "-o", folder) != 0)
            return false;
        var extension = runtime.StartsWith("win", StringComparison.Ordinal) ? ".exe" : "";
        File.Move(Path.Combine(folder, $"meshlint{extension}"), Path.Combine(artifacts, $"meshlint-{runtime}{extension}"), overwrite: true);
        Directory.Delete(folder, recursive: true);
        return true;
    }
}
