
namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/gateway_route_validator.go.</summary>
internal static class MeshGatewayRouteValidator
{
    private const string AbsolutePath = "must be an absolute path";

    public static void Validate(Validation v)
    {
        TagCheck.Selectors(v, "selectors", TagRules.AnyTagWithService);
        var conf = v.Spec["conf"];
        var route = conf.Oneof("tcp", "http");
        if (route.Length == 0)
            v.Report(v.Spec, "conf", LegacyMessages.CannotBeEmpty);
        if (route != "http")
            return;
        var rules = conf["http"]["rules"];
        if (rules.Count == 0)
            v.Report(conf["http"], "rules", LegacyMessages.CannotBeEmpty);
        foreach (var rule in rules.Items)
            CheckRule(v, rule);
    }

    private static void CheckRule(Validation v, Node rule)
    {
        if (rule["matches"].Count == 0)
        {
            v.Report(rule, "matches", LegacyMessages.CannotBeEmpty);
            return;
        }

        var hasPrefixMatch = false;
        foreach (var match in rule["matches"].Items)
        {
            CheckMatch(v, match);
            hasPrefixMatch |= match["path"]["match"].Str() == "PREFIX";
        }

        // Rewrites to the backend's host name do not count in the indexes of the others.
        var filters = rule["filters"].Items.Where(f => !RewritesToBackend(f)).ToList();
        var rewritesToBackend = filters.Count < rule["filters"].Count;
        var hasRedirect = false;
        for (var i = 0; i < filters.Count; i++)
        {
            hasRedirect |= Kind(filters[i]) == "redirect";
            CheckFilter(v, filters[i], $"{rule.GetPath()}.filters{NodeReading.At(i)}", hasPrefixMatch, rewritesToBackend);
        }

        if (hasRedirect && rule["filters"].Count != 1)
        {
            v.Report(rule, "filters", "redirects cannot be used with other filters");
            return;
        }

        var backends = rule["backends"];
        if (backends.Count == 0 && !hasRedirect)
            v.Report(rule, "backends", LegacyMessages.CannotBeEmpty);
        else if (backends.Count > 0 && hasRedirect)
            v.Report(rule, "backends", "must be empty when using redirect filters");
        foreach (var backend in backends.Items)
            TagCheck.Selector(Field.Of(v, backend)["destination"].Named(backend.GetPath()), TagRules.AnyTagWithService);
    }

    private static string Kind(Node filter) => filter.Oneof("requestHeader", "mirror", "redirect", "rewrite", "responseHeader");

    private static bool RewritesToBackend(Node filter) => Kind(filter) == "rewrite" && filter["rewrite"]["hostToBackendHostname"].Flag();

    private static void CheckMatch(Validation v, Node match)
    {
        var path = match["path"];
        if (!path.IsSet() && match["method"].Str() is "" or "NONE" && match["headers"].Count == 0 && match["queryParameters"].Count == 0)
            v.Report(match, LegacyMessages.CannotBeEmpty);

        if (path.IsSet())
        {
            // The path of these leaves out the word path.
            var value = path["value"].Str();
            var isRegex = path["match"].Str() == "REGEX";
            if (isRegex && value.Length == 0)
                v.ReportAt($"{match.GetPath()}.value", path, LegacyMessages.CannotBeEmpty);
            else if (!isRegex && !value.StartsWith('/'))
                v.ReportAt($"{match.GetPath()}.value", path, AbsolutePath);
        }

        foreach (var header in match["headers"].Items)
        {
            if (header["name"].Str().Length == 0)
                v.Report(header, "name", LegacyMessages.CannotBeEmpty);
            var takesNone = header["match"].Str() is "ABSENT" or "PRESENT";
            var hasValue = header["value"].Str().Length > 0;
            if (takesNone && hasValue)
                v.Report(header, "value", "cannot be set");
            else if (!takesNone && !hasValue)
                v.Report(header, "value", LegacyMessages.CannotBeEmpty);
        }

        var index = 0;
        foreach (var query in match["queryParameters"].Items)
        {
            var queryPath = $"{match.GetPath()}.query_parameters{NodeReading.At(index++)}";
            foreach (var field in (ReadOnlySpan<string>)["name", "value"])
            {
                if (query[field].Str().Length == 0)
                    v.ReportAt($"{queryPath}.{field}", query, LegacyMessages.CannotBeEmpty);
            }
        }
    }

