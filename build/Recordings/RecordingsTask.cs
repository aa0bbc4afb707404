using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MeshLint.Kuma.Versions;

namespace MeshLint.Build.Recordings;

/// <summary>Writes <c>tests/recordings</c>: the sample of the recordings that the conformance tests run where <c>../shared</c> is absent.</summary>
internal static class RecordingsTask
{
    /// <summary>The folders of Kuma's own golden files that tests read, below <c>conformance/kuma-VERSION</c>.</summary>
    private static readonly string[] GoldenFolders =
    [
        "app/kumactl/cmd/apply/testdata",
        "pkg/api-server/testdata/resources/crud",
        "pkg/plugins/policies/core/rules/outbound/testdata/resourcerules",
        "pkg/plugins/runtime/k8s/controllers/testdata",
    ];

    private static readonly string[] GoldenVersions = ["2.14", "3.0"];

    private static readonly string[] CorpusFolders = ["docs-2.11", "docs-2.14"];

    /// <summary>The sample's folder.</summary>
    public static string Target { get; } = Path.Combine(ProjectPaths.Root, "tests", "recordings");

    /// <summary>Writes the sample; with <c>--check</c> it only says (exit 1) which files would change.</summary>
    public static int Run(string[] args)
    {
        if (!Directory.Exists(ProjectPaths.Shared))
        {
            Console.Error.WriteLine("../shared is absent: the sample is taken from the recordings there");
            return 2;
        }

        var checkOnly = args.Contains("--check");
        var index = new StringBuilder("file\tlines\tof\n");
        var result = 0;
        var bytes = 0L;
        foreach (var (file, lines, total) in Files())
        {
            result |= Write(file, lines, checkOnly);
            bytes += new FileInfo(Path.Combine(Target, file)) is { Exists: true } info ? info.Length : 0;
            index.Append(CultureInfo.InvariantCulture, $"{file}\t{lines.Count}\t{total}\n");
        }

        result |= GeneratedFile.Write(Path.Combine(Target, "index.tsv"), index.ToString(), checkOnly);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tests/recordings: {bytes / 1024} KB"));
        return result;
    }

    private static IEnumerable<(string File, List<string> Lines, int Total)> Files()
    {
        foreach (var version in KumaVersions.All)
        {
            foreach (var kind in RecordingKinds.All)
            {
                if (Find(kind.Name, version.Text()) is not { } source)
                    continue;
                var lines = ReadLines(source);
                yield return ($"live-{version.Text()}/{kind.Name}.jsonl.gz", RecordingSampler.Choose(kind, version.Text(), lines), lines.Count);
            }
        }

        foreach (var version in GoldenVersions)
        {
            var root = Path.Combine(ProjectPaths.Shared, "conformance", $"kuma-{version}");
            var files = Pack(root, GoldenFolders);
            yield return ($"kuma-{version}.jsonl.gz", files, files.Count);
        }

        foreach (var folder in CorpusFolders)
        {
            var files = Pack(Path.Combine(ProjectPaths.Shared, "corpus"), [folder]);
            yield return ($"{folder}.jsonl.gz", files, files.Count);
        }
    }

    private static string? Find(string kind, string version)
    {
        var conformance = Path.Combine(ProjectPaths.Shared, "conformance");
        string[] candidates =
        [
            Path.Combine(conformance, $"live-{version}", $"{kind}.jsonl"),
            Path.Combine(conformance, $"live-{version}", $"{kind}.jsonl.gz"),
            Path.Combine(conformance, kind, $"{version}.jsonl"),
        ];
        return Array.Find(candidates, File.Exists);
    }

    private static List<string> ReadLines(string path)
    {
        using var file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                lines.Add(line);
        }

        return lines;
    }

    // One line a file, {"path": …, "text": …}, in the order of the paths.
    private static List<string> Pack(string root, IEnumerable<string> folders)
    {
        var paths = folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(root, f), "*", SearchOption.AllDirectories))
            .Select(p => Path.GetRelativePath(root, p).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
        var lines = new List<string>();
        foreach (var path in paths)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                json.WriteString("path", path);
                json.WriteString("text", File.ReadAllText(Path.Combine(root, path)));
                json.WriteEndObject();
            }

            lines.Add(Encoding.UTF8.GetString(buffer.ToArray()));
        }

        return lines;
    }

    // What counts is what is inside: another version of the compressor gives other bytes for the same lines.
    private static int Write(string file, List<string> lines, bool checkOnly)
    {
        var path = Path.Combine(Target, file);
        if (File.Exists(path) && ReadLines(path).SequenceEqual(lines, StringComparer.Ordinal))
            return 0;
        if (checkOnly)
        {
            Console.Error.WriteLine($"tests/recordings/{file} is not up to date");
            return 1;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? Target);
        using var stream = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        foreach (var line in lines)
            writer.WriteLine(line);
        Console.WriteLine($"wrote tests/recordings/{file}");
        return 0;
    }
}
