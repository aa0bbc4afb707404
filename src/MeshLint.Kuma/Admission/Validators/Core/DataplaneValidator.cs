using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>kuma: pkg/core/resources/apis/mesh/dataplane_validator.go; docs/kuma/dataplanes.md#validation.</summary>
internal static class DataplaneValidator
{
    private const string BackendKinds = "invalid value. Available values are: MeshExternalService,MeshMultiZoneService,MeshService";

    private const string NameCharacters =
        "invalid characters. A lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
            + "start and end with an alphanumeric character";

    private static readonly TagRules InboundTags = new() { Whole = TagCheck.KnownProtocol };

    public static void Validate(Validation v)
    {
        var networking = v.Spec["networking"];
        if (!networking.IsSet())
        {
            v.Report(v.Spec, "networking", Messages.MustBeDefined);
            return;
        }

        CheckAdminPort(v, networking);
        var gateway = networking["gateway"];
        if (!gateway.IsSet())
        {
            if (!v.Behaviour.DataplaneMayBeEmpty && networking["inbound"].Count == 0)
                v.Report(networking, "has to contain at least one inbound interface or gateway");
            CheckNetworking(v, networking);
            if (v.Behaviour.DataplaneProbesAndMetrics)
            {
                CheckProbes(v, v.Spec["probes"]);
                CheckMetrics(v, v.Spec["metrics"]);
            }

            CheckListeners(v, networking);
            return;
        }

        var isBuiltin = gateway["type"].Str() == "BUILTIN";
        var word = isBuiltin ? "builtin" : "delegated";
        Forbid("inbound");
        if (isBuiltin)
            Forbid("outbound");
        Forbid("listeners");
        if (isBuiltin && v.Spec["probes"].IsSet())
            v.ReportAt($"{networking.GetPath()}.probes", v.Spec["probes"], "probes cannot be defined for builtin gateways");
        CheckGateway(v, gateway);
        CheckNetworking(v, networking);
        if (!isBuiltin && v.Behaviour.DataplaneProbesAndMetrics)
            CheckProbes(v, v.Spec["probes"]);

        void Forbid(string field)
        {
            if (networking[field].Count > 0)
                v.Report(networking, field, $"{field} cannot be defined for {word} gateways");
        }
    }

    private static void CheckAdminPort(Validation v, Node networking)
    {
        var admin = networking["admin"];
        if (!admin.IsSet())
            return;
        var port = admin["port"].Int();
        var address = networking["address"].Str();
        foreach (var inbound in networking["inbound"].Items)
        {
            var own = Either(inbound["address"].Str(), address);
            var service = Either(inbound["serviceAddress"].Str(), own);
            var servicePort = inbound["servicePort"].Int() is not 0 and var explicitPort ? explicitPort : inbound["port"].Int();
            if ((port == inbound["port"].Int() && NetworkText.CoversLoopback(own))
                || (port == servicePort && NetworkText.CoversLoopback(service)))
            {
                v.Report(admin, "port", "must differ from inbound");
                break;
            }
        }

        foreach (var outbound in networking["outbound"].Items)
        {
            if (port == outbound["port"].Int() && NetworkText.CoversLoopback(Either(outbound["address"].Str(), "127.0.0.1")))
            {
                v.Report(admin, "port", "must differ from outbound");
                break;
            }
        }
    }

    private static void CheckGateway(Validation v, Node gateway)
    {
        var needsService = !v.Behaviour.InboundTagsOptional || gateway["tags"].Count > 0;
        TagCheck.Tags(Field.Of(v, gateway)["tags"], new TagRules { RequireService = needsService, Whole = CheckGatewayProtocol });
    }

    private static void CheckGatewayProtocol(Field tags)
    {
        var protocol = tags.Node[WellKnown.ProtocolTag];
        var value = tags.Behaviour.ProtocolTagInAnyCase ? protocol.Str().ToLowerInvariant() : protocol.Str();
        if (protocol.Exists && value != "tcp")
            tags.Entry(WellKnown.ProtocolTag)
                .Report($"other values than tcp are not allowed, provided value {GoText.Quote(protocol.Str())}");
    }

