using System.Globalization;
using System.Text;
using MeshLint.Yaml;

namespace MeshLint.Analysis.Migration;

/// <summary>Writes short YAML in one line: <c>{kind: MeshService, labels: {…}}</c>.</summary>
internal static class Flow
{
    public static string Map(params IEnumerable<(string Key, string Value)> entries)
    {
        var output = new StringBuilder("{");
        foreach (var (key, value) in entries)
            output.Append(output.Length > 1 ? ", " : "").Append(key).Append(": ").Append(value);
        return output.Append('}').ToString();
    }

    public static string Text(string value)
    {
        if (YamlText.IsPlain(value) && value.AsSpan().IndexOfAny(",") < 0)
            return value;
        var output = new StringBuilder();
        YamlText.AppendQuoted(output, value);
        return output.ToString();
    }

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
