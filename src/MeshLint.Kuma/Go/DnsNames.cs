using MeshLint.Yaml;
using System.Buffers;

namespace MeshLint.Kuma.Go;

/// <summary>
/// DNS names as Kubernetes, and with it Kuma, checks them (k8s.io/apimachinery pkg/util/validation): the one place that every stage asks.
/// </summary>
internal static class DnsNames
{
    /// <summary>Longest subdomain, in bytes.</summary>
    public const int MaxSubdomain = 253;

    /// <summary>Longest label, in bytes.</summary>
    public const int MaxLabel = 63;

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>What the API server says to a text that is no RFC 1123 subdomain.</summary>
    public const string SubdomainText =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
            + "alphanumeric character "
        + @"(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /// <summary>What it says to one that is no RFC 1035 label.</summary>
    public const string Label1035Text =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an "
            + "alphanumeric character "
        + "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    /// <summary>Why a text is no lower-case RFC 1123 subdomain; empty where it is one.</summary>
    public static IEnumerable<string> SubdomainProblems(string text)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MaxSubdomain)
            yield return $"must be no more than {MaxSubdomain} characters";
        if (!IsSubdomain(text))
            yield return SubdomainText;
    }

    /// <summary>
    /// The text for a label that is too long. The Kubernetes libraries since 2.11 speak of bytes there; of subdomains they still say
    /// characters.
    /// </summary>
    public static string TooLong(int length, KumaVersion version) =>
        $"must be no more than {length} {(version.Behaviour.LabelLengthInBytes ? "bytes" : "characters")}";

    /// <summary>Whether the text is made of RFC 1123 labels joined by dots, whatever its length.</summary>
    public static bool IsSubdomain(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('.'))
        {
            if (!IsLabel(text[range]))
                return false;
        }

        return true;
    }

    /// <summary>Whether the text is an RFC 1123 label, whatever its length.</summary>
    public static bool IsLabel(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(LabelCharacters);

    /// <summary>Whether the text is an RFC 1035 label (an RFC 1123 one that begins with a letter), whatever its length.</summary>
    public static bool IsRfc1035Label(ReadOnlySpan<char> text) => IsLabel(text) && !char.IsAsciiDigit(text[0]);

    /// <summary>Whether the text is an RFC 1035 label of at most 63 characters: a name that a service may have.</summary>
    public static bool IsServiceName(ReadOnlySpan<char> text) => text.Length <= MaxLabel && IsRfc1035Label(text);

    /// <summary>Whether the text is an RFC 1123 subdomain of at most 253 characters: a name that an object may have.</summary>
    public static bool IsObjectName(ReadOnlySpan<char> text) => text.Length <= MaxSubdomain && IsSubdomain(text);
}