    private static void CheckFilter(Validation v, Node filter, string path, bool hasPrefixMatch, bool rewritesToBackend)
    {
        switch (Kind(filter))
        {
            case "requestHeader":
                CheckHeaders(v, filter["requestHeader"], $"{path}.request_header", rewritesToBackend);
                break;
            case "redirect":
                var redirect = filter["redirect"];
                if (redirect["port"].Int() > 0 && !AddressChecks.IsPort(redirect["port"].Int()))
                    v.ReportAt($"{path}.redirect.port", redirect["port"], LegacyMessages.PortRange);
                if (redirect["statusCode"].Int() is < 300 or > 308)
                    v.ReportAt(
                        $"{path}.redirect.status_code",
                        redirect["statusCode"].Exists ? redirect["statusCode"] : redirect,
                        "must be in the range [300, 308]");
                break;
            case "mirror":
                CheckMirror(v, filter["mirror"], $"{path}.mirror");
                break;
            case "rewrite":
                if (filter["rewrite"].Oneof("replaceFull", "replacePrefixMatch") == "replacePrefixMatch" && !hasPrefixMatch)
                    v.ReportAt(
                        $"{path}.rewrite.replacePrefixMatch",
                        filter["rewrite"]["replacePrefixMatch"],
                        "cannot be used without a match on path prefix");
                break;
        }
    }

    private static void CheckMirror(Validation v, Node mirror, string path)
    {
        var percentage = mirror["percentage"];
        if (!percentage.IsSet())
            v.ReportAt($"{path}.percentage", mirror, LegacyMessages.CannotBeEmpty);
        else if (percentage.Number() is < 0 or > 100)
            v.ReportAt($"{path}.percentage", percentage, LegacyMessages.PercentageRange);
        if (mirror["backend"].IsSet())
            TagCheck.Selector(Field.Of(v, mirror["backend"])["destination"].Named($"{path}.backend"), TagRules.AnyTagWithService);
        else
            v.ReportAt($"{path}.backend", mirror, LegacyMessages.CannotBeEmpty);
    }

    private static void CheckHeaders(Validation v, Node headers, string path, bool rewritesToBackend)
    {
        if (headers["set"].Count == 0 && headers["add"].Count == 0 && headers["remove"].Count == 0)
            v.ReportAt(path, headers, LegacyMessages.CannotBeEmpty);
        foreach (var list in (ReadOnlySpan<string>)["set", "add"])
        {
            var index = 0;
            foreach (var header in headers[list].Items)
            {
                var at = $"{path}.{list}{NodeReading.At(index++)}";
                var name = header["name"].Str();
                if (name is ":authority" or "Host" or "host" && rewritesToBackend)
                    v.ReportAt(at, header, $"cannot modify '{name}' header, when route has set 'rewrite.host_to_backend_hostname' option");
                else if (name.Length == 0)
                    v.ReportAt($"{at}.name", header, LegacyMessages.CannotBeEmpty);
                if (header["value"].Str().Length == 0)
                    v.ReportAt($"{at}.value", header, LegacyMessages.CannotBeEmpty);
            }
        }

        var position = 0;
        foreach (var name in headers["remove"].Items)
        {
            if (name.Str().Length == 0)
                v.ReportAt($"{path}.remove{NodeReading.At(position)}", name, LegacyMessages.CannotBeEmpty);
            position++;
        }
    }
}
