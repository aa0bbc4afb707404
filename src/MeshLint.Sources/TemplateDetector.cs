
namespace MeshLint.Sources;

/// <summary>Recognises files that a template engine (Helm, mustache, Jinja) has yet to turn into YAML.</summary>
/// <remarks>
/// Braces alone prove nothing: HostnameGenerator, MeshIdentity and VirtualOutbound hold Go templates, annotations hold Vault's and
/// Consul's, workflows hold
/// <c>${{ }}</c>. A document counts as a template where the braces break the YAML, where they stand for what only a chart knows
/// (<c>.Values</c>, <c>include</c>), where a control construct or a field of a resource's identity is made of them, or where the file
/// lies in a chart's <c>templates</c> folder.
/// </remarks>
internal static class TemplateDetector
{
    private static readonly string[] ChartWords =
    [
        ".Values", ".Release.", ".Chart.", ".Capabilities.", ".Template.", "include ", "tpl ", "toYaml ",
    ];
    private static readonly string[] ControlWords = ["if ", "else", "end", "range ", "with ", "define ", "template ", "block "];

    /// <summary>Whether the text holds anything that opens a template expression.</summary>
    public static bool HasBraces(ReadOnlySpan<char> text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal);

    /// <summary>Offset of the first template expression, for the report.</summary>
    public static int FirstBrace(string text)
    {
        var mustache = text.IndexOf("{{", StringComparison.Ordinal);
        var jinja = text.IndexOf("{%", StringComparison.Ordinal);
        return mustache < 0 ? jinja : jinja < 0 ? mustache : Math.Min(mustache, jinja);
    }

    /// <summary>
    /// Whether a line of the text is a directive of its own (<c>{{- if … }}</c>): then the file as a whole is a template.
    /// </summary>
    public static bool HasDirectiveLine(ReadOnlySpan<char> text)
    {
        foreach (var line in text.EnumerateLines())
        {
            var trimmed = line.TrimStart(" \t");
            if (trimmed.StartsWith("{%") || (trimmed.StartsWith("{{") && IsControl(trimmed[2..])))
                return true;
        }

        return false;
    }

    /// <summary>Whether a document that is valid YAML is a template nevertheless.</summary>
    public static bool IsTemplate(SourceDocument document)
    {
        var tree = document.Tree;
        for (var i = 0; i < tree.Length; i++)
        {
            ref readonly var data = ref tree[i];
            if (data.Text is not { } text || !text.Contains("{{", StringComparison.Ordinal))
                continue;
            if (data.Key is ("name" or "namespace" or "mesh" or "type" or "kind" or "apiVersion") && HasVariable(text))
                return true;
            var isBlock = data.Style is ScalarStyle.Literal or ScalarStyle.Folded;
            var holdsTemplates = isBlock || data.Key is "template" or "host" or "port" or "trustDomain" or "path";
            for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at + 2, StringComparison.Ordinal))
            {
                // Up to the next one: what stands behind it is looked at in its own turn, so the cost stays linear.
                var next = text.IndexOf("{{", at + 2, StringComparison.Ordinal);
                var inside = text.AsSpan(at + 2, (next < 0 ? text.Length : next) - at - 2);
                if (IsChart(inside) || (!holdsTemplates && IsControl(inside)))
                    return true;
            }
        }

        return false;
    }

    // "{{ service }}" waits for mustache or Jinja. "{{ .Field }}" is Go's: a chart's top level has only the words of IsChart, and inside of
    // 'range'
    // or 'with' a line of its own gives the file away; what is left is meant as it stands, and a control plane would refuse it.
    private static bool HasVariable(string text)
    {
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at + 2, StringComparison.Ordinal))
        {
            if (!text.AsSpan(at + 2).TrimStart("- \t").StartsWith("."))
                return true;
        }

        return false;
    }

    private static bool IsChart(ReadOnlySpan<char> inside)
    {
        var end = inside.IndexOf("}}");
        var expression = (end < 0 ? inside : inside[..end]).TrimStart("- \t");
        foreach (var word in ChartWords)
        {
            if (word[0] == '.' ? expression.Contains(word, StringComparison.Ordinal) : expression.StartsWith(word))
                return true;
        }

        return false;
    }

    private static bool IsControl(ReadOnlySpan<char> inside)
    {
        if (inside.IsEmpty)
            return false;
        // "{{-" trims, "{{#", "{{/", "{{^", "{{>", "{{!" are mustache sections and Go comments, "{{ $x" a variable.
        if (inside[0] is '-' or '#' or '/' or '^' or '>' or '!')
            return true;
        inside = inside.TrimStart(" \t");
        if (inside.StartsWith("$"))
            return true;
        foreach (var word in ControlWords)
        {
            if (inside.StartsWith(word))
                return true;
        }

        return false;
    }
}
