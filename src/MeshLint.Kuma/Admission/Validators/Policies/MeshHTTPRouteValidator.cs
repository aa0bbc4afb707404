using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshhttproute/api/v1alpha1/validation.go.</summary>
internal static class MeshHTTPRouteValidator
{
    /// <summary>Stands for a backend that Kuma's own converter from the Gateway API did not find.</summary>
    private const string UnresolvedBackend = "kuma.io/unresolved-backend";

    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        PolicyParts.ValidateTop(v, spec, Mesh | MeshSubset | MeshService | MeshServiceSubset | Dataplane, MeshGateway);

        var onGateway = PolicyParts.TopKind(spec) == MeshGateway && v.Behaviour.BuiltinGateways;
        foreach (var item in spec["to"].Items)
        {
            TargetRefCheck.Validate(
                item["targetRef"], new TargetRefOptions(onGateway ? Mesh : MeshService | MeshExternalService | MeshMultiZoneService));
            foreach (var rule in item["rules"].Items)
                ValidateRule(rule, onGateway);
            item["hostnames"].ReportIf(!onGateway && item["hostnames"].Count > 0, Messages.MustNotBeDefined);
        }
    }

    private static void ValidateRule(Field rule, bool onGateway)
    {
        var matches = rule["matches"];
        foreach (var match in matches.Items)
        {
            ValidatePath(match["path"]);
            ValidateQueryParams(match["queryParams"]);
            foreach (var header in match["headers"].Items)
                header["value"]
                    .ReportIf(header["type"].Text is "Present" or "Absent" && header["value"].Text.Length > 0, Messages.MustNotBeDefined);
        }

        var hasRedirect = false;
        foreach (var filter in rule["default"]["filters"].Items)
        {
            ValidateFilter(filter, matches, onGateway);
            hasRedirect |= filter["type"].Text == "RequestRedirect";
        }

        var backendRefs = rule["default"]["backendRefs"];
        backendRefs.ReportIf(onGateway && backendRefs.Count == 0 && !hasRedirect, Messages.MustNotBeEmpty);
        var options = new TargetRefOptions(BackendRefCheck.Kinds(rule.Version)) { AllowedName = UnresolvedBackend };
        foreach (var backendRef in backendRefs.Items)
            BackendRefCheck.Validate(backendRef, options);
    }

    private static void ValidatePath(Field path)
    {
        var type = path["type"].Text;
        var value = path["value"];
        if (type is not ("PathPrefix" or "Exact") || (type == "PathPrefix" && value.Text == "/"))
            return;
        value.ReportIf(
            type == "PathPrefix" && value.Text.EndsWith('/'),
            "does not need a trailing slash because only a `/`-separated prefix or an entire path is matched");
        value.ReportIf(!value.Text.StartsWith('/'), "must be an absolute path");
    }

    private static void ValidateQueryParams(Field queryParams)
    {
        if (queryParams.Count < 2)
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var match in queryParams.Items)
        {
            var name = match["name"];
            name.ReportIf(!seen.Add(name.Text), $"multiple entries for name {name.Text}");
        }
    }

    private static void ValidateFilter(Field filter, Field matches, bool onGateway)
    {
        var key = filter["type"].Text switch
        {
            "RequestHeaderModifier" => "requestHeaderModifier",
            "ResponseHeaderModifier" => "responseHeaderModifier",
            "RequestRedirect" => "requestRedirect",
            "URLRewrite" => "urlRewrite",
            "RequestMirror" => "requestMirror",
            _ => null,
        };
        if (key is null)
            return;
        var body = filter[key];
        if (!body.IsSet)
        {
            body.Report(Messages.MustBeDefined);
            return;
        }

        switch (key)
        {
            case "requestRedirect":
                ValidatePrefixReplacement(body, matches);
                ValidateHostname(body["hostname"]);
                break;
            case "urlRewrite":
                ValidatePrefixReplacement(body, matches);
                ValidateHostname(body["hostname"]);
                ValidateHostToBackend(body, onGateway);
                break;
            case "requestMirror":
                ValidateMirror(body["backendRef"]);
                break;
            default:
                ValidateHeaderModifier(body);
                break;
        }
    }

    private static void ValidatePrefixReplacement(Field body, Field matches)
    {
        var replacement = body["path"]["replacePrefixMatch"];
        replacement.ReportIf(replacement.IsSet && !AllMatchPrefixes(matches), "can only appear if all matches match a path prefix");
    }

    private static bool AllMatchPrefixes(Field matches)
    {
        foreach (var match in matches.Items)
        {
            if (match["path"]["type"].Text != "PathPrefix")
                return false;
        }

        return true;
    }

    private static void ValidateHostname(Field hostname)
    {
        if (!hostname.IsSet)
            return;
        if (GoAddress.IsIPSloppy(hostname.Text))
        {
            hostname.Report("cannot be an IP address");
            return;
        }

        foreach (var problem in DnsNames.SubdomainProblems(hostname.Text))
            hostname.Report(problem);
    }

    private static void ValidateHostToBackend(Field rewrite, bool onGateway)
    {
        var toBackend = rewrite["hostToBackendHostname"];
        if (toBackend.Node.AsBoolean() != true)
            return;
        toBackend.ReportIf(!onGateway, rewrite.Behaviour.BuiltinGateways ? "can only be set with MeshGateway" : Messages.MustNotBeSet);
        toBackend.ReportIf(rewrite["hostname"].IsSet, "cannot be set together with hostname");
    }

    private static void ValidateMirror(Field backendRef)
    {
        if (backendRef.Behaviour.MirrorToEveryKind)
            BackendRefCheck.Validate(backendRef, new TargetRefOptions(BackendRefCheck.Kinds(backendRef.Version)));
        else
            TargetRefCheck.Validate(backendRef, new TargetRefOptions(MeshService | MeshServiceSubset));
    }

    private static void ValidateHeaderModifier(Field modifier)
    {
        var set = modifier["set"];
        var add = modifier["add"];
        var remove = modifier["remove"];
        if (!set.IsSet && !add.IsSet && !remove.IsSet)
        {
            modifier.Report(Messages.AtLeastOne("set", "add", "remove"));
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var header in set.Items)
            Add(header, header["name"].Text);
        foreach (var header in add.Items)
            Add(header, header["name"].Text);
        foreach (var name in remove.Items)
            Add(name, name.Text);

        void Add(Field header, string name) => header["name"].ReportIf(!names.Add(name), "duplicate header name");
    }
}
