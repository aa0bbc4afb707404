using System.Globalization;
using System.Text;
using MeshLint.Testing;

namespace MeshLint.Conformance.Tests.Universes;

/// <summary>Counts agreement per aspect and keeps the differences.</summary>
internal sealed class Tally(string name)
{
    private readonly SortedDictionary<string, (int Agreed, int Total)> aspects = new(StringComparer.Ordinal);
    private readonly StringBuilder differences = new();

    public void Count(string aspect, bool agreed, Func<string> difference)
    {
        var (a, t) = aspects.GetValueOrDefault(aspect);
        aspects[aspect] = (a + (agreed ? 1 : 0), t + 1);
        if (!agreed)
            differences.Append(aspect).Append(": ").AppendLine(difference());
    }

    /// <summary>Compares two texts of one thing.</summary>
    public void Compare(string aspect, string subject, string? expected, string? actual) =>
        Count(aspect, string.Equals(expected, actual, StringComparison.Ordinal), () => $"{subject}\n    expected {expected ?? "nothing"}\n    got      {actual ?? "nothing"}");

    /// <summary>Share of agreement of an aspect; 1 where nothing was compared.</summary>
    public double Share(string aspect) => aspects.TryGetValue(aspect, out var counts) ? (double)counts.Agreed / counts.Total : 1;

    public IEnumerable<string> Aspects => aspects.Keys;

    /// <summary>The table, and where the differences are.</summary>
    public string Report()
    {
        var folder = Path.Combine(SharedData.ProjectRoot, "artifacts", "conformance");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, name + ".txt");
        File.WriteAllText(file, differences.ToString());
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{name} (differences: {file})");
        foreach (var (aspect, (agreed, total)) in aspects)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {aspect,-34} {agreed,6}/{total,-6} {100.0 * agreed / total,7:0.00} %");
        return text.ToString();
    }
}
