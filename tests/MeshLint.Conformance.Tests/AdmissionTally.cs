using System.Globalization;
using System.Text;

namespace MeshLint.Conformance.Tests;

/// <summary>Counts agreement by kind and keeps the differences for a file.</summary>
/// <param name="columns">What is compared.</param>
internal sealed class AdmissionTally(params string[] columns)
{
    private readonly SortedDictionary<string, int[]> kinds = new(StringComparer.Ordinal);
    private readonly StringBuilder differences = new();
    private readonly int[] totals = new int[columns.Length * 2];

    /// <summary>Counts one comparison.</summary>
    /// <param name="kind">The document's kind.</param>
    /// <param name="column">What is compared, an index into the columns.</param>
    /// <param name="difference">Null where both agree.</param>
    /// <param name="header">Names the case.</param>
    public void Count(string kind, int column, string? difference, string header)
    {
        if (!kinds.TryGetValue(kind, out var counts))
            kinds.Add(kind, counts = new int[columns.Length * 2]);
        counts[(column * 2) + 1]++;
        totals[(column * 2) + 1]++;
        if (difference is null)
        {
            counts[column * 2]++;
            totals[column * 2]++;
            return;
        }

        differences.Append(CultureInfo.InvariantCulture, $"{columns[column]} {kind} {header}\n    {difference.ReplaceLineEndings("\n    ")}\n");
    }

    public int Agreed(int column) => totals[column * 2];

    public int Total(int column) => totals[(column * 2) + 1];

    /// <summary>A table of agreed/total.</summary>
    public string Table()
    {
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"{"kind",-28}");
        foreach (var column in columns)
            table.Append(CultureInfo.InvariantCulture, $"{column,14}");
        table.Append('\n');
        foreach (var (kind, counts) in kinds)
            Row(kind, counts);
        Row("all", totals);
        return table.ToString();

        void Row(string name, int[] counts)
        {
            table.Append(CultureInfo.InvariantCulture, $"{name,-28}");
            for (var i = 0; i < columns.Length; i++)
                table.Append(CultureInfo.InvariantCulture, $"{counts[i * 2] + "/" + counts[(i * 2) + 1],14}");
            table.Append('\n');
        }
    }

    /// <summary>Writes table and differences below the test's output folder and tells where.</summary>
    public string Write(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "admission");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, Table() + "\n" + differences);
        return path;
    }
}
