using MeshLint.Testing;

namespace MeshLint.Build;

/// <summary>Keeps the examples of a rule's page readable in any Markdown viewer: a heading above each, and the output below each bad one.</summary>
internal static class RulePageText
{
    private const string OutputLine = "It gives:";
    private const string OutputFence = "```text output";

    /// <summary>The page's body with headings and outputs; nothing else changes.</summary>
    public static string Update(string id, string body)
    {
        var lines = body.Split('\n');
        var result = new List<string>();
        var examples = RulePage.Examples(body).ToDictionary(static e => e.Line);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!examples.TryGetValue(i + 1, out var example))
            {
                result.Add(lines[i]);
                continue;
            }

            AddHeading(result, example.IsBad ? "### Bad" : "### Good");
            while (lines[i].TrimEnd() != "```")
                result.Add(lines[i++]);
            result.Add(lines[i]);
            if (!example.IsBad)
                continue;
            i = SkipOutput(lines, i);
            result.Add("");
            result.Add(OutputLine);
            result.Add("");
            result.Add(OutputFence);
            result.AddRange(ExampleOutput.Render(id, example).TrimEnd('\n').Split('\n'));
            result.Add("```");
        }

        return string.Join('\n', result);
    }

    // A heading stands above the example, with the sentence that introduces it between.
    private static void AddHeading(List<string> result, string heading)
    {
        var at = result.Count;
        while (at > 0 && !result[at - 1].StartsWith('#') && !result[at - 1].StartsWith("```", StringComparison.Ordinal))
            at--;
        if (at > 0 && result[at - 1] == heading)
            return;
        if (at > 0 && result[at - 1].StartsWith("### ", StringComparison.Ordinal))
        {
            result[at - 1] = heading;
            return;
        }

        result.Insert(at, "");
        result.Insert(at + 1, heading);
        if (at + 2 == result.Count || result[at + 2].Length > 0)
            result.Insert(at + 2, "");
    }

    // The last line of the output that follows the fence; the fence itself where none does.
    private static int SkipOutput(string[] lines, int fence)
    {
        var i = fence + 1;
        while (i < lines.Length && (lines[i].Length == 0 || lines[i] == OutputLine))
            i++;
        if (i >= lines.Length || lines[i] != OutputFence)
            return fence;
        while (lines[i].TrimEnd() != "```")
            i++;
        return i;
    }
}
