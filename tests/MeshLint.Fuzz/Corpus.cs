using MeshLint.Testing;

namespace MeshLint.Fuzz;

/// <summary>What mutation starts from: the documents of examples/ and of the rule pages, and the keys and values that stand in them.</summary>
internal sealed class Corpus
{
    private static readonly string[] Separators = ["\n---\n"];

    private Corpus(IEnumerable<string> texts, IEnumerable<string> configurations)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        var values = new SortedSet<string>(StringComparer.Ordinal);
        var documents = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var part in text.Split(Separators, StringSplitOptions.None))
            {
                if (part.Trim().Length > 0)
                    documents.Add(part.TrimEnd('\n') + "\n");
            }

            foreach (var line in text.Split('\n'))
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                if (colon <= 0)
                    continue;
                keys.Add(line[..colon].TrimStart(' ', '-', '{'));
                values.Add(line[(colon + 2)..]);
            }
        }

        Documents = [.. documents];
        Keys = [.. keys];
        Values = [.. values];
        Configurations = [.. configurations.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> Documents { get; }

    public IReadOnlyList<string> Keys { get; }

    public IReadOnlyList<string> Values { get; }

    public IReadOnlyList<string> Configurations { get; }

    /// <summary>Reads the repository that the program was built from.</summary>
    public static Corpus Load()
    {
        var root = SharedData.ProjectRoot;
        var texts = new List<string>();
        var configurations = new List<string>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(root, "examples"), "*", SearchOption.AllDirectories))
        {
            if (path.EndsWith(".meshlint.yaml", StringComparison.Ordinal))
                configurations.Add(File.ReadAllText(path));
            else if (path.EndsWith(".yaml", StringComparison.Ordinal))
                texts.Add(File.ReadAllText(path).ReplaceLineEndings("\n"));
        }

        foreach (var path in Directory.EnumerateFiles(Path.Combine(root, "docs", "rules"), "ML*.md"))
        {
            foreach (var file in RulePage.Examples(File.ReadAllText(path)).SelectMany(e => TestRepository.Split(e.Text)))
                (file.Path.EndsWith(".meshlint.yaml", StringComparison.Ordinal) ? configurations : texts).Add(file.Text);
        }

        return new Corpus(texts, configurations);
    }
}
