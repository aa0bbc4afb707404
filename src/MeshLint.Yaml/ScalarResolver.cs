using System.Globalization;

namespace MeshLint.Yaml;

/// <summary>
/// Decides the JSON type of a scalar as sigs.k8s.io/yaml (go-yaml v2's resolve.go, YAML 1.1 with exceptions) does, which Kuma and kubectl
/// both use.
/// </summary>
internal static class ScalarResolver
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    /// <summary>
    /// The type of a plain scalar, and for numbers and booleans the JSON spelling of the value; ".inf", "-.inf" and ".nan" stay as they
    /// are.
    /// </summary>
    public static NodeKind Resolve(ReadOnlySpan<char> text, out string? canonical)
    {
        canonical = null;
        if (text.IsEmpty)
            return NodeKind.Null;
        var first = text[0];
        var kind = first switch
        {
            'y' or 'Y' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'o' or 'O' or '~' => Word(text, out canonical),
            '.' => Special(text, out canonical),
            '+' or '-' or (>= '0' and <= '9') => Number(text, out canonical),
            _ => NodeKind.String,
        };
        if (kind == NodeKind.String)
            canonical = KeyPool.Get(text);
        return kind;
    }

    /// <summary>The type of a scalar with a tag. A tag that YAML does not know makes a text.</summary>
    /// <param name="tag">The tag in its long form.</param>
    /// <param name="text">What the scalar holds, however it is written.</param>
    /// <param name="canonical">The value as in <see cref="Resolve(ReadOnlySpan{char}, out string?)"/>.</param>
    /// <param name="fault">Why Go refuses the value, else null.</param>
    public static NodeKind Resolve(string tag, ReadOnlySpan<char> text, out string? canonical, out string? fault)
    {
        fault = null;
        var name = tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? tag.AsSpan(TagPrefix.Length) : default;
        var wanted = name switch
        {
            "bool" => NodeKind.Boolean,
            "int" => NodeKind.Integer,
            "float" => NodeKind.Float,
            "null" => NodeKind.Null,
            _ => NodeKind.String,
        };
        canonical = KeyPool.Get(text);
        if (wanted != NodeKind.String)
        {
            var kind = Resolve(text, out canonical);
            if (kind == NodeKind.Integer && wanted == NodeKind.Float && long.TryParse(canonical, NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out var whole))
            {
                canonical = Spell(whole);
                return NodeKind.Float;
            }

            if (kind != wanted)
                fault = $"the tag !!{name} does not fit '{text}'";
            return wanted;
        }

        if (name is "timestamp" && !GoTimestamp.IsValid(text))
            fault = $"the tag !!timestamp does not fit '{text}'";
        if (name is "binary" && (canonical = Base64Text.Decode(text)) is null)
            fault = "the tag !!binary needs base64";
        return NodeKind.String;
    }

    /// <summary>The text of a key by its value: 0x10 is "16", 1.0 is "1", yes is "true". A float shows the digits of a float32.</summary>
    public static string KeyText(NodeKind kind, string? canonical, out NodeFault fault)
    {
        fault = NodeFault.None;
        switch (kind)
        {
            case NodeKind.Null:
                fault = NodeFault.NullKey;
                return "null";
            case NodeKind.Integer when canonical!.Length > 18 && !long.TryParse(canonical, NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out _):
                fault = NodeFault.UnsignedKey;
                return canonical;
            case NodeKind.Float:
                return GoFloat.KeyText(canonical!);
            default:
                return canonical!;
        }
    }

    /// <summary>Whether a float is written as something that JSON does not have.</summary>
    public static bool IsNotFinite(NodeKind kind, string? canonical) => kind == NodeKind.Float && canonical is ".inf" or "-.inf" or ".nan";

    private static NodeKind Word(ReadOnlySpan<char> text, out string? canonical)
    {
        canonical = null;
        if (text.Length > 5)
            return NodeKind.String;
        switch (text)
        {
            case "~" or "null" or "Null" or "NULL":
                return NodeKind.Null;
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                canonical = "true";
                return NodeKind.Boolean;
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                canonical = "false";
                return NodeKind.Boolean;
            default:
                return NodeKind.String;
        }
    }

    private static NodeKind Special(ReadOnlySpan<char> text, out string? canonical)
    {
        canonical = null;
        switch (text)
        {
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                canonical = ".inf";
                return NodeKind.Float;
            case "-.inf" or "-.Inf" or "-.INF":
                canonical = "-.inf";
                return NodeKind.Float;
            case ".nan" or ".NaN" or ".NAN":
                canonical = ".nan";
                return NodeKind.Float;
            default:
                // Behind a point no underscores are taken out.
                return text[0] == '.' ? Float(text, out canonical) : NodeKind.String;
        }
    }

    private static NodeKind Number(ReadOnlySpan<char> text, out string? canonical)
    {
        if (text.Length < 19 && text[0] is >= '1' and <= '9' && text.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            canonical = KeyPool.Get(text);
            return NodeKind.Integer;
        }

        if (Special(text, out canonical) == NodeKind.Float)
            return NodeKind.Float;
        var plain = text.Contains('_') ? text.ToString().Replace("_", "", StringComparison.Ordinal) : text;
        if (plain.IsEmpty)
            return NodeKind.String;
        if (GoInteger.TryParse(plain, 0, out canonical))
            return NodeKind.Integer;
        if (Float(plain, out canonical) == NodeKind.Float)
            return NodeKind.Float;
        // What follows 0b may have a sign of its own.
        if (plain.StartsWith("0b") && GoInteger.TryParse(plain[2..], 2, out canonical))
            return NodeKind.Integer;
        return NodeKind.String;
    }

    private static NodeKind Float(ReadOnlySpan<char> text, out string? canonical)
    {
        canonical = null;
        if (!IsFloat(text) || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !double.IsFinite(value))
            return NodeKind.String;
        canonical = Spell(value);
        return NodeKind.Float;
    }

    private static string Spell(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15 && !(value == 0
        && double.IsNegative(value))
        ? ((long)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    // [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
    private static bool IsFloat(ReadOnlySpan<char> text)
    {
        var i = text[0] is '+' or '-' ? 1 : 0;
        var whole = SkipDigits(text, ref i);
        var fraction = 0;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            fraction = SkipDigits(text, ref i);
        }

        if (whole + fraction == 0)
            return false;
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            i++;
            if (i < text.Length && text[i] is '+' or '-')
                i++;
            if (SkipDigits(text, ref i) == 0)
                return false;
        }

        return i == text.Length;
    }

    private static int SkipDigits(ReadOnlySpan<char> text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i - start;
    }
}
