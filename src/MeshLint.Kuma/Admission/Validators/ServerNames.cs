using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission.Validators;

/// <summary>
/// Checks the server name (SNI) that a destination's port would get (kuma: pkg/core/resources/sni/sni.go;
/// docs/kuma/documents.md#resource-identifiers).
/// </summary>
internal static class ServerNames
{
    /// <summary>2.14 and 3.0: warns about each reason why the SNI of a port is no DNS name.</summary>
    public static void Warn(Validation v, string section)
    {
        if (!v.Behaviour.ServerNamesWarned || v.Resource.KindInfo is not { ShortName: { } shortName })
            return;
        foreach (var problem in
            Check(shortName, v.Resource.Mesh, v.Labels[WellKnown.Zone] ?? "", v.Labels[WellKnown.Namespace] ?? "", v.DisplayName, section))
            v.Warn($"Invalid {v.Resource.Kind} SNI (port {GoText.Quote(section)}): {problem}. This is deprecated.");
    }

    /// <summary>Every reason why the SNI is no DNS name; empty where it is one.</summary>
    public static IEnumerable<string> Check(string shortName, string mesh, string zone, string ns, string name, string section)
    {
        if (mesh.Length == 0 || name.Length == 0 || section.Length == 0)
        {
            yield return "mesh, name and sectionName must be non-empty";
            yield break;
        }

        var hasNamespace = zone.Length > 0 && ns.Length > 0;
        foreach (var (part, value) in new[] { ("mesh", mesh), ("name", name), ("zone", zone), ("namespace", hasNamespace ? ns : "") })
        {
            if (value.Length > 0 && string.Join("; ", DnsLabels.Problems1123(value)) is { Length: > 0 } problems)
                yield return $"{part} {GoText.Quote(value)} does not conform to RFC 1123: {problems}";
        }

        if (string.Join("; ", DnsLabels.Problems1123(section)) is { Length: > 0 } sectionProblems)
            yield return sectionProblems;

        var length = NetworkText.Utf8Length($"sni.{shortName}.{mesh}.{name}.{section}")
                     + (zone.Length > 0 ? NetworkText.Utf8Length(zone) + 1 : 0) + (hasNamespace ? NetworkText.Utf8Length(ns) + 1 : 0);
        if (length > 253)
            yield return $"computed SNI is {length} characters which exceeds the DNS hostname limit (253)";
    }
}
