using System.Runtime.InteropServices;

namespace MeshLint.Build;

/// <summary>Writes what is handed out to <c>artifacts/</c>: the native program, the dotnet tool and the npm packages.</summary>
/// <remarks>
/// Native code is compiled on the system that it is for, so this gives the runtime at hand; <c>.github/workflows/release.yml</c> runs it on each of the
/// others. Analyzers are left out: the tests run with them.
/// </remarks>
internal static class PackTask
{
    private const string Project = "src/MeshLint.Cli/MeshLint.Cli.csproj";

    private static readonly string Artifacts = Path.Combine(ProjectPaths.Root, "artifacts");

    /// <summary>The runtimes of a release, with what npm calls them.</summary>
    internal static IReadOnlyList<NpmPlatform> Platforms { get; } =
    [
        new("linux-x64", "linux", "x64"),
        new("linux-arm64", "linux", "arm64"),
        new("osx-arm64", "darwin", "arm64"),
        new("osx-x64", "darwin", "x64"),
        new("win-x64", "win32", "x64"),
    ];

    /// <summary><c>pack</c>: all that can be made here; <c>pack RID</c>: the packages of one runtime; <c>pack index</c>: those that point to all runtimes.</summary>
    public static int Run(string[] args)
    {
        Directory.CreateDirectory(Artifacts);
        var here = RuntimeInformation.RuntimeIdentifier;
        switch (args)
        {
            case []:
                var native = Platforms.FirstOrDefault(p => p.Runtime == here);
                if (native is not null && !PackRuntime(native))
                    return 1;
                if (!PackIndex(native is null ? ["any"] : [native.Runtime, "any"]))
                    return 1;
                var elsewhere = Platforms.Where(p => p != native).Select(static p => p.Runtime);
                Console.WriteLine($"not made on {here}: {string.Join(", ", elsewhere)} (native code is compiled on its own system; release.yml does it)");
                return List();
            case ["index"]:
                return PackIndex([.. Platforms.Select(static p => p.Runtime), "any"]) ? List() : 1;
            case [var name] when Platforms.FirstOrDefault(p => p.Runtime == name) is { } platform:
                if (!CanCompile(platform, here))
                    return Refuse($"{platform.Runtime} cannot be compiled on {here}: native code is compiled on its own system; release.yml does it");
                return PackRuntime(platform) ? List() : 1;
            default:
                return Refuse($"usage: pack [{string.Join("|", Platforms.Select(static p => p.Runtime))}|index]");
        }
    }

    // Apple's tools compile for both of its processors; elsewhere the linker knows its own system only.
    private static bool CanCompile(NpmPlatform platform, string here) =>
        platform.Runtime == here || (platform.Os == "darwin" && here.StartsWith("osx-", StringComparison.Ordinal));

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }

    private static int List()
    {
        foreach (var file in Directory.EnumerateFiles(Artifacts).Order(StringComparer.Ordinal))
            Console.WriteLine($"{new FileInfo(file).Length / 1024.0 / 1024.0,8:F1} MiB  {Path.GetRelativePath(ProjectPaths.Root, file)}");
        return 0;
    }

    private static bool PackRuntime(NpmPlatform platform)
    {
        var folder = Path.Combine(Artifacts, "native", platform.Runtime);
        if (Dotnet.Run("publish", Project, "-c", "Release", "-r", platform.Runtime, "-o", folder) != 0)
            return false;
        // The program loads it for '--rev' and '--staged'; alone, the program has git read them.
        var library = Directory.EnumerateFiles(folder, "*git2-*").SingleOrDefault();
        if (library is null)
        {
            Console.Error.WriteLine($"libgit2 is not among the published files in {folder}");
            return false;
        }

        var file = Path.Combine(Artifacts, $"meshlint-{platform.Runtime}{platform.Extension}");
        File.Copy(Path.Combine(folder, $"meshlint{platform.Extension}"), file, overwrite: true);
        // Named among the runtimes, it is packed as the package of one of them; what was published is packed as it is.
        return Dotnet.Run("pack", Project, "-c", "Release", "-r", platform.Runtime, "-o", Artifacts, $"-p:PackForRuntimes={platform.Runtime}") == 0
            && NpmPackages.WritePlatform(platform, file, library, Artifacts);
    }

    // In quotes: a bare semicolon would begin the next property.
    private static bool PackIndex(string[] runtimes) =>
        Dotnet.Run("pack", Project, "-c", "Release", "-r", "any", "-o", Artifacts, "-p:PackForRuntimes=any") == 0
        && Dotnet.Run("pack", Project, "-c", "Release", "-o", Artifacts, $"-p:PackForRuntimes=\"{string.Join(';', runtimes)}\"") == 0
        && NpmPackages.WriteLauncher(Artifacts);
}
