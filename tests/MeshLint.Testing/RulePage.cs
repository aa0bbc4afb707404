using MeshLint.Kuma.Versions;

namespace MeshLint.Testing;

/// <summary>An example of a rule's page: a fenced block <c>```yaml bad</c> or <c>```yaml good</c>, with <c>kuma=3.0</c> and <c>also=ML2003</c> behind it.</summary>
/// <param name="Line">Line of the fence, 1-based.</param>
/// <param name="IsBad">It must yield the page's finding; a good one must yield nothing above info.</param>
/// <param name="Version">The Kuma line it is for; null = the default.</param>
/// <param name="Also">Other ids that the bad example may yield.</param>
/// <param name="Text">The repository (see <see cref="TestRepository"/>).</param>
public sealed record RuleExample(int Line, bool IsBad, KumaVersion? Version, IReadOnlyList<string> Also, string Text);

/// <summary>Reads the examples of a page in <c>docs/rules</c>.</summary>
public static class RulePage
{
    public static IReadOnlyList<RuleExample> Examples(string markdown)
    {
        var examples = new List<RuleExample>();
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var words = lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0] != "```yaml" || words[1] is not ("bad" or "good"))
                continue;
            KumaVersion? version = null;
            var also = new List<string>();
            foreach (var word in words[2..])
            {
                if (word.StartsWith("kuma=", StringComparison.Ordinal))
                    version = KumaVersions.TryParse(word[5..], out var parsed) ? parsed : throw new InvalidOperationException($"line {i + 1}: {word}");
                else if (word.StartsWith("also=", StringComparison.Ordinal))
                    also.AddRange(word[5..].Split(','));
                else
                    throw new InvalidOperationException($"line {i + 1}: '{word}' is not understood");
            }

            var end = Array.FindIndex(lines, i + 1, l => l.TrimEnd() == "```");
            examples.Add(new RuleExample(i + 1, words[1] == "bad", version, also, string.Join('\n', lines[(i + 1)..end]) + "\n"));
            i = end;
        }

        return examples;
    }
}
