using System.Text;
using MeshLint.Core.Admission.Validators;

namespace MeshLint.Core.Admission;

/// <summary>RFC 1035 labels as Kubernetes checks them (k8s.io/apimachinery validation.IsDNS1035Label).</summary>
internal static class DnsLabels
{
    private const int MaxLength = 63;

    private const string Label1035 =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character "
        + "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    /// <summary>Why a text is no RFC 1035 label; empty where it is one. The length comes first.</summary>
    public static IEnumerable<string> Problems1035(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxLength)
            yield return $"must be no more than {MaxLength} characters";
        if (!DnsNames.IsLabel(text) || char.IsAsciiDigit(text[0]))
            yield return Label1035;
    }
}
