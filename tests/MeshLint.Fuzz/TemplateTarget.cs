using MeshLint.Kuma.Templates;
using MeshLint.Sources;
using MeshLint.Kuma.Versions;

namespace MeshLint.Fuzz;

/// <summary>Go templates: parsed and rendered; and the question whether a file is a template.</summary>
internal sealed class TemplateTarget : ITarget
{
    private static readonly string[] Parts =
    [
        "{{", "}}", "{{-", "-}}", " ", ".Name", ".Zone", ".DisplayName", ".", "$", "$x", ":=", "=", "|", "(", ")", "if ", "else", "end", "range ", "with ",
        "define ", "template ", "block ", "break", "continue", "\"x\"", "`x`", "'x'", "'", "\"", "`", "1", "-1", "0x1p-2", "1i", "9999999999999999999", "nil", "true",
        "label \"x\"", "printf ", "\"%s%s\" ", "\"%*d\" ", "\"%[1]d\" ", "len ", "index ", "slice ", "print ", "println ", "html ", "js ", "urlquery ", "call ", "and ", "or ",
        "not ", "eq ", "lt ", "/*", "*/", "\n", "\u00e9", "\uD800", ",", "else if ", "{{end}}", "{{if .Name}}", "{{range $i, $e := .}}", "{{with $x := .Name}}", "{{break}}",
    ];

    public string Name => "template";

    public int Weight => 8;

    public FuzzInput Generate(Dice dice)
    {
        var text = dice.OneIn(2) ? "{{" : "";
        for (var i = dice.Next(dice.OneIn(20) ? 200 : 14); i >= 0; i--)
            text += dice.OneIn(20) ? dice.Pick(HostileText.Values) : dice.Pick(Parts);
        return new FuzzInput(Name, KumaVersions.Default, 0, [("t", dice.OneIn(2) ? text + "}}" : text)]);
    }

    public void Run(FuzzInput input)
    {
        TemplateDetector.HasDirectiveLine(input.Text);
        foreach (var hasLabel in (ReadOnlySpan<bool>)[true, false])
        {
            if (!GoTemplate.TryParse(input.Text, hasLabel, out var template, out var error))
            {
                if (error.Length == 0)
                    throw new FuzzFailureException("empty message", "a template that does not parse");
                continue;
            }

            var data = GoTemplateData.Hostname("web", "web", "ns", "default", "east");
            var isRendered = template.TryRender(data, static key => key.Length % 2 == 0 ? "value" : null, out var text, out error);
            if (isRendered == error.Length > 0)
                throw new FuzzFailureException("result and error at once", error);
            if (text.Length > 4_000_000)
                throw new FuzzFailureException("output without bound", $"{text.Length} characters");
        }
    }
}
