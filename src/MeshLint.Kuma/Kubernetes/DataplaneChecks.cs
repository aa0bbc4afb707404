using MeshLint.Kuma.Model;
using System.Buffers;
using System.Globalization;
using MeshLint.Kuma.Admission.Validators.Core;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>
/// What the API server and Kuma's validating webhook say to a derived Dataplane, as far as a derived one can be wrong
/// (kuma: pkg/core/resources/apis/mesh/dataplane_validator.go, managers/apis/dataplane/membership_validator.go, webhooks/validation.go).
/// </summary>
internal static class DataplaneChecks
{
    private const string TagCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:";

    private static readonly SearchValues<char> TagNameCharacters = SearchValues.Create(TagCharacters + "/");

    private static readonly SearchValues<char> TagValueCharacters = SearchValues.Create(TagCharacters);

    private const string Denied = "admission webhook \"validator.kuma-admission.kuma.io\" denied the request: ";

    /// <summary>Why the Dataplane is refused, or null.</summary>
    public static ConversionError? Check(Cluster cluster, NamespaceModel ns, DerivedDataplane derived, MeshInfo? mesh)
    {
        if (DerivedLabels.InvalidLabels("Dataplane", derived.Name, derived.Metadata) is { } invalid)
            return new ConversionError(DataplaneErrorReason.InvalidLabel, invalid);
        if (!DerivedLabels.HasWebhooks(cluster.Version, ns))
            return null;
        if (Origin(derived.Metadata) is { } origin)
            return new ConversionError(DataplaneErrorReason.Refused, Denied + origin);
        var violations = new List<string>();
        Validate(cluster.Version, derived, violations);
        if (violations.Count > 0)
            return new ConversionError(DataplaneErrorReason.Refused, Denied + string.Join("; ", violations.Select(static v => $"spec.{v}")));
        if (mesh is null)
            return new ConversionError(DataplaneErrorReason.MeshNotFound, $"{Denied}resource not found: type=\"Mesh\" name=\"{derived.Dataplane.Mesh}\" mesh=\"\"");
        return Membership(derived.Dataplane, mesh) is { } constraint
            ? new ConversionError(DataplaneErrorReason.Constraint, Denied + constraint, mesh.Constraints)
            : null;
    }

    /// <summary>The violation of a label <c>kuma.io/origin</c> with a value that Kuma does not know, or null.</summary>
    public static string? Origin(StoredMetadata metadata) =>
        metadata.Labels[WellKnown.Origin] is { Length: > 0 } origin and not ("zone" or "global")
            ? $"labels[\"{WellKnown.Origin}\"]: unknown resource origin {KumaAnnotations.Quote(origin)}"
            : null;

    private static void Validate(KumaVersion version, DerivedDataplane derived, List<string> violations)
    {
        var dataplane = derived.Dataplane;
        if (dataplane.Gateway != GatewayType.None)
            ValidateGateway(version, dataplane, violations);
        for (var i = 0; i < dataplane.Inbounds.Length; i++)
            ValidateInbound(version, dataplane.Inbounds[i], i, violations);
        ValidateReachableBackends(derived.TransparentProxying?.ReachableBackends, violations);
        if (version.Behaviour.DataplaneProbesAndMetrics && dataplane.Gateway != GatewayType.Builtin)
            ValidateProbes(derived.Probes, violations);
        if (dataplane.Gateway == GatewayType.None)
            ValidateListeners(dataplane, violations);
    }

    private static void ValidateGateway(KumaVersion version, Dataplane dataplane, List<string> violations)
    {
        const string path = "networking.gateway.tags";
        var tags = dataplane.GatewayTags;
        if (tags[WellKnown.ProtocolTag] is { } protocol && !string.Equals(protocol, "tcp", StringComparison.OrdinalIgnoreCase))
            violations.Add($"{path}[\"{WellKnown.ProtocolTag}\"]: other values than tcp are not allowed, provided value {KumaAnnotations.Quote(protocol)}");
        ValidateTags(tags, "networking.gateway", null, violations);
        if ((tags.Count > 0 || !version.Behaviour.InboundTagsOptional) && !tags.Contains(WellKnown.ServiceTag))
            violations.Add($"{path}: mandatory tag \"{WellKnown.ServiceTag}\" is missing");
    }

    private static void ValidateInbound(KumaVersion version, Inbound inbound, int index, List<string> violations)
    {
        if (inbound.Port is <= 0 or > 65535)
            violations.Add($"networking.inbound[{index}].port: port must be in the range [1, 65535]");
        if (version.Behaviour.InboundTags)
        {
            if (inbound.Tags[WellKnown.ProtocolTag] is { } tag && !Protocols.IsKnown(version, tag))
            {
                violations.Add(
                    $"networking.inbound[{index}].tags[\"{WellKnown.ProtocolTag}\"]: tag \"{WellKnown.ProtocolTag}\" has an invalid value {KumaAnnotations.Quote(tag)}. Allowed values: {Protocols.Hint(version)}");
            }

            ValidateTags(inbound.Tags, "networking.inbound", index, violations);
        }

        if (version.Behaviour.InboundProtocolField && inbound.RawProtocol.Length > 0 && !Protocols.IsKnown(version, inbound.RawProtocol))
            violations.Add($"networking.inbound[{index}].protocol: has an invalid value {KumaAnnotations.Quote(inbound.RawProtocol)}. Allowed values: {Protocols.Hint(version)}");
    }

