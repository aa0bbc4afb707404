namespace MeshLint.Core.Graph.Building;

/// <summary>Name rules that decide what a control plane makes by itself (k8s.io/apimachinery pkg/util/validation).</summary>
internal static class Names
{
    private const int MaxLabel = 63;
    private const int MaxSubdomain = 253;

    /// <summary>RFC 1035 label: at most 63 characters, starts with a letter.</summary>
    public static bool IsDns1035Label(string name) => name.Length is > 0 and <= MaxLabel && char.IsAsciiLetterLower(name[0]) && IsDnsLabel(name);

    /// <summary>RFC 1123 subdomain: at most 253 characters.</summary>
    public static bool IsDns1123Subdomain(string name) => name.Length <= MaxSubdomain && IsDns1123Pattern(name);

    /// <summary>The pattern of an RFC 1123 subdomain, whatever the length.</summary>
    public static bool IsDns1123Pattern(ReadOnlySpan<char> name)
    {
        foreach (var range in name.Split('.'))
        {
            if (!IsDnsLabel(name[range]))
                return false;
        }

        return true;
    }

    /// <summary>What 2.9 takes as a name.</summary>
    public static bool IsLegacyName(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-' or '_'))
                return false;
        }

        return true;
    }

    /// <summary>A Kubernetes label key: an optional DNS prefix and a name of at most 63 characters.</summary>
    public static bool IsQualifiedName(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash == 0 || (slash > 0 && !IsDns1123Subdomain(key[..slash])))
            return false;
        return IsLabelText(key.AsSpan(slash + 1));
    }

    /// <summary>A Kubernetes label value: empty, or at most 63 characters.</summary>
    public static bool IsLabelValue(string value) => value.Length == 0 || IsLabelText(value);

    private static bool IsDnsLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
            return false;
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        }

        return true;
    }

    private static bool IsLabelText(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > MaxLabel || !char.IsAsciiLetterOrDigit(text[0]) || !char.IsAsciiLetterOrDigit(text[^1]))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        }

        return true;
    }
}
