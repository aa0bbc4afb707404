using System.Text;

namespace MeshLint.Benchmarks;

/// <summary>Texts whose reading cost more than their size once: the cost at n and at 4n says whether it still does.</summary>
public static class YamlCosts
{
    private const string Mesh = "type: MeshProxyPatch\nname: p\nmesh: default\n";

    /// <summary>Each case: a name, how to make its text of a size, and the size to begin with.</summary>
    public static IReadOnlyList<(string Name, Func<int, string> MakeText, int Size)> All { get; } =
    [
        ("mapping of n keys", static n => Mesh + "spec:\n" + Repeat(n, static i => $"  k{i}: v\n"), 10_000),
        ("n merges of one anchor", static n => $"{Mesh}base: &a {{x: 1, y: 2}}\nspec:\n  <<: [{Repeat(n, static i => i == 0 ? "*a" : ", *a")}]\n", 2_000),
        ("n mappings that merge one anchor", static n => $"{Mesh}base: &a {{x: 1}}\nspec:\n" + Repeat(n, static i => $"- {{<<: *a, k{i}: 1}}\n"), 2_000),
        ("n times '{{' in one scalar", static n => $"{Mesh}spec: \"{Repeat(n, static _ => "{{")}\"\n", 50_000),
        ("n times '?' and a line break", static n => Mesh + Repeat(n, static _ => "?\n"), 5_000),
        ("n list items", static n => Mesh + "spec:\n" + Repeat(n, static _ => "- a\n"), 50_000),
        ("flow list of n items", static n => $"{Mesh}spec: [{Repeat(n, static _ => "a, ")}]\n", 50_000),
        ("n anchors and aliases", static n => Mesh + "spec:\n" + Repeat(n, static i => $"- &a{i} x\n- *a{i}\n"), 5_000),
        ("quoted scalar of n lines", static n => $"{Mesh}spec: \"{Repeat(n, static _ => "  line\n\n  ")}\"\n", 20_000),
        ("block scalar of n lines", static n => $"{Mesh}spec: |\n{Repeat(n, static _ => "  line\n\n")}", 50_000),
        ("n documents", static n => Repeat(n, static i => $"type: Mesh\nname: m{i}\n---\n"), 5_000),
        ("n tabs after a line break", static n => "\n" + Repeat(n, static _ => "\t"), 50_000),
        ("one line of n words", static n => $"{Mesh}spec: {Repeat(n, static _ => "word ")}\n", 50_000),
        ("n keys that are pending at once", static n => $"{Mesh}spec: {Repeat(n, static _ => "[a, ")}", 5_000),
    ];

    private static string Repeat(int count, Func<int, string> make)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(make(i));
        return text.ToString();
    }
}
