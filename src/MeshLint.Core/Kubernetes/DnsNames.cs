namespace MeshLint.Core.Kubernetes;

/// <summary>The name syntaxes of Kubernetes (k8s.io/apimachinery/pkg/util/validation), length apart.</summary>
internal static class DnsNames
{
    /// <summary>What the API server says to a name that is no RFC 1123 subdomain.</summary>
    public const string SubdomainMessage =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /// <summary>What it says to one that is no RFC 1035 label.</summary>
    public const string LabelMessage =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    /// <summary>RFC 1123 subdomain: labels of lower case letters, digits and inner dashes, joined by dots.</summary>
    public static bool IsSubdomain(string name) => name.Split('.').All(static label => IsLabel(label, mayStartWithDigit: true));

    /// <summary>RFC 1035 label: as above, no dots, a letter first.</summary>
    public static bool IsRfc1035Label(string name) => IsLabel(name, mayStartWithDigit: false);

    private static bool IsLabel(string label, bool mayStartWithDigit) =>
        label.Length > 0
        && (char.IsAsciiLetterLower(label[0]) || (mayStartWithDigit && char.IsAsciiDigit(label[0])))
        && label[^1] != '-'
        && label.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
