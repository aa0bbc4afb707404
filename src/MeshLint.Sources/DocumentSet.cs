using System.Runtime.CompilerServices;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Sources.Reading;

namespace MeshLint.Sources;

/// <summary>The documents of one file that may concern a mesh.</summary>
public sealed record FileDocuments(SourceText Source, ImmutableArray<SourceDocument> Documents)
{
    public string Path => Source.Path;
}

/// <summary>The second stage: every document of a run that may concern a mesh, in document order (path, then position).</summary>
/// <remarks>Immutable. The same for any number of threads: files and documents are read in parallel and put back in order.</remarks>
public sealed class DocumentSet
{
    // Starting a thread takes as long as looking at some dozens of files, or parsing as many characters: less work stays on this one.
    private const int ManyFiles = 64;
    private const int ManyCharacters = 128 * 1024;
    private const int Batch = 8;

    private readonly ConditionalWeakTable<ControlPlaneMap, FilePlacements> placements = [];

    private DocumentSet(ImmutableArray<FileDocuments> files, KustomizeLayout layout, ImmutableArray<Diagnostic> diagnostics, int fileCount)
    {
        Files = files;
        Layout = layout;
        Diagnostics = diagnostics;
        FileCount = fileCount;
        AnyKubernetesForm = files.Any(f => f.Documents.Any(d => d.Root["apiVersion"].Exists));
    }

    /// <summary>The files that hold at least one such document, by path.</summary>
    public ImmutableArray<FileDocuments> Files { get; }

    /// <summary>What kustomizations say about where the files are applied.</summary>
    public KustomizeLayout Layout { get; }

    /// <summary>What could not be read, is broken, or is left out.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>How many files were looked at, foreign ones included.</summary>
    public int FileCount { get; }

    /// <summary>How many documents may concern a mesh.</summary>
    public int DocumentCount => Files.Sum(f => f.Documents.Length);

    /// <summary>Whether any document is written in Kubernetes form.</summary>
    public bool AnyKubernetesForm { get; }

    /// <summary>
    /// The control planes that a file is applied to: those of the root kustomizations that reach it, else its own; empty where none takes
    /// it.
    /// </summary>
    public ImmutableArray<ControlPlane> PlacesOf(string path, ControlPlaneMap map) =>
        placements.GetValue(map, m => new FilePlacements(this, m)).Of(path);

    /// <summary>What there is to say about where the documents are applied: the assumed control plane, or files that none takes.</summary>
    public IEnumerable<Diagnostic> Describe(ControlPlaneMap map)
    {
        if (Files.IsEmpty)
            yield break;
        if (map.IsAssumed)
            yield return AssumedControlPlane.Of(StartOf(Files[0]), map.All[0]);

        if (placements.GetValue(map, m => new FilePlacements(this, m)) is { CutFiles: > 0 and var cut, FirstCut: { } first })
            yield return WorkLimit.Of(
                StartOf(first),
                $"kustomizations apply {cut} files to so many control planes that MeshLint checks only the first control plane of each",
                $"{FilePlacements.MostExtra} documents, and eight times as many as are written, can be applied beyond their first control "
                    + "plane");

        foreach (var file in Files)
        {
            if (PlacesOf(file.Path, map).IsEmpty)
                yield return FileWithoutControlPlane.Of(StartOf(file));
        }
    }

    private static Location StartOf(FileDocuments file)
    {
        var root = file.Documents[0].Root;
        var at = root.Exists ? root.Span.Start : file.Documents[0].Span.Start;
        var line = file.Source.GetPosition(at).Line;
        return new Location(file.Source, new TextSpan(at, Math.Max(at, file.Source.GetLineSpan(line).End)));
    }

    /// <summary>Reads the files of a run.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="threads">How many threads work at the most; 0 = as many as there are cores.</param>
    /// <param name="cancellation">Stops early with an exception.</param>
    public static DocumentSet Read(SourceSet sources, int threads = 0, CancellationToken cancellation = default)
    {
        var layout = KustomizeLayout.Read(sources);
        var charts = ChartFolders(sources);
        var readings = new FileReading[sources.Files.Length];
        var readers = readings.Length < ManyFiles ? 1 : threads;
        Work.ForEach(readings.Length, Batch, readers, i => readings[i] = FileReading.Read(sources.Files[i], layout, charts), cancellation);

        // Documents are the unit of work, so that one long stream is read by all cores too.
        var work = new List<(int File, int Part)>();
        var characters = 0L;
        for (var i = 0; i < readings.Length; i++)
        {
            for (var j = 0; j < readings[i].Parts.Length; j++)
            {
                work.Add((i, j));
                characters += readings[i].Parts[j].Span.Length;
            }
        }

        var parsers = characters < ManyCharacters ? 1 : threads;
        Work.ForEach(work.Count, Batch, parsers, i => readings[work[i].File].ReadPart(work[i].Part), cancellation);
        var files = ImmutableArray.CreateBuilder<FileDocuments>();
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var reading in readings)
        {
            var documents = reading.Finish(diagnostics);
            if (!documents.IsEmpty && reading.Source is { } source)
                files.Add(new FileDocuments(source, documents));
        }

        return new DocumentSet(files.ToImmutable(), layout, diagnostics.ToImmutable(), readings.Count(static r => !r.IsLeftOut));
    }

    private static HashSet<string> ChartFolders(SourceSet sources)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in sources.Files)
        {
            if (file.Path.EndsWith("Chart.yaml", StringComparison.Ordinal) && (file.Path.Length == 10 || file.Path[^11] == '/'))
                folders.Add(file.Path[..^10]);
        }

        return folders;
    }
}
