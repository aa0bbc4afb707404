
namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/traffic_route_validator.go.</summary>
internal static class TrafficRouteValidator
{
    public static void Validate(Validation v)
    {
        TagCheck.Selectors(v, "sources", TagRules.AnyTagWithService);
        TagCheck.Selectors(v, "destinations", TagRules.ServiceOnly);
        var conf = v.Spec["conf"];
        if (!conf.IsSet())
        {
            v.Report(v.Spec, "conf", LegacyMessages.CannotBeEmpty);
            return;
        }

        // Empty maps are set for the validator, though they are not stored: they are looked up in the document.
        var written = v.Resource.Spec["conf"];
        CheckSplitOrDestination(v, conf, written);
        var index = 0;
        foreach (var http in conf["http"].Items)
        {
            var writtenHttp = written["http"][index++];
            CheckMatch(v, http, writtenHttp["match"]["headers"]);
            CheckModify(v, http);
            CheckSplitOrDestination(v, http, writtenHttp);
        }

        var balancer = conf["loadBalancer"];
        var kind = balancer.Oneof("roundRobin", "leastRequest", "ringHash", "random", "maglev");
        if (kind == "leastRequest" && balancer[kind]["choiceCount"].Int() == 1)
            v.Report(balancer, "leastRequest.choiceCount", "value must be greater than or equal to 2");
        if (kind == "ringHash" && balancer[kind]["hashFunction"].Str() is not ("XX_HASH" or "MURMUR_HASH_2"))
            v.Report(balancer, "ringHash.hashFunction", "must have a valid hash function");
    }

    private static void CheckSplitOrDestination(Validation v, Node route, Node written)
    {
        var split = route["split"];
        var hasDestination = route["destination"].IsSet() || written["destination"].IsMapping;
        if (split.Count == 0 && !hasDestination)
            v.Report(route, "requires either \"destination\" or \"split\"");
        if (split.Count > 0 && hasDestination)
            v.Report(route, "\"split\" cannot be defined at the same time as \"destination\"");

        var weight = 0L;
        foreach (var entry in split.Items)
        {
            if (!entry["weight"].IsSet())
                v.Report(entry, "weight", "needs to be defined");
            weight += entry["weight"].Int();
            TagCheck.Selector(Field.Of(v, entry)["destination"], TagRules.AnyTagWithService);
        }

        // The sum is a uint32 in Kuma and wraps.
        if (split.Count > 0 && (uint)weight == 0)
            v.Report(route, "split", "there must be at least one split entry with weight above 0");
        if (hasDestination)
            TagCheck.Selector(Field.Of(v, route)["destination"], TagRules.AnyTagWithService);
    }

    private static void CheckMatch(Validation v, Node http, Node writtenHeaders)
    {
        var match = http["match"];
        var headers = match["headers"];
        if (!match["path"].IsSet() && !match["method"].IsSet() && !writtenHeaders.IsMapping)
        {
            v.Report(http, "match", "must be present and contain at least one of the elements: \"method\", \"path\" or \"headers\"");
            return;
        }

        CheckMatcher(v, match, "method");
        CheckMatcher(v, match, "path");
        if (writtenHeaders.IsMapping && headers.Count == 0)
            v.Report(match.Exists ? match : http, match.Exists ? "headers" : "match.headers", "must contain at least one element");
        foreach (var header in headers.Entries)
        {
            var path = headers.GetPath() + NodeReading.Key(header.Key ?? "");
            if (header.Key is null or "")
                v.ReportAt(path, header, LegacyMessages.CannotBeEmpty);
            CheckMatcherAt(v, header, path);
        }
    }

    private static void CheckMatcher(Validation v, Node match, string field)
    {
        if (match[field].IsSet())
            CheckMatcherAt(v, match[field], match[field].GetPath());
    }

    private static void CheckMatcherAt(Validation v, Node matcher, string path)
    {
        var kind = matcher.Oneof("prefix", "exact", "regex");
        if (kind.Length == 0)
            v.ReportAt(path, matcher, "cannot be empty. Available options: \"exact\", \"split\" or \"regex\"");
        else if (kind != "exact" && matcher[kind].Str().Length == 0)
            v.ReportAt($"{path}.{kind}", matcher[kind], LegacyMessages.CannotBeEmpty);
    }

    private static void CheckModify(Validation v, Node http)
    {
        var modify = http["modify"];
        if (modify["path"].IsSet())
            CheckPath(v, modify["path"], http["match"]["path"]["prefix"].Str());
        if (modify["host"].IsSet())
            CheckHost(v, modify["host"]);
        foreach (var headers in (ReadOnlySpan<string>)["requestHeaders", "responseHeaders"])
        {
            foreach (var addition in modify[headers]["add"].Items)
            {
                CheckHeaderName(v, addition);
                if (addition["value"].Str().Length == 0)
                    v.Report(addition, "value", LegacyMessages.CannotBeEmpty);
            }

            foreach (var removal in modify[headers]["remove"].Items)
                CheckHeaderName(v, removal);
        }
    }

    private static void CheckPath(Validation v, Node path, string matchedPrefix)
    {
        var rewrite = path["rewritePrefix"];
        if (path["regex"].IsSet())
            CheckRegex(v, path, "regex");
        else if (!rewrite.IsSet())
            v.Report(path, "either \"rewritePrefix\" or \"regex\" has to be set");
        else if (rewrite.Str().Length == 0)
            v.Report(path, "rewritePrefix", LegacyMessages.CannotBeEmpty);
        else if (matchedPrefix.Length == 0)
            v.Report(path, "rewritePrefix", "can only be set when .http.match.path.prefix is not empty");
    }

    private static void CheckHost(Validation v, Node host)
    {
        if (host["fromPath"].IsSet())
            CheckRegex(v, host, "fromPath");
        else if (!host["value"].IsSet())
            v.Report(host, "either \"value\" or \"fromPath\" has to be set");
        else if (host["value"].Str().Length == 0)
            v.Report(host, "value", LegacyMessages.CannotBeEmpty);
    }

    private static void CheckRegex(Validation v, Node parent, string field)
    {
        foreach (var part in (ReadOnlySpan<string>)["pattern", "substitution"])
        {
            if (parent[field][part].Str().Length == 0)
                v.Report(parent[field], part, LegacyMessages.CannotBeEmpty);
        }
    }

    private static void CheckHeaderName(Validation v, Node header)
    {
        var name = header["name"].Str();
        if (name.Length == 0)
            v.Report(header, "name", LegacyMessages.CannotBeEmpty);
        else if (name[0] == ':' || name is "host" or "Host")
            v.Report(header, "name", "host header and HTTP/2 pseudo-headers are not allowed to be modified");
    }
}