    private static void CheckNetworking(Validation v, Node networking)
    {
        AddressChecks.CheckProxyAddress(v, networking, "address");
        foreach (var inbound in networking["inbound"].Items)
        {
            CheckInbound(v, inbound, networking["address"].Str());
            var tags = inbound["tags"];
            if (v.Behaviour.InboundTags && (!v.Behaviour.InboundTagsOptional || tags.Count > 0) && !tags[WellKnown.ServiceTag].Exists)
                v.Report(inbound, $"tags{NodeReading.Key(WellKnown.ServiceTag)}", "tag has to exist");
        }

        foreach (var outbound in networking["outbound"].Items)
            CheckOutbound(v, outbound);
        CheckReachableBackends(v, networking);
    }

    private static void CheckInbound(Validation v, Node inbound, string proxyAddress)
    {
        AddressChecks.CheckPort(v, inbound, "port");
        var servicePort = inbound["servicePort"].Int();
        if (servicePort != 0)
            AddressChecks.CheckPort(v, inbound, "servicePort");

        var serviceAddress = inbound["serviceAddress"].Str();
        var samePort = servicePort == 0 || servicePort == inbound["port"].Int();
        if (serviceAddress.Length > 0)
        {
            if (!GoAddress.IsIP(serviceAddress))
                v.Report(inbound, "serviceAddress", "serviceAddress has to be valid IP address");
            if (serviceAddress == proxyAddress && samePort)
                v.Report(inbound, "serviceAddress", "serviceAddress and servicePort has to differ from address and port");
        }

        var address = inbound["address"].Str();
        if (address.Length > 0)
        {
            if (!GoAddress.IsIP(address))
                v.Report(inbound, "address", "address has to be valid IP address");
            if (address == serviceAddress && samePort)
                v.Report(inbound, "serviceAddress", "serviceAddress and servicePort has to differ from address and port");
        }

        if (v.Behaviour.InboundTags)
            TagCheck.Tags(Field.Of(v, inbound)["tags"], InboundTags);
        if (v.Behaviour.InboundProtocolField && inbound["protocol"].Str() is { Length: > 0 } protocol
            && !Protocols.IsKnown(protocol, v.Version))
            v.Report(inbound, "protocol", $"has an invalid value {GoText.Quote(protocol)}. {Protocols.AllowedValues(v.Version)}");
        CheckServiceProbe(v, inbound["serviceProbe"]);
    }

    private static void CheckServiceProbe(Validation v, Node probe)
    {
        foreach (var field in (ReadOnlySpan<string>)["interval", "timeout"])
        {
            if (probe[field].IsSet() && NodeReading.IsZeroDuration(probe[field]))
                v.Report(probe, field, LegacyMessages.Positive);
        }

        foreach (var field in (ReadOnlySpan<string>)["unhealthyThreshold", "healthyThreshold"])
        {
            if (probe[field].IsSet() && probe[field].Int() == 0)
                v.Report(probe, field, LegacyMessages.Positive);
        }
    }

    private static void CheckOutbound(Validation v, Node outbound)
    {
        AddressChecks.CheckPort(v, outbound, "port");
        if (outbound["address"].Str() is { Length: > 0 } address && !GoAddress.IsIP(address))
            v.Report(outbound, "address", "address has to be valid IP address");

        var reference = outbound["backendRef"];
        if (reference.IsSet())
        {
            if (!IsBackendKind(reference["kind"].Str()))
                v.Report(reference, "kind", BackendKinds);
            if (reference["name"].Str().Length == 0 && reference["labels"].Count == 0)
                v.Report(reference, "either 'name' or 'labels' should be specified");
            if (reference["kind"].Str() != "MeshExternalService")
                AddressChecks.CheckPort(v, reference, "port");
            if (v.Behaviour.LegacyOutbounds && outbound["tags"].Count > 0)
                v.Report(reference, "both backendRef and tags/service cannot be defined");
        }
        else if (!v.Behaviour.LegacyOutbounds)
        {
            v.Report(outbound, "backendRef", Messages.MustBeDefined);
        }
        else if (outbound["tags"].Count == 0)
        {
            v.Report(outbound, "tags", $"mandatory tag \"{WellKnown.ServiceTag}\" is missing");
        }
        else
        {
            TagCheck.Tags(Field.Of(v, outbound)["tags"], new TagRules { RequireService = true });
        }
    }

