using System.Globalization;
using System.Text;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.House.Tests;

/// <summary>Who may know whom: between projects as <c>docs/architecture.md</c> says, between the folders of one project without circles.</summary>
public sealed class ArchitectureTests(ITestOutputHelper output)
{
    private static readonly string KnownCircles = Path.Combine(SharedData.ProjectRoot, "tests", "MeshLint.House.Tests", "known-circles.txt");

    [Fact]
    public void Projects_refer_to_those_that_the_document_lists()
    {
        var allowed = ProjectTable.Allowed();
        Assert.Equal(ProjectTable.Projects.Keys.Order(StringComparer.Ordinal), allowed.Keys.Order(StringComparer.Ordinal));
        foreach (var project in ProjectTable.Projects.Keys)
        {
            Assert.Equal(
                $"{project}: {string.Join(", ", allowed[project].Order(StringComparer.Ordinal))}",
                $"{project}: {string.Join(", ", ProjectTable.References(project).Order(StringComparer.Ordinal))}");
        }
    }

    [Fact]
    public void Projects_form_no_circle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var rest = ProjectTable.Projects.Keys.ToList();
        while (rest.RemoveAll(p => ProjectTable.References(p).All(done.Contains) && done.Add(p)) > 0)
        {
        }

        Assert.Empty(rest);
    }

    /// <summary>The list of known circles only shrinks: a new arrow fails, and so does a listed one that is gone.</summary>
    [Fact]
    public void Folders_form_only_the_known_circles()
    {
        var found = new List<string>();
        foreach (var project in ProjectTable.Projects.Keys)
        {
            var graph = FolderGraph.Read(ProjectTable.Assembly(project), project);
            found.AddRange(graph.Circular());
            output.WriteLine(Draw(project, graph));
        }

        var known = File.ReadAllLines(KnownCircles).Where(static l => l.Length > 0 && l[0] != '#').ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Count} arrows in circles, {known.Count} known"));
        var added = found.Except(known, StringComparer.Ordinal).ToList();
        var gone = known.Except(found, StringComparer.Ordinal).ToList();
        Assert.True(added.Count == 0, $"new arrows that are part of a circle (move the code, do not add to the list):\n{string.Join('\n', added)}");
        Assert.True(gone.Count == 0, $"no longer part of a circle, to be removed from known-circles.txt:\n{string.Join('\n', gone)}");
    }

    private static string Draw(string project, FolderGraph graph)
    {
        var text = new StringBuilder(project).AppendLine();
        foreach (var (from, targets) in graph.Arrows)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {from,-16} -> {string.Join(", ", targets.Select(t => $"{t.Key} ({t.Value})"))}");
        return text.ToString();
    }
}
