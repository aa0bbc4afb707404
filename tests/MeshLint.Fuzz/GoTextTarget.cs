using MeshLint.Sources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;

namespace MeshLint.Fuzz;

/// <summary>What mirrors Go's readers of small texts: regular expressions, durations, JSON, addresses, URLs, times; and path patterns.</summary>
internal sealed class GoTextTarget(Mutator mutator) : ITarget
{
    public string Name => "gotext";

    public int Weight => 8;

    public FuzzInput Generate(Dice dice) =>
        new(Name, KumaVersions.Default, 0, [("a", mutator.Soup(dice)), ("b", dice.Pick(HostileText.Values))]) { Documents = 1 };

    public void Run(FuzzInput input)
    {
        foreach (var (_, text) in input.Files)
        {
            Check(GoRegex.Check(text));
            Check(GoDuration.Parse(text, out var nanoseconds));
            if (GoDuration.Parse(GoDuration.Format(nanoseconds), out var again) is not null || again != nanoseconds)
                throw new FuzzFailureException("duration", $"{nanoseconds} is printed as {GoDuration.Format(nanoseconds)}");
            Check(GoJson.ScanFirst(text, out var end));
            if (end < 0 || end > text.Length)
                throw new FuzzFailureException("JSON", $"{end} in {text.Length}");
            Check(GoJson.ScanWhole(text));
            Check(GoTime.FindError(text));
            if (GoAddress.IsIP(text) && !GoAddress.IsIPSloppy(text))
                throw new FuzzFailureException("address", "strict, but not sloppy");
            GoAddress.IsCidr(text);
            GoAddress.IsIPv6WithZone(text);
            GoUrl.Parse(text, strictColons: true);
            GoUrl.ParseRequest(text, strictColons: false);
            _ = GoDecimal.TryParse(text, out _);
            var quoted = GoText.Quote(text);
            if (quoted[0] != '"' || quoted[^1] != '"')
                throw new FuzzFailureException("quote", quoted);
            new PathPattern(text).Matches("zones/east/a.yaml");
            new PathPattern("zones/**/*.yaml").Matches(text);
            SourceNames.IsSkippedFolder(text);
            Markers(text);
        }
    }

    private static void Check(string? error)
    {
        if (error is "")
            throw new FuzzFailureException("empty message", "an error without words");
    }

    // What is shown is stable: showing it once more changes nothing.
    private static void Markers(string text)
    {
        var shown = VisibleText.OneLine(text);
        if (VisibleText.OneLine(shown) != shown)
            throw new FuzzFailureException("escaping is not stable", shown);
        Checks.Visible("escape", Output.Emit.Markdown.Escape(text));
        Checks.Visible("code", Output.Emit.Markdown.Code(text));
        Checks.Visible("html", Output.Emit.Markdown.Html(text));
    }
}
