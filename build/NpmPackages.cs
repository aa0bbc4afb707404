using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace MeshLint.Build;

/// <summary>Writes the npm packages: <c>meshlint</c>, which starts a program, and one for each platform, which holds it (<c>npm/</c>).</summary>
internal static class NpmPackages
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The version of <c>Directory.Build.props</c>.</summary>
    public static string Version { get; } =
        XDocument.Load(Path.Combine(ProjectPaths.Root, "Directory.Build.props")).Descendants("Version").First().Value;

    /// <summary>Packs the launcher; its optional packages get its own version.</summary>
    public static bool WriteLauncher(string artifacts)
    {
        var folder = Empty(Path.Combine(artifacts, "npm", "meshlint"));
        var source = Path.Combine(ProjectPaths.Root, "npm", "meshlint");
        foreach (var file in (string[])["README.md", "meshlint.js"])
            File.Copy(Path.Combine(source, file), Path.Combine(folder, file));
        var package = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "package.json")))?.AsObject()
            ?? throw new InvalidOperationException("npm/meshlint/package.json is no object");
        package["version"] = Version;
        package["optionalDependencies"] = new JsonObject(PackTask.Platforms.Select(static p => KeyValuePair.Create(p.Package, (JsonNode?)Version)));
        return Pack(folder, package, artifacts);
    }

    /// <summary>Packs the program of a platform, with libgit2 beside it.</summary>
    public static bool WritePlatform(NpmPlatform platform, string program, string library, string artifacts)
    {
        var folder = Empty(Path.Combine(artifacts, "npm", $"cli-{platform.Os}-{platform.Cpu}"));
        var name = $"meshlint{platform.Extension}";
        var libraryName = Path.GetFileName(library);
        File.Copy(program, Path.Combine(folder, name));
        File.Copy(library, Path.Combine(folder, libraryName));
        const string license = "libgit2.license.txt";
        File.Copy(Path.Combine(Path.GetDirectoryName(library) ?? artifacts, license), Path.Combine(folder, license));
        var package = new JsonObject
        {
            ["name"] = platform.Package,
            ["version"] = Version,
            ["description"] = $"The native program of meshlint for {platform.Runtime}",
            ["license"] = "Apache-2.0",
            ["repository"] = new JsonObject { ["type"] = "git", ["url"] = "git+https://github.com/meshlint/meshlint.git" },
            ["files"] = new JsonArray(name, libraryName, license),
            ["os"] = new JsonArray(platform.Os),
            ["cpu"] = new JsonArray(platform.Cpu),
        };
        // The program is linked to glibc.
        if (platform.Os == "linux")
            package["libc"] = new JsonArray("glibc");
        return Pack(folder, package, artifacts);
    }

    private static string Empty(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder).FullName;
    }

    private static bool Pack(string folder, JsonObject package, string artifacts)
    {
        File.WriteAllText(Path.Combine(folder, "package.json"), $"{package.ToJsonString(Indented)}\n");
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(npm, ["pack", "--silent", "--pack-destination", artifacts]) { WorkingDirectory = folder });
            process?.WaitForExit();
            return process?.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"no npm here: {Path.GetRelativePath(ProjectPaths.Root, folder)} is written, but not packed");
            return true;
        }
    }
}
