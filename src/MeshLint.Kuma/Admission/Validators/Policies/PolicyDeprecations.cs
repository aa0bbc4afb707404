namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>
/// Deprecation warnings of the policies (kuma: pkg/plugins/policies/*/api/v1alpha1/deprecated.go,
/// pkg/plugins/policies/core/jsonpatch/validators/validator.go; docs/kuma/policies.md#deprecations). 3.0 removed all but those of
/// MeshRateLimit.
/// </summary>
internal static class PolicyDeprecations
{
    private const string FromText = "'from' field is deprecated, use 'rules' instead";
    private const string FromMeshServiceText =
        "MeshService value for 'from[].targetRef.kind' is deprecated, use MeshSubset with 'kuma.io/service' instead";
    private const string EndpointText =
        "openTelemetry.endpoint is deprecated, use openTelemetry.backendRef with a MeshOpenTelemetryBackend resource instead";

    private const string PanicThresholdText =
        "healthyPanicThreshold for 'to[].default' is deprecated. The setting has been moved to MeshCircuitBreaker policy, please use "
            + "MeshCircuitBreaker policy instead.";

    /// <summary>Kinds of which only the top-level targetRef can be deprecated.</summary>
    public static void TopLevel(Validation v) => WarnTopLevel(v, Field.Spec(v));

    /// <summary>Kinds whose <c>from</c> became <c>rules</c>.</summary>
    public static void Inbound(Validation v)
    {
        var spec = Field.Spec(v);
        if (!v.Behaviour.InboundRules && v.Resource.Kind == "MeshTLS")
            return;
        WarnFrom(v, spec, v.Behaviour.InboundRules, FromText);
        WarnTopLevel(v, spec);
    }

    public static void MeshAccessLog(Validation v)
    {
        var spec = Field.Spec(v);
        WarnFrom(v, spec, v.Behaviour.InboundRules, FromText);
        if (v.Behaviour.InlineEndpointDeprecated && HasInlineEndpoint(spec))
            v.Warn(EndpointText);
        WarnTopLevel(v, spec);
    }

    public static void MeshFaultInjection(Validation v)
    {
        var spec = Field.Spec(v);
        if (!v.Behaviour.FromDeprecatedForMatches)
        {
            WarnTopLevel(v, spec);
            WarnFromMeshService(v, spec);
            return;
        }

        WarnFrom(v, spec, true, "'from' field is deprecated, use 'rules' with SPIFFE-based 'matches' instead");
        WarnTopLevel(v, spec);
    }

    public static void MeshHealthCheck(Validation v)
    {
        var spec = Field.Spec(v);
        WarnTopLevel(v, spec);
        if (!v.Behaviour.HealthCheckPanicThresholdDeprecated)
            return;
        foreach (var item in spec["to"].Items)
        {
            if (item["default"]["healthyPanicThreshold"].IsSet)
                v.Warn(PanicThresholdText);
        }
    }

    public static void MeshLoadBalancingStrategy(Validation v)
    {
        var spec = Field.Spec(v);
        if (v.Behaviour.SourceIpHash)
        {
            foreach (var item in spec["to"].Items)
            {
                var loadBalancer = item["default"]["loadBalancer"];
                var key = loadBalancer["type"].Text switch { "RingHash" => "ringHash", "Maglev" => "maglev", _ => null };
                if (key is not null)
                    WarnHashPolicies(v, item, loadBalancer[key]["hashPolicies"]);
            }
        }

        WarnTopLevel(v, spec);
    }

    /// <summary>MeshMetric and MeshTrace.</summary>
    public static void Telemetry(Validation v)
    {
        var spec = Field.Spec(v);
        if (v.Behaviour.InlineEndpointDeprecated && OpenTelemetryCheck.HasInlineEndpoint(spec["default"]["backends"]))
            v.Warn(EndpointText);
        WarnTopLevel(v, spec);
    }

