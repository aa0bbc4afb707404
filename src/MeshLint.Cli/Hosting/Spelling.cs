using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Cli;

/// <summary>Adds the nearest valid spelling to a complaint.</summary>
internal static class Spelling
{
    public static string DidYouMean(string message, string word, IEnumerable<string> candidates) =>
        NearMiss.Find(word, candidates) is { } near ? $"{message}; did you mean '{near}'?" : message;
}
