using System.Buffers;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>What a place allows of a targetRef.</summary>
/// <param name="Kinds">The kinds that may stand there.</param>
internal readonly record struct TargetRefOptions(TargetRefKinds Kinds)
{
    /// <summary>The text for other kinds, where it is not the usual one.</summary>
    public string? UnsupportedKind { get; init; }

    /// <summary>A MeshGateway may carry listener tags.</summary>
    public bool ListenerTags { get; init; }

    /// <summary>The policy configures inbounds, so a Dataplane may carry a sectionName.</summary>
    public bool Inbound { get; init; }

    /// <summary>A name that passes although its characters do not.</summary>
    public string? AllowedName { get; init; }
}

/// <summary>
/// Checks one targetRef (kuma: pkg/core/resources/apis/mesh/validators.go, ValidateTargetRef; docs/kuma/policies.md#target-references).
/// </summary>
internal static class TargetRefCheck
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz.-_");

    private const string LabelsOrNameAndNamespace = "either labels or name and namespace must be specified";

    public static void Validate(Field target, TargetRefOptions options)
    {
        var kind = target["kind"];
        if (kind.Text.Length == 0)
        {
            target["kind"].Report(Messages.MustBeDefined);
            return;
        }

        var parsed = TargetRefKindNames.Parse(kind.Text);
        if ((parsed & options.Kinds) == TargetRefKinds.None)
        {
            kind.Report(options.UnsupportedKind ?? Unsupported(kind.Text, target.Version));
            return;
        }

        if (target.Behaviour.TargetsByName)
            ValidateTwo(target, parsed, options);
        else
            ValidateThree(target, parsed, options);
    }

    /// <summary>The text for a kind that may not stand somewhere.</summary>
    public static string Unsupported(string kind, KumaVersion version) =>
        version.Behaviour.UnsupportedKindNamed ? $"value '{kind}' is not supported" : "value is not supported";

    private static void ValidateThree(Field target, TargetRefKinds kind, TargetRefOptions options)
    {
        switch (kind)
        {
            case TargetRefKinds.Mesh:
                Disallow(target, "labels", "sectionName");
                break;
            case TargetRefKinds.Dataplane:
                ValidateSectionOfDataplane(target, options);
                break;
            case TargetRefKinds.MeshService or TargetRefKinds.MeshMultiZoneService:
                Require(target, "labels");
                break;
            case TargetRefKinds.MeshHTTPRoute or TargetRefKinds.MeshExternalService:
                Disallow(target, "sectionName");
                Require(target, "labels");
                break;
        }
    }

    private static void ValidateTwo(Field target, TargetRefKinds kind, TargetRefOptions options)
    {
        switch (kind)
        {
            case TargetRefKinds.Mesh:
                target["name"].ReportIf(target["name"].Text.Length > 0, "using name with kind Mesh is not yet supported");
                Disallow(target, "mesh", "tags", "labels", "namespace", "sectionName");
                ValidateProxyTypes(target);
                break;
            case TargetRefKinds.Dataplane:
                Disallow(target, "tags", "mesh", "proxyTypes");
                ValidateLabelsOrName(target, LabelsOrNameAndNamespace);
                ValidateSectionOfDataplane(target, options);
                break;
            case TargetRefKinds.MeshSubset:
                Disallow(target, "name", "mesh");
                TagCheck.Tags(target["tags"]);
                Disallow(target, "labels", "namespace", "sectionName");
                ValidateProxyTypes(target);
                break;
            case TargetRefKinds.MeshService:
                ValidateNamedOrLabelled(target, options, LabelsOrNameAndNamespace);
                ValidateSectionWithLabels(target);
                break;
            case TargetRefKinds.MeshHTTPRoute:
                ValidateNamedOrLabelled(target, options, LabelsOrNameAndNamespace);
                ValidateSectionWithLabels(target);
                if (target.Behaviour.SectionOfRouteRefused)
                    Disallow(target, "sectionName");
                break;
            case TargetRefKinds.MeshExternalService:
                ValidateNamedOrLabelled(target, options, "either labels or name must be specified");
                Disallow(target, "sectionName");
                break;
            case TargetRefKinds.MeshServiceSubset or TargetRefKinds.MeshGateway:
                Require(target, "name");
                ValidateName(target, options);
                Disallow(target, "mesh", "proxyTypes");
                if (target.Behaviour.TagSelectorsChecked)
                    TagCheck.Selector(target["tags"]);
                else
                    TagCheck.Tags(target["tags"]);
                if (kind == TargetRefKinds.MeshGateway && !options.ListenerTags)
                    Disallow(target, "tags");
                Disallow(target, "labels", "namespace", "sectionName");
                break;
        }
    }

    private static void ValidateNamedOrLabelled(Field target, TargetRefOptions options, string clash)
    {
        ValidateName(target, options);
        Disallow(target, "mesh", "tags", "proxyTypes");
        if (target["labels"].Count == 0)
        {
            if (!target.Behaviour.NameOrLabels)
                Require(target, "name");
            else
                target.ReportIf(target["name"].Text.Length == 0, $"name or labels must be set when kind is {target["kind"].Text}");
        }

        ValidateLabelsOrName(target, clash);
    }

    private static void ValidateLabelsOrName(Field target, string clash) =>
        target["labels"]
            .ReportIf(target["labels"].Count > 0 && (target["name"].Text.Length > 0 || target["namespace"].Text.Length > 0), clash);

    /// <summary>2.9 alone: a section cannot be picked from services that labels pick.</summary>
    private static void ValidateSectionWithLabels(Field target) =>
        target["sectionName"].ReportIf(
            !target.Behaviour.SectionWithLabels && target["labels"].Count > 0 && target["sectionName"].Text.Length > 0,
            "sectionName should not be combined with labels");

    private static void ValidateSectionOfDataplane(Field target, TargetRefOptions options) =>
        target["sectionName"].ReportIf(!options.Inbound && target["sectionName"].Text.Length > 0, "can only be used with inbound policies");

    private static void ValidateProxyTypes(Field target)
    {
        var proxyTypes = target["proxyTypes"];
        proxyTypes.ReportIf(
            target.Behaviour.EmptyProxyTypesRefused && proxyTypes.IsSet && proxyTypes.Count == 0,
            "must be undefined or have at least one element");
    }

    private static void ValidateName(Field target, TargetRefOptions options)
    {
        var name = target["name"].Text;
        if (name != options.AllowedName && name.AsSpan().ContainsAnyExcept(NameCharacters))
            target["name"].Report("invalid characters: must consist of lower case alphanumeric characters, '-', '.' and '_'.");
    }

    private static void Disallow(Field target, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            var field = target[key];
            field.ReportIf(IsFilled(field), $"{Messages.MustNotBeSet} with kind {target["kind"].Text}");
        }
    }

    private static void Require(Field target, string key)
    {
        target[key].ReportIf(!IsFilled(target[key]), $"{Messages.MustBeSet} {target.Behaviour.RequiredFieldClause} {target["kind"].Text}");
    }

    private static bool IsFilled(Field field) => field.Count > 0 || field.Text.Length > 0;
}
