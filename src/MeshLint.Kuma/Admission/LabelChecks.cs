using System.Buffers;
using System.Text;
using MeshLint.Kuma.Admission.Validators;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Admission;

/// <summary>
/// The checks of name, mesh and labels that a Universal control plane does for every kind (kuma: pkg/api-server/resource_endpoints.go
/// validateResourceRequest; pkg/core/resources/apis/mesh/meta_validator.go; docs/kuma/admission.md#metadata,
/// docs/kuma/labels.md#label-checks).
/// </summary>
internal static class LabelChecks
{
    private const int MaxName = 253;

    private static readonly SearchValues<char> MeshCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz-_.");

    private const string NamePattern =
        "invalid characters. A lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
            + "start and end with an alphanumeric character";

    private const string MeshPattern =
        "invalid characters. Valid characters are numbers, lowercase latin letters and '-', '_', '.' symbols.";

    private const string KeyRule =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  "
            + "or 'my.name',  or '123-abc', "
        + "regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string ValueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
            + "alphanumeric character "
        + "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    /// <summary>Reports what is wrong with name, mesh and labels.</summary>
    /// <param name="validation">Takes the violations.</param>
    /// <param name="labels">The labels as written.</param>
    public static void Check(Validation validation, LabelSet labels)
    {
        var resource = validation.Resource;
        CheckName(validation, resource);
        CheckPlacement(validation, resource, labels);
        foreach (var (key, value) in labels)
        {
            foreach (var problem in KeyProblems(key, validation.Behaviour.LabelLengthInBytes))
                ReportLabel(validation, key, problem);
            foreach (var problem in ValueProblems(value, validation.Behaviour.LabelLengthInBytes))
                ReportLabel(validation, key, problem);
        }
    }

    /// <summary>Why a key is no label key (k8s.io/apimachinery validation.IsQualifiedName).</summary>
    public static IEnumerable<string> KeyProblems(string key, bool inBytes)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key;
        if (slash >= 0)
        {
            if (key.IndexOf('/', slash + 1) >= 0)
            {
                var what = inBytes ? "a valid label key" : "a qualified name";
                yield return $"{what} {KeyRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
                yield break;
            }

            name = key[(slash + 1)..];
            if (slash == 0)
            {
                yield return "prefix part must be non-empty";
            }
            else
            {
                foreach (var problem in DnsNames.SubdomainProblems(key[..slash]))
                    yield return $"prefix part {problem}";
            }
        }

        if (name.Length == 0)
            yield return "name part must be non-empty";
        else if (Encoding.UTF8.GetByteCount(name) > 63)
            yield return $"name part {TooLong(inBytes)}";
        if (!IsLabelText(name))
            yield return $"name part {KeyRule}";
    }

    /// <summary>Why a text is no label value (k8s.io/apimachinery validation.IsValidLabelValue).</summary>
    public static IEnumerable<string> ValueProblems(string value, bool inBytes)
    {
        if (Encoding.UTF8.GetByteCount(value) > 63)
            yield return TooLong(inBytes);
        if (value.Length > 0 && !IsLabelText(value))
            yield return ValueRule;
    }

    private static string TooLong(bool inBytes) => $"must be no more than 63 {(inBytes ? "bytes" : "characters")}";

    private static bool IsLabelText(string text)
    {
        if (text.Length == 0 || !char.IsAsciiLetterOrDigit(text[0]) || !char.IsAsciiLetterOrDigit(text[^1]))
            return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        }

        return true;
    }

    private static void CheckName(Validation validation, MeshResource resource)
    {
        var root = resource.Root;
        var length = Encoding.UTF8.GetByteCount(resource.Name);
        if (resource.Place.IsFederated && Encoding.UTF8.GetByteCount(resource.Place.Zone) + 1 + length >= MaxName)
            validation.ReportAt("name", root["name"], "the length of the name must be shorter");
        if (length == 0)
            validation.ReportAt("name", root["name"], "cannot be empty");
        else if (length > MaxName)
            validation.ReportAt("name", root["name"], "value length must less or equal 253");
        else if (!DnsNames.IsSubdomain(resource.Name))
            validation.ReportAt("name", root["name"], NamePattern);

        if (resource.KindInfo is not { IsMeshScoped: true })
            return;
        // Plugin kinds have a default here; for the others kumactl refuses what names no mesh.
        var mesh = root["mesh"].AsString()
            ?? (resource.KindInfo.IsPlugin && validation.Version.Behaviour.UniversalSchemaDefaults ? WellKnown.DefaultMesh : "");
        if (mesh.Length == 0)
            validation.ReportAt("mesh", root["mesh"], "cannot be empty");
        else if (Encoding.UTF8.GetByteCount(mesh) > MaxName)
            validation.ReportAt("mesh", root["mesh"], "value length must less or equal 253");
        else if (mesh.AsSpan().ContainsAnyExcept(MeshCharacters))
            validation.ReportAt("mesh", root["mesh"], MeshPattern);
    }

    private static void CheckPlacement(Validation validation, MeshResource resource, LabelSet labels)
    {
        var place = resource.Place;
        var origin = labels[WellKnown.Origin];
        var hasOrigin = origin is { Length: > 0 };
        if (hasOrigin && origin is not ("global" or "zone"))
            ReportLabel(validation, WellKnown.Origin, $"unknown resource origin {GoText.Quote(origin ?? "")}");
        if (place.IsGlobal && hasOrigin && origin != "global" && validation.Version.Behaviour.GlobalOriginChecked)
            ReportLabel(validation, WellKnown.Origin, "the origin label must be set to 'global'");
        if (place.IsFederated && resource.KindInfo is { IsPlugin: true } && origin != "zone")
            ReportLabel(validation, WellKnown.Origin, "the origin label must be set to 'zone'");
        if (!place.IsGlobal && origin != "global")
        {
            if (labels[WellKnown.Zone] is { } zone && zone != place.Zone)
                ReportLabel(validation, WellKnown.Zone, $"{WellKnown.Zone} label should have {place.Zone} value");
            var mesh = resource.KindInfo is { IsMeshScoped: true }
                ? resource.Mesh
                : resource.Root["mesh"].AsString() ?? DefaultMesh(resource, validation.Version);
            if (labels[WellKnown.Mesh] is { } label && label != mesh)
                ReportLabel(validation, WellKnown.Mesh, $"{WellKnown.Mesh} label must not differ from mesh set on resource");
        }

        if (validation.Version.Behaviour.PolicyRoleLabelChecked && resource.KindInfo is { Group: KindGroup.Policy }
            && labels[WellKnown.PolicyRole] is { Length: > 0 } role && role != PolicyRole.System)
            ReportLabel(validation, WellKnown.PolicyRole, $"{WellKnown.PolicyRole} label should have system value, got {role}");
    }

    /// <summary>The schema puts a mesh into every plugin kind, whether it belongs to a mesh or not.</summary>
    private static string DefaultMesh(MeshResource resource, KumaVersion version) =>
        resource.KindInfo is { IsPlugin: true } && version.Behaviour.UniversalSchemaDefaults ? WellKnown.DefaultMesh : "";

    private static void ReportLabel(Validation validation, string key, string reason) =>
        validation.ReportAt($"labels[{GoText.Quote(key)}]", validation.Resource.LabelsNode[key], reason);
}
