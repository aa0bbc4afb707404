using System.Text.RegularExpressions;
using System.Xml.Linq;
using MeshLint.Testing;

namespace MeshLint.House.Tests;

/// <summary>The projects of <c>src</c>: which refer to which, and which may according to <c>docs/architecture.md</c>.</summary>
internal static partial class ProjectTable
{
    private static readonly string Source = Path.Combine(SharedData.ProjectRoot, "src");

    /// <summary>Every project by name, with its file.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects { get; } = Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .ToDictionary(static f => Path.GetFileNameWithoutExtension(f), XDocument.Load, StringComparer.Ordinal);

    /// <summary>The projects that a project's file refers to.</summary>
    public static IEnumerable<string> References(string project) => Projects[project].Descendants("ProjectReference")
        .Select(static r => Path.GetFileNameWithoutExtension((r.Attribute("Include")?.Value ?? "").Replace('\\', '/')));

    /// <summary>The compiled assembly of a project, beside the tests.</summary>
    public static string Assembly(string project) =>
        Path.Combine(AppContext.BaseDirectory, (Projects[project].Descendants("AssemblyName").FirstOrDefault()?.Value ?? project) + ".dll");

    /// <summary>The rows of the table 'Project, May refer to' in <c>docs/architecture.md</c>.</summary>
    public static Dictionary<string, string[]> Allowed()
    {
        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(SharedData.ProjectRoot, "docs", "architecture.md")))
        {
            if (Row().Match(line) is { Success: true } row)
                rows.Add(row.Groups["project"].Value, [.. Name().Matches(row.Groups["targets"].Value).Select(static m => m.Groups["name"].Value)]);
        }

        return rows;
    }

    [GeneratedRegex(@"^\| `(?<project>MeshLint\.[\w.]+)` \| (?<targets>(?:nothing|`MeshLint\.[\w.]+`(?:, `MeshLint\.[\w.]+`)*)) \|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
