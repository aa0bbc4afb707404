using System.Globalization;
using System.Text;

namespace MeshLint.Kuma.Schemas.Decoding;

/// <summary>What Go's <c>encoding/json</c> says and writes.</summary>
internal static class GoValues
{
    /// <summary>How an <c>UnmarshalTypeError</c> names a value: array, object, number, string, bool.</summary>
    public static string TypeName(Node node) => node.Kind switch
    {
        NodeKind.Mapping => "object",
        NodeKind.Sequence => "array",
        NodeKind.String => "string",
        NodeKind.Boolean => "bool",
        NodeKind.Integer or NodeKind.Float => "number",
        _ => "null",
    };

    /// <summary>How JSON schema names a value's type.</summary>
    public static string SchemaTypeName(Node node) => node.Kind switch
    {
        NodeKind.Mapping => "object",
        NodeKind.Sequence => "array",
        NodeKind.String => "string",
        NodeKind.Boolean => "boolean",
        NodeKind.Integer or NodeKind.Float => "number",
        _ => "null",
    };

    /// <summary>A number as Go writes a float64: shortest digits, exponent only below 1e-6 and from 1e21 on.</summary>
    public static string FormatNumber(double value)
    {
        if (value == 0)
            return double.IsNegative(value) ? "-0" : "0";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var magnitude = Math.Abs(value);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        var digits = exponentAt < 0 ? text : text[..exponentAt];
        var exponent = exponentAt < 0
            ? 0
            : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var negative = digits.StartsWith('-');
        if (negative)
            digits = digits[1..];
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var all = point < 0 ? digits : whole + digits[(point + 1)..];
        var scale = whole.Length + exponent;
        var leading = all.Length - all.TrimStart('0').Length;
        all = all.TrimStart('0').TrimEnd('0');
        scale -= leading;
        var sign = negative ? "-" : "";
        if (magnitude is < 1e-6 or >= 1e21)
        {
            var mantissa = all.Length == 1 ? all : $"{all[0]}.{all[1..]}";
            var power = scale - 1;
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}e{(power < 0 ? "-" : "+")}{Math.Abs(power):00}")
                .Replace("e-0", "e-", StringComparison.Ordinal);
        }

        if (scale <= 0)
            return $"{sign}0.{new string('0', -scale)}{all}";
        return all.Length <= scale ? $"{sign}{all.PadRight(scale, '0')}" : $"{sign}{all[..scale]}.{all[scale..]}";
    }

    /// <summary>A string as a JSON token with all beyond ASCII escaped.</summary>
    public static string Token(string text)
    {
        var builder = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"':
                    builder.Append("\\\"");
                    break;
                case '\\':
                    builder.Append("\\\\");
                    break;
                case '\n':
                    builder.Append("\\n");
                    break;
                case '\r':
                    builder.Append("\\r");
                    break;
                case '\t':
                    builder.Append("\\t");
                    break;
                case '\b':
                    builder.Append("\\b");
                    break;
                case '\f':
                    builder.Append("\\f");
                    break;
                default:
                    if (c is < ' ' or > '~')
                        builder.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    else
                        builder.Append(c);
                    break;
            }
        }

        return builder.Append('"').ToString();
    }

    /// <summary>
    /// Offset of the first byte that padded standard base64 does not allow, or -1 (Go's <c>base64.CorruptInputError</c>).
    /// </summary>
    public static int FindBadBase64(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var quantum = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b is (byte)'\n' or (byte)'\r')
                continue;
            if (b == (byte)'=')
            {
                if (quantum is 0 or 1)
                    return i;
                if (quantum == 2)
                {
                    var next = SkipNewLines(bytes, i + 1);
                    if (next == bytes.Length)
                        return bytes.Length;
                    if (bytes[next] != (byte)'=')
                        return next - 1;
                    i = next;
                }

                var end = SkipNewLines(bytes, i + 1);
                return end < bytes.Length ? end : -1;
            }

            if (!IsBase64(b))
                return i;
            quantum = (quantum + 1) % 4;
        }

        return quantum == 0 ? -1 : bytes.Length - quantum;
    }

    private static int SkipNewLines(byte[] bytes, int position)
    {
        while (position < bytes.Length && bytes[position] is (byte)'\n' or (byte)'\r')
            position++;
        return position;
    }

    private static bool IsBase64(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/';
}
