namespace MeshLint.Kuma.Topology.Building;

/// <summary>Name rules that decide what a control plane makes by itself (k8s.io/apimachinery pkg/util/validation).</summary>
internal static class Names
{
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
        if (slash == 0 || (slash > 0 && !DnsNames.IsObjectName(key.AsSpan(0, slash))))
            return false;
        return IsLabelText(key.AsSpan(slash + 1));
    }

    /// <summary>A Kubernetes label value: empty, or at most 63 characters.</summary>
    public static bool IsLabelValue(string value) => value.Length == 0 || IsLabelText(value);

    private static bool IsLabelText(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > DnsNames.MaxLabel || !char.IsAsciiLetterOrDigit(text[0]) || !char.IsAsciiLetterOrDigit(text[^1]))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        }

        return true;
    }
}
