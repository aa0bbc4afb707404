namespace MeshLint.Testing;

/// <summary>A bad example of a rule's page with a small edit, after which the rule stays silent.</summary>
/// <param name="Line">Line of its heading in the file, 1-based.</param>
/// <param name="Why">What comes close, and why it is none.</param>
/// <param name="Example">Number of the bad example on the page, 1-based.</param>
/// <param name="Edits">What is replaced by what, in order; each text to replace occurs exactly once.</param>
/// <remarks>
/// The nearness is the proof: without the edit the rule speaks. A file <c>NearMisses/ML2001.txt</c> holds at least three:
/// <code>
/// # near miss: the inbound has the name
/// # bad: 1
/// - targetPort: mian
/// + targetPort: main
/// </code>
/// <c># bad:</c> may be left out for the first example. Lines with <c>-</c> are replaced by the lines with <c>+</c> below them; a text is a part of a
/// line, or several whole lines.
/// </remarks>
public sealed record NearMissCase(int Line, string Why, int Example, IReadOnlyList<(string Replace, string By)> Edits)
{
    private const string Heading = "# near miss: ";
    private const string ExampleLine = "# bad: ";
    private const int MostChanged = 400;

    /// <summary>Reads a file.</summary>
    public static IReadOnlyList<NearMissCase> Read(string text)
    {
        var cases = new List<NearMissCase>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            if (lines[i].Length == 0)
            {
                i++;
                continue;
            }

            if (!lines[i].StartsWith(Heading, StringComparison.Ordinal))
                throw new InvalidOperationException($"line {i + 1}: '{Heading}' is expected");
            var (line, why, example) = (i + 1, lines[i++][Heading.Length..], 1);
            if (i < lines.Length && lines[i].StartsWith(ExampleLine, StringComparison.Ordinal))
                example = int.Parse(lines[i++][ExampleLine.Length..], System.Globalization.CultureInfo.InvariantCulture);
            var edits = new List<(string, string)>();
            while (i < lines.Length && lines[i].StartsWith('-'))
                edits.Add((Take(lines, ref i, '-'), Take(lines, ref i, '+')));
            if (edits.Count == 0)
                throw new InvalidOperationException($"line {line}: the near miss edits nothing");
            cases.Add(new NearMissCase(line, why, example, edits));
        }

        return cases;
    }

    /// <summary>The example with the edits; fails where an edit does not apply exactly once, or where they change more than a little.</summary>
    public string Apply(string example)
    {
        if (Edits.Sum(static e => e.Replace.Length + e.By.Length) > MostChanged)
            throw new InvalidOperationException($"line {Line}: the edits change more than {MostChanged} characters, which is not near");
        foreach (var (replace, by) in Edits)
        {
            var at = example.IndexOf(replace, StringComparison.Ordinal);
            if (at < 0 || example.IndexOf(replace, at + 1, StringComparison.Ordinal) >= 0)
                throw new InvalidOperationException($"line {Line}: '{replace}' does not occur exactly once in bad example {Example}");
            example = $"{example.AsSpan(0, at)}{by}{example.AsSpan(at + replace.Length)}";
        }

        return example;
    }

    // Lines with a mark, without it and the blank behind it.
    private static string Take(string[] lines, ref int i, char mark)
    {
        var taken = new List<string>();
        for (; i < lines.Length && lines[i].StartsWith(mark) && !lines[i].StartsWith("---", StringComparison.Ordinal); i++)
            taken.Add(lines[i].Length > 2 ? lines[i][2..] : "");
        return string.Join('\n', taken);
    }
}
