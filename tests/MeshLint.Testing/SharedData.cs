using System.IO.Compression;
using System.Text.Json;
using Xunit;

namespace MeshLint.Testing;

/// <summary>Finds <c>../shared</c> beside the project. It is not part of the project: what can be tested without it reads <see cref="Recordings"/>.</summary>
public static class SharedData
{
    /// <summary>Root of the project (where MeshLint.sln stands).</summary>
    public static string ProjectRoot { get; } = FindProjectRoot();

    /// <summary>The shared folder, or null where it is absent.</summary>
    public static string? Root { get; } = Directory.Exists(Path.Combine(ProjectRoot, "..", "shared"))
        ? Path.GetFullPath(Path.Combine(ProjectRoot, "..", "shared"))
        : null;

    /// <summary>Full path below the shared folder.</summary>
    public static string PathOf(string relative) => Path.Combine(Root ?? throw new InvalidOperationException("../shared is absent"), relative);

    /// <summary>The lines of a <c>.jsonl</c> or <c>.jsonl.gz</c> file below the shared folder.</summary>
    public static IEnumerable<JsonDocument> ReadLines(string relative) => ReadLinesOf(PathOf(relative));

    /// <summary>The lines of a <c>.jsonl</c> or <c>.jsonl.gz</c> file.</summary>
    public static IEnumerable<JsonDocument> ReadLinesOf(string path)
    {
        using var file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                yield return JsonDocument.Parse(line);
        }
    }

    private static string FindProjectRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MeshLint.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("MeshLint.sln is in no parent folder of the tests");
    }
}

/// <summary>A fact that needs <c>../shared</c> and skips, saying so, where it is absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (SharedData.Root is null)
            Skip = "../shared is absent: the recorded answers of control planes are not part of the project";
    }
}

/// <summary>A theory that needs <c>../shared</c> and skips, saying so, where it is absent.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (SharedData.Root is null)
            Skip = "../shared is absent: the recorded answers of control planes are not part of the project";
    }
}
