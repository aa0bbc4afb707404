using System.Globalization;
using MeshLint.Kuma.Templates;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/virtual_outbound_{validator,helpers}.go.</summary>
internal static class VirtualOutboundValidator
{
    public static void Validate(Validation v)
    {
        TagCheck.Selectors(v, "selectors", TagRules.AnyTag);
        var conf = v.Spec["conf"];
        if (!conf.IsSet())
        {
            v.Report(v.Spec, "conf", LegacyMessages.HasToBeDefined);
            return;
        }

        CheckParameters(v, conf);
        CheckTemplate(v, conf, "host", "dummy", FindHostProblem);
        CheckTemplate(v, conf, "port", "1", FindPortProblem);
    }

    private static void CheckParameters(Validation v, Node conf)
    {
        var hasService = false;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in conf["parameters"].Items)
        {
            var name = parameter["name"].Str();
            if (!names.Add(name))
                v.Report(parameter, "name", "name is already used");
            var tagKey = parameter["tagKey"].Str();
            hasService |= tagKey == WellKnown.ServiceTag;
            if (tagKey.Length > 0 && !TagCheck.IsTagName(tagKey))
                v.Report(parameter, "tagKey", "must be a valid tag name");
            if (tagKey.Length == 0 && !TagCheck.IsTagName(name))
                v.Report(parameter, "name", "must be a valid tag name if you are not setting tagKey");
            if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit))
                v.Report(parameter, "name", "must consist of alphanumeric characters to be used as a gotemplate key");
        }

        if (!hasService)
            v.Report(conf, "parameters", $"must contain a parameter with {WellKnown.ServiceTag} as a tagKey");
    }

    private static void CheckTemplate(Validation v, Node conf, string field, string stub, Func<string, string?> findProblem)
    {
        var text = conf[field].Str();
        if (text.Length == 0)
            v.Report(conf, field, LegacyMessages.HasToBeDefined);
        else if (Evaluate(conf, text, stub, findProblem) is { } problem)
            v.Report(conf, field, $"template pre evaluation failed with error={GoText.Quote(problem)}");
    }

    private static string? Evaluate(Node conf, string text, string stub, Func<string, string?> findProblem)
    {
        if (!GoTemplate.TryParse(text, hasLabelFunction: false, out var template, out var error))
            return $"failed compiling gotemplate error={GoText.Quote(error)}";
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in conf["parameters"].Items)
            values[parameter["name"].Str()] = stub;
        var result = template.Render(GoTemplateData.Map(values), static _ => null);
        return result.Excess is not null ? null
            : result.IsSuccess ? findProblem(result.Text)
            : $"pre evaluation of template with parameters failed with error={GoText.Quote(result.Error)}";
    }

    private static string? FindHostProblem(string host) =>
        WebText.IsDnsName(host)
            ? null
            : $"evaluation of template with parameters didn't return a valid dns name result={GoText.Quote(host)}";

    private static string? FindPortProblem(string port)
    {
        if (!long.TryParse(port, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return $"evaluation of template with parameters didn't evaluate to a parsable number result={GoText.Quote(port)}";
        return AddressChecks.IsPort(number)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"evaluation of template returned a port outside of the range [1..65535] result={number}");
    }
}
