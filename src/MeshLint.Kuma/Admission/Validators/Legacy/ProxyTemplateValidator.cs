using MeshLint.Kuma.Admission.Validators.Policies;

namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/proxytemplate_validator.go.</summary>
internal static class ProxyTemplateValidator
{
    private static readonly ImmutableArray<string> Profiles = ["default-proxy", "egress-proxy", "gateway-proxy", "ingress-proxy"];

    public static void Validate(Validation v)
    {
        TagCheck.Selectors(v, "selectors", TagRules.AnyTagWithService, required: false);
        var conf = v.Spec["conf"];
        foreach (var import in conf["imports"].Items)
        {
            if (import.Str().Length == 0)
                v.Report(import, LegacyMessages.CannotBeEmpty);
            else if (!Profiles.Contains(import.Str()))
                v.Report(import, $"profile not found. Available profiles: {string.Join(',', Profiles)}");
        }

        foreach (var resource in conf["resources"].Items)
            CheckResource(v, resource);
        foreach (var modification in conf["modifications"].Items)
            CheckModification(v, modification);
    }

    private static void CheckResource(Validation v, Node resource)
    {
        foreach (var field in (ReadOnlySpan<string>)["name", "version", "resource"])
        {
            if (resource[field].Str().Length == 0)
                v.Report(resource, field, LegacyMessages.CannotBeEmpty);
        }

        if (resource["resource"].Str() is { Length: > 0 } text && EnvoyResource.AnyProblem(text) is { } problem)
            v.Report(resource, "resource", $"native Envoy resource is not valid: {problem}");
    }

    private static void CheckModification(Validation v, Node modification)
    {
        var kind = modification.Oneof("cluster", "listener", "networkFilter", "httpFilter", "virtualHost");
        var change = modification[kind];
        switch (kind)
        {
            case "cluster" or "listener" or "virtualHost":
                CheckWhole(v, change, kind);
                break;
            case "networkFilter" or "httpFilter":
                CheckFilter(v, change, kind);
                break;
        }
    }

    private static void CheckWhole(Validation v, Node change, string kind)
    {
        switch (change["operation"].Str())
        {
            case "add":
                if (kind == "virtualHost" && change["match"]["name"].Str().Length > 0)
                    v.Report(change, "match.name", "cannot be defined");
                else if (kind != "virtualHost" && change["match"].IsSet())
                    v.Report(change, "match", "cannot be defined");
                CheckValue(v, change, kind, isPatch: false);
                break;
            case "patch":
                CheckValue(v, change, kind, isPatch: true);
                break;
            case "remove":
                break;
            default:
                v.Report(change, "operation", "invalid operation. Available operations: \"add\", \"patch\", \"remove\"");
                break;
        }
    }

    private static void CheckFilter(Validation v, Node change, string kind)
    {
        var operation = change["operation"].Str();
        var isNamed = change["match"]["name"].Str().Length > 0;
        switch (operation)
        {
            case "addFirst" or "addLast":
                CheckValue(v, change, kind, isPatch: false);
                break;
            case "addBefore" or "addAfter":
                if (!isNamed)
                    v.Report(
                        change,
                        "match.name",
                        $"cannot be empty. You need to pick a filter {(operation == "addBefore" ? "before" : "after")} which this one "
                            + "will be added");
                CheckValue(v, change, kind, isPatch: false);
                break;
            case "patch":
                if (!isNamed)
                    v.Report(change, "match.name", LegacyMessages.CannotBeEmpty);
                CheckValue(v, change, kind, isPatch: true);
                break;
            case "remove":
                break;
            default:
                v.Report(
                    change,
                    "operation",
                    "invalid operation. Available operations: \"addFirst\", \"addLast\", \"addBefore\", \"addAfter\", \"patch\", "
                        + "\"remove\"");
                break;
        }
    }

    private static void CheckValue(Validation v, Node change, string kind, bool isPatch)
    {
        if (EnvoyResource.Problem(kind, change["value"].Str(), isPatch) is { } problem)
            v.Report(change, "value", $"native Envoy resource is not valid: {problem}");
    }
}
