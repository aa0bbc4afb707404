using MeshLint.Kuma.Templates;

namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>kuma: pkg/core/resources/apis/hostnamegenerator/api/v1alpha1/validate.go; docs/kuma/hostnames.md#generators.</summary>
internal static class HostnameGeneratorValidator
{
    private static readonly GoTemplateData Stub = GoTemplateData.Struct(
        "struct { Name string; DisplayName string; Namespace string; Mesh string; Zone string }",
        ("Name", "name"), ("DisplayName", "displayname"), ("Namespace", "namespace"), ("Mesh", "mesh"), ("Zone", "zone"));

    public static void Validate(Validation v)
    {
        var selector = v.Spec["selector"];
        var selectors = 0;
        foreach (var kind in (ReadOnlySpan<string>)["meshService", "meshExternalService", "meshMultiZoneService"])
            selectors += selector[kind].IsSet() ? 1 : 0;
        if (selectors != 1)
            v.Report(v.Spec, "selector", "exact one selector (meshService, meshExternalService) must be defined");

        if (CheckTemplate(v.Spec["template"].Str(), v.Version) is { } problem)
            v.Report(v.Spec, "template", problem);

        var extension = v.Spec["extension"];
        if (v.Behaviour.HostnameExtensionChecked && extension.IsSet() && extension["type"].Str().Length == 0)
            v.Report(extension, "type", Messages.MustNotBeEmpty);
    }

    private static string? CheckTemplate(string text, KumaVersion version)
    {
        if (text.Length == 0)
            return Messages.MustNotBeEmpty;
        if (!GoTemplate.TryParse(text, out var template, out var error))
            return $"couldn't parse template: {error}";
        if (!version.Behaviour.HostnamesChecked)
            return null;
        var result = template.Render(Stub, static _ => "label");
        if (result.Excess is not null)
            return null;
        if (!result.IsSuccess)
            return $"couldn't render template with stub values: {result.Error}";
        var problems = string.Join(", ", DnsNames.SubdomainProblems(result.Text));
        return problems.Length == 0 ? null : $"template renders to {GoText.Quote(result.Text)} which is not a valid DNS name: {problems}";
    }
}
