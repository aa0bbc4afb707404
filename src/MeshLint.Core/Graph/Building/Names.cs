using System.Text.RegularExpressions;

namespace MeshLint.Core.Graph.Building;

/// <summary>Name rules that decide what a control plane makes by itself.</summary>
internal static partial class Names
{
    /// <summary>RFC 1035 label: at most 63 characters, starts with a letter.</summary>
    public static bool IsDns1035Label(string name) => name.Length <= 63 && Dns1035().IsMatch(name);

    /// <summary>RFC 1123 subdomain: at most 253 characters.</summary>
    public static bool IsDns1123Subdomain(string name) => name.Length <= 253 && IsDns1123Pattern(name);

    /// <summary>The pattern of an RFC 1123 subdomain, whatever the length.</summary>
    public static bool IsDns1123Pattern(string name) => Dns1123().IsMatch(name);

    /// <summary>What 2.9 takes as a name.</summary>
    public static bool IsLegacyName(string name) => Legacy().IsMatch(name);

    /// <summary>A Kubernetes label key: an optional DNS prefix and a name of at most 63 characters.</summary>
    public static bool IsQualifiedName(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && (slash == 0 || !IsDns1123Subdomain(key[..slash])))
            return false;
        var name = key[(slash + 1)..];
        return name.Length is > 0 and <= 63 && Qualified().IsMatch(name);
    }

    /// <summary>A Kubernetes label value: empty, or at most 63 characters.</summary>
    public static bool IsLabelValue(string value) => value.Length == 0 || (value.Length <= 63 && Qualified().IsMatch(value));

    [GeneratedRegex(@"\A[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dns1035();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dns1123();

    [GeneratedRegex(@"\A[0-9a-z.\-_]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Legacy();

    [GeneratedRegex(@"\A([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Qualified();
}
