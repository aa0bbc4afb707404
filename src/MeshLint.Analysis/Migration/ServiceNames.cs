using System.Globalization;
using System.Text;

namespace MeshLint.Analysis.Migration;

/// <summary>Names for services whose old names no MeshService may have.</summary>
public static class ServiceNames
{
    /// <summary>
    /// The RFC 1035 label that a legacy service name becomes; the same for the same name (docs/kuma/migration.md#new-names).
    /// </summary>
    /// <param name="name">The value of <c>kuma.io/service</c>.</param>
    /// <param name="isTaken">Whether a candidate already stands for another name.</param>
    public static string Candidate(string name, Func<string, bool> isTaken)
    {
        ArgumentNullException.ThrowIfNull(isTaken);
        if (DnsNames.IsServiceName(name))
            return name;
        var output = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant())
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                output.Append(c);
            else if (output.Length > 0 && output[^1] != '-')
                output.Append('-');
        }

        var candidate = output.ToString().Trim('-');
        if (candidate.Length == 0 || candidate[0] is < 'a' or > 'z')
            candidate = candidate.Length == 0 ? "svc" : $"svc-{candidate}";
        var hash = Sha256.Hex(name)[..6];
        if (candidate.Length <= DnsNames.MaxLabel && !isTaken(candidate))
            return candidate;
        return string.Create(CultureInfo.InvariantCulture, $"{candidate[..Math.Min(candidate.Length, 56)].TrimEnd('-')}-{hash}");
    }
}
