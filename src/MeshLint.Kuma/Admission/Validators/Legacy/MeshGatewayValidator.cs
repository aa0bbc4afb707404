using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/gateway_validator.go.</summary>
internal static class MeshGatewayValidator
{
    private static readonly TagRules ListenerTags = new()
    {
        ForbiddenKeys = ["kuma.io/external-service-name", WellKnown.ProtocolTag, WellKnown.ServiceTag, WellKnown.Zone],
    };

    public static void Validate(Validation v)
    {
        var conf = v.Spec["conf"];
        var isCrossMesh = conf["listeners"].Items.Any(l => l["crossMesh"].Flag());
        TagCheck.Selectors(v, "selectors", TagRules.AnyTagWithService, atMostOne: isCrossMesh);
        TagCheck.Selector(Field.Of(v, v.Spec)["tags"], ListenerTags);
        if (!conf.IsSet())
        {
            v.Report(v.Spec, "conf", LegacyMessages.CannotBeEmpty);
            return;
        }

        if (conf["listeners"].Count == 0)
            v.Report(conf, "listeners", LegacyMessages.CannotBeEmpty);
        foreach (var listener in conf["listeners"].Items)
            CheckListener(v, listener);
        CheckSharedPorts(v, conf["listeners"]);
    }

    private static void CheckListener(Validation v, Node listener)
    {
        if (listener["hostname"].Str() is { Length: > 0 } hostname)
            CheckHostname(v, listener, hostname);
        AddressChecks.CheckPort(v, listener, "port");

        var tls = listener["tls"];
        var mode = Name(tls["mode"]);
        var isCrossMesh = listener["crossMesh"].Flag();
        var protocol = Name(listener["protocol"]);
        if (protocol == "NONE")
            v.Report(listener, "protocol", LegacyMessages.CannotBeEmpty);
        else if (protocol == "HTTPS" && isCrossMesh)
            v.Report(listener, "protocol", "protocol is not supported with crossMesh");
        else if (protocol == "HTTPS" && !tls.IsSet())
            v.Report(listener, "tls", LegacyMessages.CannotBeEmpty);
        else if (protocol == "HTTPS" && mode == "PASSTHROUGH")
            v.Report(tls, "mode", "mode is not supported on HTTPS listeners");

        var certificates = tls["certificates"].Count;
        if (tls.IsSet() && !isCrossMesh)
        {
            if (mode == "NONE")
                v.Report(tls, "mode", LegacyMessages.CannotBeEmpty);
            else if (mode == "TERMINATE" && certificates == 0)
                v.Report(tls, "certificates", "cannot be empty in TLS termination mode");
            else if (mode == "TERMINATE" && certificates > 2)
                v.Report(tls, "certificates", "cannot have more than 2 certificates");
        }

        if (tls.IsSet() && isCrossMesh && (mode != "NONE" || certificates > 0))
            v.Report(listener, "tls", "must be empty with crossMesh");
        TagCheck.Selector(Field.Of(v, listener)["tags"], ListenerTags);
    }

    private static void CheckHostname(Validation v, Node listener, string hostname)
    {
        if (hostname == "*")
            return;
        if (NetworkText.Utf8Length(hostname) > 253)
            v.Report(listener, "hostname", "must be at most 253 characters");
        if (hostname.StartsWith("*.", StringComparison.Ordinal))
        {
            if (!DnsNames.IsSubdomain(hostname.AsSpan(2)))
                v.Report(listener, "hostname", "invalid wildcard domain");
        }
        else if (!DnsNames.IsSubdomain(hostname))
        {
            v.Report(listener, "hostname", "invalid hostname");
        }
    }

    /// <summary>Listeners of one port become one Envoy listener, so they must agree.</summary>
    private static void CheckSharedPorts(Validation v, Node listeners)
    {
        foreach (var port in listeners.Items.GroupBy(l => l["port"].Int()))
        {
            var protocols = port.Select(l => Name(l["protocol"])).Distinct(StringComparer.Ordinal).Count();
            var hostnames = port.CountBy(Hostname, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            var limits = port.Select(Limit).Where(l => l != 0).Distinct().Count();
            foreach (var listener in port)
            {
                if (protocols > 1)
                    v.Report(listener, "protocol conflicts with other listeners on this port");
                if (hostnames[Hostname(listener)] > 1)
                    v.Report(listener, "multiple listeners for hostname on this port");
                if (limits > 1 && Limit(listener) != 0)
                    v.Report(listener, "resources.connectionLimit", "conflicting values for this port");
            }
        }

        static string Hostname(Node listener) => listener["hostname"].Str() is { Length: > 0 } hostname ? hostname : "*";

        static long Limit(Node listener) => listener["resources"]["connectionLimit"].Int();
    }

    private static string Name(Node value) => value.Str() is { Length: > 0 } name ? name : "NONE";
}