    /// <summary>Its paths are misspelt in Kuma: <c>transparentProxing</c>.</summary>
    private static void CheckReachableBackends(Validation v, Node networking)
    {
        var index = 0;
        foreach (var reference in networking["transparentProxying"]["reachableBackends"]["refs"].Items)
        {
            var path = $"{networking.GetPath()}.transparentProxing.reachableBackends.refs{NodeReading.At(index++)}";
            var name = reference["name"].Str();
            var ns = reference["namespace"].Str();
            var labels = reference["labels"].Count;
            if (!IsBackendKind(reference["kind"].Str()))
                Report("kind", BackendKinds);
            if (NetworkText.Utf8Length(name) > 253)
                Report("name", "value length must less or equal 253");
            else if (name.Length > 0 && !DnsNames.IsSubdomain(name))
                Report("name", NameCharacters);
            if (name.Length == 0 && ns.Length == 0 && labels == 0)
                Report("name", "name or labels are required");
            if (name.Length == 0 && ns.Length > 0)
                Report("name", "name is required, when namespace is defined");
            if ((name.Length > 0 || ns.Length > 0) && labels > 0)
                Report("labels", "labels cannot be defined when name is specified");

            void Report(string field, string reason) =>
                v.ReportAt($"{path}.{field}", reference[field].Exists ? reference[field] : reference, reason);
        }
    }

    private static bool IsBackendKind(string kind) => kind is "MeshService" or "MeshExternalService" or "MeshMultiZoneService";

    private static void CheckProbes(Validation v, Node probes)
    {
        if (!probes.IsSet())
            return;
        AddressChecks.CheckPort(v, probes, "port");
        foreach (var endpoint in probes["endpoints"].Items)
        {
            AddressChecks.CheckPort(v, endpoint, "inboundPort");
            foreach (var field in (ReadOnlySpan<string>)["inboundPath", "path"])
            {
                if (GoUrl.ParseRequest(endpoint[field].Str(), WebText.HasStrictColons(v.Version)) is null)
                    v.Report(endpoint, field, "should be a valid URL Path");
            }
        }
    }

    private static void CheckMetrics(Validation v, Node metrics)
    {
        if (!metrics.IsSet())
            return;
        if (metrics["type"].Str() != "prometheus")
            v.Report(metrics, "type", BackendConfigs.UnknownMetricsType);
        else
            BackendConfigs.CheckPrometheus(v, metrics);
    }

    private static void CheckListeners(Validation v, Node networking)
    {
        var listeners = networking["listeners"];
        if (listeners.Count == 0)
            return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        var inbounds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var inbound in networking["inbound"].Items)
        {
            names.Add(Either(inbound["name"].Str(), $"{inbound["port"].Int()}"));
            inbounds.Add($"{Either(inbound["address"].Str(), networking["address"].Str())}:{inbound["port"].Int()}");
        }

        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var listener in listeners.Items)
        {
            var type = listener["type"].Str() is "ZoneIngress" or "ZoneEgress" ? listener["type"].Str() : "";
            if (type.Length == 0)
                v.Report(listener, "type", "type must be ZoneIngress or ZoneEgress");
            AddressChecks.CheckProxyAddress(v, listener, "address");
            AddressChecks.CheckPort(v, listener, "port");
            if (listener["name"].Str() is { Length: > 0 } name && !names.Add(name))
                v.Report(listener, "name", $"name {GoText.Quote(name)} must be unique across inbounds and listeners");

            var key = $"{listener["address"].Str()}:{listener["port"].Int()}";
            if (!types.TryAdd(key, type))
                v.Report(
                    listener,
                    $"address:port {key} {(types[key] == type ? "is already used by another listener" : "is used by listeners of different types")}");
            if (inbounds.Contains(key))
                v.Report(listener, $"address:port {key} collides with an inbound listener");
        }
    }

    private static string Either(string first, string second) => first.Length > 0 ? first : second;
}
