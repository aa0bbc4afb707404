namespace MeshLint.Core.Admission.Validators;

/// <summary>Kubernetes' name rules with its texts (k8s.io/apimachinery: pkg/util/validation/validation.go).</summary>
internal static class KubernetesNames
{
    private const string SubdomainText =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelText =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string Label1035Text =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    /// <summary>What is wrong with a DNS-1123 subdomain (at most 253 bytes); empty where nothing is.</summary>
    public static ImmutableArray<string> CheckSubdomain(string value) =>
        Check(value, 253, IsSubdomain(value) ? null : SubdomainText);

    /// <summary>What is wrong with a DNS-1123 label (at most 63 bytes).</summary>
    public static ImmutableArray<string> CheckLabel(string value) =>
        Check(value, 63, IsLabel(value) ? null : IsSubdomain(value) ? "must not contain dots" : LabelText);

    /// <summary>What is wrong with a DNS-1035 label (at most 63 bytes, begins with a letter).</summary>
    public static ImmutableArray<string> CheckLabel1035(string value) =>
        Check(value, 63, IsLabel(value) && char.IsAsciiLetterLower(value[0]) ? null : Label1035Text);

    /// <summary>Whether the text has the form of a DNS-1123 subdomain, whatever its length.</summary>
    public static bool IsSubdomain(ReadOnlySpan<char> value)
    {
        foreach (var range in value.Split('.'))
        {
            if (!IsLabel(value[range]))
                return false;
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || value[0] == '-' || value[^1] == '-')
            return false;
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        }

        return true;
    }

    private static ImmutableArray<string> Check(string value, int limit, string? pattern)
    {
        var tooLong = NetworkText.Utf8Length(value) > limit ? $"must be no more than {limit} characters" : null;
        return (tooLong, pattern) switch
        {
            (null, null) => [],
            ({ } length, null) => [length],
            (null, { } form) => [form],
            var (length, form) => [length, form],
        };
    }
}
