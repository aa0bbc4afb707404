using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission.Validators;

/// <summary>Rules about the resource's own name that single kinds add (docs/kuma/documents.md#names).</summary>
internal static class ResourceNames
{
    /// <summary>3.0: the display name must be a DNS-1035 label (kuma: validators.ValidateRFC1035Name).</summary>
    public static void CheckLabel1035(Validation v)
    {
        if (!v.Behaviour.NamesAreLabels1035 || !v.HasMeta || v.DisplayName.Length == 0)
            return;
        if (string.Join(", ", DnsLabels.Problems1035(v.DisplayName)) is { Length: > 0 } problems)
            Report(v, problems);
    }

    /// <summary>A name may have at most <paramref name="limit"/> bytes.</summary>
    public static void CheckLength(Validation v, string name, int limit)
    {
        if (NetworkText.Utf8Length(name) > limit)
            Report(v, $"must not be longer than {limit} characters");
    }

    /// <summary>Reports at the name; on Kubernetes the paths of protobuf kinds begin with <c>spec.</c>, that of the name too.</summary>
    public static void Report(Validation v, string reason)
    {
        var prefix = v.Resource.KindInfo is { Family: KindFamily.Proto } ? v.Spec.GetPath() : "";
        v.ReportAt(prefix.Length == 0 ? "name" : $"{prefix}.name", v.Resource.NameNode, reason);
    }

    /// <summary>2.10 to 2.14: the warning about a display name that is no DNS-1035 label.</summary>
    public static void WarnLabel1035(Validation v)
    {
        if (!v.Behaviour.NamesWarned1035)
            return;
        if (string.Join("; ", DnsLabels.Problems1035(v.DisplayName)) is { Length: > 0 } problems)
        {
            v.Warn($"Invalid {v.Resource.Kind} resource name: '{v.DisplayName}'. It does not conform to the DNS format (RFC 1035). "
                   + $"This is deprecated. Errors: {problems}");
        }
    }
}