    public static void MeshRateLimit(Validation v)
    {
        var spec = Field.Spec(v);
        WarnFrom(v, spec, v.Behaviour.InboundRules, FromText);
        if (v.Behaviour.RateLimitStatusDeprecated)
        {
            WarnStatus(v, PolicyParts.From(spec), "from");
            WarnStatus(v, spec["rules"], "rules");
            WarnStatus(v, spec["to"], "to");
        }

        WarnTopLevel(v, spec);
    }

    public static void MeshTrafficPermission(Validation v)
    {
        var spec = Field.Spec(v);
        if (!v.Behaviour.FromDeprecatedForMatches)
        {
            WarnTopLevel(v, spec);
            WarnFromMeshService(v, spec);
            return;
        }

        WarnFrom(v, spec, true, "'from' field is deprecated and will be removed in 3.0, use 'rules' with MeshIdentity (spiffeId) instead");
        WarnFromMeshService(v, spec);
        WarnTopLevel(v, spec);
    }

    private static void WarnTopLevel(Validation v, Field spec)
    {
        var kind = spec["targetRef"]["kind"].Text;
        var isByTags = kind is "MeshService" or "MeshServiceSubset" or "MeshSubset";
        var text = v.Behaviour.TopLevelDeprecations switch
        {
            TopLevelDeprecations.Service or TopLevelDeprecations.ServiceAndSubset when kind == "MeshService" =>
                "MeshService value for 'targetRef.kind' is deprecated, use MeshSubset with 'kuma.io/service' tag instead",
            TopLevelDeprecations.ServiceAndSubset when kind == "MeshSubset" => ReplacedByDataplane(kind),
            TopLevelDeprecations.TagsCalledSubset when isByTags => ReplacedByDataplane("MeshSubset"),
            TopLevelDeprecations.TagsAndRoutes when isByTags => ReplacedByDataplane(kind),
            TopLevelDeprecations.TagsAndRoutes when kind == "MeshHTTPRoute" =>
                "MeshHTTPRoute value for 'targetRef.kind' is deprecated, use MeshHTTPRoute in spec.to[].targetRef",
            _ => null,
        };
        if (text is not null)
            v.Warn(text);
    }

    private static string ReplacedByDataplane(string kind) =>
        $"{kind} value for 'targetRef.kind' is deprecated, use Dataplane with labels instead";

    private static void WarnFrom(Validation v, Field spec, bool isDeprecated, string text)
    {
        if (isDeprecated && PolicyParts.From(spec).Count > 0)
            v.Warn(text);
    }

    private static void WarnFromMeshService(Validation v, Field spec)
    {
        foreach (var item in PolicyParts.From(spec).Items)
        {
            if (item["targetRef"]["kind"].Text == "MeshService")
                v.Warn(FromMeshServiceText);
        }
    }

    private static bool HasInlineEndpoint(Field spec)
    {
        foreach (var part in (ReadOnlySpan<string>)["to", "from", "rules"])
        {
            foreach (var item in spec[part].Items)
            {
                if (OpenTelemetryCheck.HasInlineEndpoint(item["default"]["backends"]))
                    return true;
            }
        }

        return false;
    }

    private static void WarnHashPolicies(Validation v, Field item, Field hashPolicies)
    {
        if (hashPolicies.IsSet && v.Behaviour.NestedHashPoliciesDeprecated)
            v.Warn($"configuration '{hashPolicies.Path}' is deprecated, use '{item.Path}.default.hashPolicies' instead");
        foreach (var policy in hashPolicies.Items)
        {
            if (policy["type"].Text == "SourceIP")
                v.Warn($"SourceIP type for '{policy["type"].Path}' is deprecated, use Connection instead");
        }
    }

    /// <summary>Kuma's text names a field that does not exist: the status stands in <c>onRateLimit</c>.</summary>
    private static void WarnStatus(Validation v, Field items, string part)
    {
        var index = 0;
        foreach (var item in items.Items)
        {
            var status = item["default"]["local"]["http"]["onRateLimit"]["status"];
            if (status.IsSet && status.Integer < 400)
                v.Warn(
                    $"'spec.{part}[{index}].default.local.http.requestRate.status' must be 400 or higher. Please update your "
                        + "configuration.");
            index++;
        }
    }
}
