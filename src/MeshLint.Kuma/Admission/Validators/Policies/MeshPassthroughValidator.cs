using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshpassthrough/api/v1alpha1/validator.go.</summary>
internal static class MeshPassthroughValidator
{
    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        PolicyParts.ValidateTop(v, spec, Mesh | MeshSubset | Dataplane);

        var protocolOfPort = new Dictionary<long, string>();
        var seen = new HashSet<(long Port, string Protocol, string Value)>();
        foreach (var match in spec["default"]["appendMatch"].Items)
        {
            ValidatePort(match, protocolOfPort, seen);
            ValidateProtocol(match["protocol"]);
            ValidateValue(match);
        }
    }

    private static void ValidatePort(
        Field match, Dictionary<long, string> protocolOfPort, HashSet<(long Port, string Protocol, string Value)> seen)
    {
        var port = match["port"];
        var protocol = match["protocol"].Text;
        if (!port.IsSet)
        {
            port.ReportIf(protocol == "mysql" && match.Behaviour.MysqlProtocol, "port must be defined for Mysql protocol");
            return;
        }

        port.ReportIf(!Checks.IsPort(port), Messages.ValidPort);
        if (protocolOfPort.TryGetValue(port.Integer, out var earlier) && earlier != protocol && IsHttp(protocol))
            port.Report(
                "using the same port in multiple matches requires the same protocol for the following protocols: [grpc http http2]");
        else
            protocolOfPort[port.Integer] = protocol;
        match["value"].ReportIf(
            !seen.Add((port.Integer, protocol, match["value"].Text)),
            $"value {match["value"].Text} is already defiend for this port and protocol");
    }

    private static void ValidateProtocol(Field protocol)
    {
        var known = protocol.Text is "tcp" or "tls" or "grpc" or "http" or "http2";
        if (protocol.Behaviour.MysqlProtocol)
            protocol.ReportIf(
                !known && protocol.Text != "mysql", Messages.FieldOneOf("protocol", "tcp", "tls", "grpc", "http", "http2", "mysql"));
        else
            protocol.ReportIf(!known, Messages.FieldOneOf("protocol", "tcp", "tls", "grpc", "http", "http2"));
    }

    private static void ValidateValue(Field match)
    {
        var type = match["type"];
        var value = match["value"];
        switch (type.Text)
        {
            case "CIDR":
                value.ReportIf(!GoAddress.IsCidr(value.Text), "provided CIDR has incorrect value");
                break;
            case "IP":
                value.ReportIf(!GoAddress.IsIP(value.Text), "provided IP has incorrect value");
                break;
            case "Domain":
                ValidateDomain(match);
                break;
            default:
                type.Report($"provided type {type.Text} is not supported, one of Domain, IP, or CIDR is supported");
                break;
        }
    }

    private static void ValidateDomain(Field match)
    {
        var value = match["value"];
        var protocol = match["protocol"];
        protocol.ReportIf(
            protocol.Text == "tcp" || (protocol.Text == "mysql" && match.Behaviour.MysqlProtocol),
            $"protocol {protocol.Text} is not supported for a domain");
        var isWildcard = value.Text.StartsWith('*');
        value.ReportIf(
            isWildcard && value.Text.Length > 1 && value.Text[1] != '.',
            "provided DNS has incorrect value, partial wildcard is currently not supported");
        match["port"].ReportIf(
            isWildcard && !match["port"].IsSet && IsHttp(protocol.Text),
            "wildcard domains doesn't work for all ports and layer 7 protocol");

        var name = match.Behaviour.WildcardDomainsChecked && value.Text.StartsWith("*.", StringComparison.Ordinal)
            ? value.Text[2..]
            : value.Text;
        value.ReportIf(!name.StartsWith('*') && !WebText.IsDnsName(name), "provided DNS has incorrect value");
    }

    private static bool IsHttp(string protocol) => protocol is "grpc" or "http" or "http2";
}
