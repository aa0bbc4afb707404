using System.Globalization;
using System.Text;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Templates;

/// <summary>
/// The built-in functions of Go templates (Go: <c>text/template/funcs.go</c>). Values as in <see cref="TemplateExecution"/>.
/// </summary>
internal static class TemplateFunctions
{
    private const string IncompatibleTypes = "incompatible types for comparison";

    public static bool IsBuiltIn(string name) => name is
        "and" or "call" or "eq" or "ge" or "gt" or "html" or "index" or "js" or "le" or "len" or "lt" or "ne" or "not" or "or"
        or "print" or "printf" or "println" or "slice" or "urlquery";

    /// <summary>Least and most number of arguments; -1 = any number.</summary>
    public static (int Least, int Most) Arity(string name) => name switch
    {
        "label" or "len" or "not" => (1, 1),
        "ge" or "gt" or "le" or "lt" or "ne" => (2, 2),
        "and" or "or" or "eq" or "index" or "slice" or "call" or "printf" => (1, -1),
        _ => (0, -1),
    };

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        string text => text.Length > 0,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        GoTemplateData { IsMap: true } map => !map.Fields.IsEmpty,
        _ => true,
    };

    public static string TypeName(object? value) => value switch
    {
        string => "string",
        bool => "bool",
        long => "int",
        double => "float64",
        GoTemplateData data => data.TypeName,
        _ => "nil",
    };

    /// <summary>The value as an action prints it.</summary>
    public static string Print(object? value) => value is null ? "<no value>" : Format(value);

    public static object? Call(string name, ReadOnlySpan<object?> arguments, out string? error)
    {
        error = null;
        switch (name)
        {
            case "and" or "or":
                return arguments[^1];
            case "not":
                return !IsTrue(arguments[0]);
            case "print":
                return Sprint(arguments);
            case "println":
                return string.Join(' ', arguments.ToArray().Select(Format)) + "\n";
            case "printf":
                return GoFormat.Sprintf(Format(arguments[0]), arguments[1..]);
            case "html":
                return EscapeHtml(Sprint(arguments));
            case "js":
                return EscapeScript(Sprint(arguments));
            case "urlquery":
                return EscapeQuery(Sprint(arguments));
            case "len":
                return Length(arguments[0], out error);
            case "index":
                return Index(arguments, out error);
            case "slice":
                return Slice(arguments, out error);
            case "eq":
                return Equal(arguments, out error);
            case "ne":
                return AreEqual(arguments[0], arguments[1], out error) is false;
            case "lt" or "le" or "gt" or "ge":
                return Compare(name, arguments[0], arguments[1], out error);
            default:
                error =
                    $"non-function {Format(arguments.IsEmpty ? null : arguments[0])} of type "
                        + $"{TypeName(arguments.IsEmpty ? null : arguments[0])}";
                return null;
        }
    }

    /// <summary>The value as Go's <c>%v</c> writes it.</summary>
    internal static string Format(object? value) => value switch
    {
        null => "<nil>",
        string text => text,
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => FormatReal(number),
        GoTemplateData { IsMap: true } map =>
            "map[" + string.Join(' ', map.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}:{f.Value}")) + "]",
        GoTemplateData data => "{" + string.Join(' ', data.Fields.Select(f => f.Value)) + "}",
        _ => "",
    };

    private static string FormatReal(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Replace("E+", "e+", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal);
    }

    /// <summary>
    /// Go's <c>Sprint</c>: a blank only between two values that are no strings. Ends early once the text is over the budget.
    /// </summary>
    private static string Sprint(ReadOnlySpan<object?> values)
    {
        var builder = new StringBuilder();
        for (var i = 0; i < values.Length && builder.Length <= TemplateBudget.MaxText; i++)
        {
            if (i > 0 && values[i] is not string && values[i - 1] is not string)
                builder.Append(' ');
            builder.Append(Format(values[i]));
        }

        return builder.ToString();
    }

    private static object? Length(object? value, out string? error)
    {
        error = null;
        switch (value)
        {
            case string text:
                return (long)Encoding.UTF8.GetByteCount(text);
            case GoTemplateData { IsMap: true } map:
                return (long)map.Fields.Count;
            case null:
                error = "len of nil pointer";
                return null;
            default:
                error = $"len of type {TypeName(value)}";
                return null;
        }
    }

    private static object? Index(ReadOnlySpan<object?> arguments, out string? error)
    {
        error = null;
        var value = arguments[0];
        foreach (var index in arguments[1..])
        {
            switch (value)
            {
                case GoTemplateData { IsMap: true } map when index is string key:
                    value = map.Fields.GetValueOrDefault(key) ?? "";
                    break;
                case GoTemplateData { IsMap: true }:
                    error = $"value has type {TypeName(index)}; should be string";
                    return null;
                case string text when index is long at:
                    var bytes = Encoding.UTF8.GetBytes(text);
                    if (at < 0 || at >= bytes.Length)
                    {
                        error = string.Create(CultureInfo.InvariantCulture, $"index out of range: {at}");
                        return null;
                    }

                    value = (long)bytes[at];
                    break;
                case string:
                    error = $"cannot index slice/array with type {TypeName(index)}";
                    return null;
                case null:
                    error = "index of untyped nil";
                    return null;
                default:
                    error = $"can't index item of type {TypeName(value)}";
                    return null;
            }
        }

        return value;
    }

    private static string? Slice(ReadOnlySpan<object?> arguments, out string? error)
    {
        error = null;
        if (arguments[0] is not string text)
        {
            error = arguments[0] is null ? "slice of untyped nil" : $"can't slice item of type {TypeName(arguments[0])}";
            return null;
        }

        if (arguments.Length > 3)
        {
            error = arguments.Length > 4
                ? $"too many slice indexes: {(arguments.Length - 1).ToString(CultureInfo.InvariantCulture)}"
                : "cannot 3-index slice a string";
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Span<long> bounds = [0, bytes.Length];
        for (var i = 1; i < arguments.Length; i++)
        {
            if (arguments[i] is not long bound)
            {
                error = $"cannot index slice/array with type {TypeName(arguments[i])}";
                return null;
            }

            if (bound < 0 || bound > bytes.Length)
            {
                error = string.Create(CultureInfo.InvariantCulture, $"index out of range: {bound}");
                return null;
            }

            bounds[i - 1] = bound;
        }

        if (bounds[0] <= bounds[1])
            return Encoding.UTF8.GetString(bytes, (int)bounds[0], (int)(bounds[1] - bounds[0]));
        error = string.Create(CultureInfo.InvariantCulture, $"invalid slice index: {bounds[0]} > {bounds[1]}");
        return null;
    }

    private static object? Equal(ReadOnlySpan<object?> arguments, out string? error)
    {
        error = null;
        if (arguments.Length == 1)
        {
            error = "missing argument for comparison";
            return null;
        }

        foreach (var other in arguments[1..])
        {
            if (AreEqual(arguments[0], other, out error) is true)
                return true;
            if (error is not null)
                return null;
        }

        return false;
    }

    private static bool? AreEqual(object? left, object? right, out string? error)
    {
        error = null;
        switch (left, right)
        {
            case (null, _) or (_, null):
                return left is null && right is null;
            case (GoTemplateData, _) or (_, GoTemplateData):
                error = "non-comparable type";
                return null;
            case (string or bool or long or double, _) when left.GetType() == right.GetType():
                return left.Equals(right);
            default:
                error = IncompatibleTypes;
                return null;
        }
    }

    private static object? Compare(string name, object? left, object? right, out string? error)
    {
        error = null;
        int order;
        switch (left, right)
        {
            case (string a, string b):
                order = string.CompareOrdinal(a, b);
                break;
            case (long a, long b):
                order = a.CompareTo(b);
                break;
            case (double a, double b):
                order = a.CompareTo(b);
                break;
            default:
                error = left is bool && right is bool ? "invalid type for comparison" : IncompatibleTypes;
                return null;
        }

        return name switch
        {
            "lt" => order < 0,
            "le" => order <= 0,
            "gt" => order > 0,
            _ => order >= 0,
        };
    }

    private static string EscapeHtml(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("\0", "\uFFFD", StringComparison.Ordinal)
        .Replace("\"", "&#34;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string EscapeScript(string text)
    {
        var builder = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\\' or '\'' or '"':
                    builder.Append('\\').Append((char)rune.Value);
                    break;
                case '<' or '>' or '&' or '=':
                    builder.Append("\\u").Append(rune.Value.ToString("X4", CultureInfo.InvariantCulture));
                    break;
                default:
                    if (GoText.IsPrintable(rune))
                        builder.Append(rune.ToString());
                    else
                        builder.Append("\\u").Append(rune.Value.ToString("X4", CultureInfo.InvariantCulture));
                    break;
            }
        }

        return builder.ToString();
    }

    private static string EscapeQuery(string text)
    {
        var builder = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~')
                builder.Append(c);
            else if (c == ' ')
                builder.Append('+');
            else
                builder.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return builder.ToString();
    }
}