    private static void ValidateTags(LabelSet tags, string parent, int? index, List<string> violations)
    {
        foreach (var (key, value) in tags)
        {
            if (key.Length == 0)
                violations.Add($"{Path()}: tag name must be non-empty");
            if (key.AsSpan().ContainsAnyExcept(TagNameCharacters))
                violations.Add($"{Path()}[\"{key}\"]: tag name must consist of alphanumeric characters, dots, dashes, slashes and underscores");
            if (value.Length == 0)
                violations.Add($"{Path()}[\"{key}\"]: tag value must be non-empty");
            if (value.AsSpan().ContainsAnyExcept(TagValueCharacters))
                violations.Add($"{Path()}[\"{key}\"]: tag value must consist of alphanumeric characters, dots, dashes and underscores");
        }

        string Path() => index is { } i ? $"{parent}[{i}].tags" : $"{parent}.tags";
    }

    private static void ValidateReachableBackends(ImmutableArray<DataplaneRef>? refs, List<string> violations)
    {
        if (refs is not { } list)
            return;
        for (var i = 0; i < list.Length; i++)
        {
            var path = $"networking.transparentProxing.reachableBackends.refs[{i}]";
            var item = list[i];
            if (item.Kind is not ("MeshService" or "MeshMultiZoneService" or "MeshExternalService"))
                violations.Add($"{path}.kind: invalid value. Available values are: MeshExternalService,MeshMultiZoneService,MeshService");
            if (item.Name.Length > 253)
                violations.Add($"{path}.name: value length must less or equal 253");
            else if (item.Name.Length > 0 && !DnsNames.IsSubdomain(item.Name))
            {
                violations.Add(
                    $"{path}.name: invalid characters. A lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character");
            }

            if (item.Name.Length == 0 && item.Namespace.Length == 0 && item.Labels.Count == 0)
                violations.Add($"{path}.name: name or labels are required");
            if (item.Name.Length == 0 && item.Namespace.Length > 0)
                violations.Add($"{path}.name: name is required, when namespace is defined");
            if ((item.Name.Length > 0 || item.Namespace.Length > 0) && item.Labels.Count > 0)
                violations.Add($"{path}.labels: labels cannot be defined when name is specified");
        }
    }

    private static void ValidateProbes(VirtualProbes? probes, List<string> violations)
    {
        if (probes is null)
            return;
        if (probes.Port is 0 or > 65535)
            violations.Add("probes.port: port must be in the range [1, 65535]");
        for (var i = 0; i < probes.Endpoints.Length; i++)
        {
            var endpoint = probes.Endpoints[i];
            if (endpoint.InboundPort is 0 or > 65535)
                violations.Add($"probes.endpoints[{i}].inboundPort: port must be in the range [1, 65535]");
            if (!IsUriPath(endpoint.InboundPath))
                violations.Add($"probes.endpoints[{i}].inboundPath: should be a valid URL Path");
            if (!IsUriPath(endpoint.Path))
                violations.Add($"probes.endpoints[{i}].path: should be a valid URL Path");
        }
    }

    /// <summary>Whether Go's url.ParseRequestURI takes a path: no control characters, escapes complete.</summary>
    private static bool IsUriPath(string path)
    {
        if (!path.StartsWith('/') || path.Any(static c => c < ' ' || c == '\u007f'))
            return false;
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var end = query < 0 ? path.Length : query;
        for (var i = 0; i < end; i++)
        {
            if (path[i] == '%' && (i + 2 >= end || !char.IsAsciiHexDigit(path[i + 1]) || !char.IsAsciiHexDigit(path[i + 2])))
                return false;
        }

        return true;
    }

    private static void ValidateListeners(Dataplane dataplane, List<string> violations)
    {
        if (dataplane.Listeners.IsEmpty)
            return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        var ports = new HashSet<(string Address, int Port)>();
        foreach (var inbound in dataplane.Inbounds)
        {
            names.Add(inbound.SectionName);
            ports.Add((inbound.Address, inbound.Port));
        }

        for (var i = 0; i < dataplane.Listeners.Length; i++)
        {
            var listener = dataplane.Listeners[i];
            var path = $"networking.listeners[{i}]";
            if (listener.Port is <= 0 or > 65535)
                violations.Add($"{path}.port: port must be in the range [1, 65535]");
            if (listener.Name.Length > 0 && !names.Add(listener.Name))
                violations.Add($"{path}.name: name {KumaAnnotations.Quote(listener.Name)} must be unique across inbounds and listeners");
            if (ports.Contains((listener.Address, listener.Port)))
            {
                var port = listener.Port.ToString(CultureInfo.InvariantCulture);
                violations.Add($"{path}: address:port {listener.Address}:{port} collides with an inbound listener");
            }
        }
    }

    private static string? Membership(Dataplane dataplane, MeshInfo mesh)
    {
        foreach (var inbound in dataplane.Inbounds)
        {
            if (MembershipCheck.FindProblem(mesh, inbound.Tags) is { } problem)
                return problem;
        }

        return dataplane.Gateway == GatewayType.None ? null : MembershipCheck.FindProblem(mesh, dataplane.GatewayTags);
    }
}
