using System.Text;

namespace MeshLint.Kuma.Admission;

/// <summary>Single labels as Kubernetes checks names (k8s.io/apimachinery pkg/util/validation); the length comes first.</summary>
internal static class DnsLabels
{
    private const string Label1123 =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
            + "alphanumeric character "
        + "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    /// <summary>Why a text is no RFC 1035 label; empty where it is one.</summary>
    public static IEnumerable<string> Problems1035(string text) =>
        Problems(text, DnsNames.IsRfc1035Label(text) ? null : DnsNames.Label1035Text);

    /// <summary>Why a text is no RFC 1123 label; empty where it is one.</summary>
    public static IEnumerable<string> Problems1123(string text) =>
        Problems(text, DnsNames.IsLabel(text) ? null : DnsNames.IsSubdomain(text) ? "must not contain dots" : Label1123);

    private static IEnumerable<string> Problems(string text, string? form)
    {
        if (Encoding.UTF8.GetByteCount(text) > DnsNames.MaxLabel)
            yield return $"must be no more than {DnsNames.MaxLabel} characters";
        if (form is not null)
            yield return form;
    }
}
