using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MeshLint.Core.Migration;

/// <summary>Names that Kubernetes and Kuma accept.</summary>
public static class DnsName
{
    /// <summary>RFC 1035 label: a letter first, then letters, digits and '-', no '-' at the end, at most 63 characters.</summary>
    public static bool IsLabel1035(string name) => name.Length > 0 && name[0] is >= 'a' and <= 'z' && IsLabel(name);

    /// <summary>RFC 1123 subdomain: labels of lower-case letters, digits and '-', parted by dots, at most 253 characters.</summary>
    public static bool IsSubdomain(string name)
    {
        if (name.Length is 0 or > 253)
            return false;
        foreach (var part in name.Split('.'))
        {
            if (part.Length == 0 || !HasLabelCharacters(part))
                return false;
        }

        return true;
    }

    /// <summary>The RFC 1035 label that a legacy service name becomes; the same for the same name (migration.md §6.6).</summary>
    /// <param name="name">The value of <c>kuma.io/service</c>.</param>
    /// <param name="isTaken">Whether a candidate already stands for another name.</param>
    public static string Candidate(string name, Func<string, bool> isTaken)
    {
        ArgumentNullException.ThrowIfNull(isTaken);
        if (IsLabel1035(name))
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
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..6];
        if (candidate.Length <= 63 && !isTaken(candidate))
            return candidate;
        return string.Create(CultureInfo.InvariantCulture, $"{candidate[..Math.Min(candidate.Length, 56)].TrimEnd('-')}-{hash}");
    }

    private static bool IsLabel(string name) => name.Length <= 63 && HasLabelCharacters(name);

    private static bool HasLabelCharacters(string part)
    {
        foreach (var c in part)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
                return false;
        }

        return part[0] != '-' && part[^1] != '-';
    }
}
