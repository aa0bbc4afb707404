using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Cli.Hosting;

/// <summary>Adds the nearest valid spelling to a complaint.</summary>
internal static class Spelling
{
    /// <summary>
    /// <c>unknown format 'sarif'; choose text, concise, json or github</c>, with the nearest one where the word is close.
    /// </summary>
    public static string Unknown(string what, string? word, IReadOnlyList<string> choices) =>
        DidYouMean($"unknown {what} '{word}'; choose {Choices(choices)}", word ?? "", choices);

    /// <summary>Words as <c>text, json or github</c>.</summary>
    public static string Choices(IReadOnlyList<string> choices) =>
        choices.Count == 1 ? choices[0] : $"{string.Join(", ", choices.SkipLast(1))} or {choices[^1]}";

    public static string DidYouMean(string message, string word, IEnumerable<string> candidates) =>
        NearMiss.Find(word, candidates) is { } near ? $"{message}; did you mean '{near}'?" : message;
}
