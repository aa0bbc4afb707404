using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace MeshLint.Testing;

/// <summary>
/// What real control planes answered. The recordings stand in <c>../shared</c>; a sample of them is part of the project
/// (<c>tests/recordings</c>) and is taken where that folder is absent, or where <c>MESHLINT_RECORDINGS=sample</c> asks for it.
/// </summary>
public static class Recordings
{
    private static readonly Lock Gate = new();

    private static readonly HashSet<string> Unpacked = new(StringComparer.Ordinal);

    /// <summary>Whether the sample is read and not the whole.</summary>
    public static bool IsSample { get; } =
        SharedData.Root is null || Environment.GetEnvironmentVariable("MESHLINT_RECORDINGS") == "sample";

    /// <summary>The sample's folder.</summary>
    public static string SampleFolder { get; } = Path.Combine(SharedData.ProjectRoot, "tests", "recordings");

    /// <summary>The file that names each recording that a test has read to its end, one a line; CI counts its lines.</summary>
    public static string RunLog { get; } = Path.Combine(SharedData.ProjectRoot, "artifacts", "conformance", "recordings-run.tsv");

    /// <summary>The lines of a recording. A recording without a line is an error: nothing would be compared.</summary>
    /// <param name="kind">Such as <c>universes-zone</c> or <c>validators</c>.</param>
    /// <param name="version">Kuma's line, such as <c>2.14</c>.</param>
    public static IEnumerable<JsonDocument> Open(string kind, string version)
    {
        var count = 0;
        foreach (var line in SharedData.ReadLinesOf(PathOf(kind, version)))
        {
            count++;
            yield return line;
        }

        if (count == 0)
            throw new InvalidOperationException($"the recording {kind} of {version} has no line");
        Log(kind, version, count);
    }

    /// <summary>How many lines the sample has of a recording.</summary>
    public static int SampleCount(string kind, string version) =>
        int.Parse(Index().Single(row => row[0] == $"live-{version}/{kind}.jsonl.gz")[1], CultureInfo.InvariantCulture);

    /// <summary>The rows of the sample's index: file, lines, lines of the whole recording.</summary>
    public static IEnumerable<string[]> Index() =>
        File.ReadLines(Path.Combine(SampleFolder, "index.tsv")).Skip(1).Select(static line => line.Split('\t'));

    /// <summary>A folder of Kuma's own golden files, at its path in Kuma's tree.</summary>
    public static string Golden(string version, string folder)
    {
        var root = IsSample ? Unpack($"kuma-{version}") : SharedData.PathOf($"conformance/kuma-{version}");
        Log("goldens", version, 1);
        return Path.Combine(root, folder);
    }

    /// <summary>A folder with the examples of Kuma's documentation, such as <c>docs-2.14</c>.</summary>
    public static string Corpus(string folder) => IsSample ? Path.Combine(Unpack(folder), folder) : SharedData.PathOf($"corpus/{folder}");

    private static string PathOf(string kind, string version)
    {
        if (IsSample)
            return Path.Combine(SampleFolder, $"live-{version}", $"{kind}.jsonl.gz");
        if (kind == "validators")
            return SharedData.PathOf($"conformance/validators/{version}.jsonl");
        var plain = SharedData.PathOf($"conformance/live-{version}/{kind}.jsonl");
        return File.Exists(plain) ? plain : plain + ".gz";
    }

    // The files of one archive below the test's own output folder, once a process.
    private static string Unpack(string archive)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "recordings", archive);
        lock (Gate)
        {
            if (!Unpacked.Add(archive))
                return folder;
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            foreach (var line in SharedData.ReadLinesOf(Path.Combine(SampleFolder, $"{archive}.jsonl.gz")))
            {
                using (line)
                {
                    var path = Path.Combine(folder, line.RootElement.GetProperty("path").GetString() ?? "");
                    Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
                    File.WriteAllText(path, line.RootElement.GetProperty("text").GetString());
                }
            }
        }

        return folder;
    }

    private static void Log(string kind, string version, int count)
    {
        lock (Gate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(RunLog) ?? SampleFolder);
            File.AppendAllText(RunLog, string.Create(CultureInfo.InvariantCulture, $"{version}\t{kind}\t{count}\t{(IsSample ? "sample" : "whole")}\n"));
        }
    }
}
