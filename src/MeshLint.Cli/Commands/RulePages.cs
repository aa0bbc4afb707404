using System.Reflection;

namespace MeshLint.Cli.Commands;

/// <summary>The pages of <c>docs/rules</c>, which are built into the program.</summary>
internal static class RulePages
{
    /// <summary>The page of a rule without its heading, or null where it has none yet.</summary>
    public static string? Find(string id)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"rules/{id}.md");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        // The heading and the facts under it were said already; the reasons begin at the first section.
        var section = text.IndexOf("\n## ", StringComparison.Ordinal);
        return section < 0 ? null : text[(section + 1)..];
    }
}
