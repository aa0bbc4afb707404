using System.Globalization;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Migration;

/// <summary>
/// Writes what to put in the place of a legacy reference, once it is decided what its name becomes (docs/kuma/migration.md#replacements).
/// </summary>
internal sealed class ReplacementWriter(MeshGraph graph)
{
    private readonly Dictionary<string, Destination> byKri = graph.Destinations.GroupBy(static d => d.Kri, StringComparer.Ordinal)
        .ToDictionary(static g => g.Key, static g => g.First(), StringComparer.Ordinal);

    public string For(LegacyReference reference, ServicePlan service)
    {
        if (reference.IsSubset || service.Decision is not { } kind || service.Resources.IsEmpty)
            return "";
        var resource = Choose(reference, service, kind);
        if (resource is null)
            return "";
        return reference.Role switch
        {
            LegacyReferenceRole.Outbound =>
                $"backendRef: {Target(reference, service, resource, withPort: true, withSection: false, withZone: true)}",
            LegacyReferenceRole.Reachable => Target(reference, service, resource, withPort: false, withSection: false, withZone: true),
            LegacyReferenceRole.BackendRef or LegacyReferenceRole.RequestMirror =>
                Target(reference, service, resource, withPort: true, withSection: false, withZone: false),
            LegacyReferenceRole.To => Target(reference, service, resource, withPort: false, withSection: true, withZone: false),
            LegacyReferenceRole.Hostname => Hostname(reference, resource),
            _ => "",
        };
    }

    // Outbounds and the like mean the service as the consumer's zone sees it: the multi-zone one, else its own zone's, else the only one.
    private static PlannedResource? Choose(LegacyReference reference, ServicePlan service, DestinationKind kind)
    {
        var wanted = service.Resources.Where(r => r.Kind == kind).ToList();
        return wanted.Find(r => r.ControlPlane == reference.Place) ?? wanted.FirstOrDefault();
    }

    private string Target(
        LegacyReference reference, ServicePlan service, PlannedResource resource, bool withPort, bool withSection, bool withZone)
    {
        var isService = resource.Kind == DestinationKind.MeshService;
        var labels = new List<(string, string)> { (WellKnown.DisplayName, Flow.Text(resource.Name)) };
        if (isService && resource.Namespace.Length > 0)
            labels.Add((WellKnown.Namespace, Flow.Text(resource.Namespace)));
        if (isService && (withZone || reference.PinsZone))
            labels.Add((WellKnown.Zone, Flow.Text(resource.ControlPlane)));
        var entries = new List<(string, string)> { ("kind", KindName(resource.Kind)), ("labels", Flow.Map(labels)) };
        var port = Port(service, resource);
        if (withSection && isService && LegacyPort(service.LegacyName) is not null && port is { } section)
            entries.Add(("sectionName", Flow.Text(section.Name)));
        if (withPort && port is { } number)
            entries.Add(("port", Flow.Number(number.Number)));
        return Flow.Map(entries);
    }

    private string Hostname(LegacyReference reference, PlannedResource resource)
    {
        if (!byKri.TryGetValue(resource.Kri, out var destination))
            return "";
        var instance = destination.Instances.FirstOrDefault(i => i.ControlPlane.Name == reference.Place) ?? destination.Local;
        var hostname = instance.Hostnames.FirstOrDefault(static h => h.Reason == HostnameReason.Generated)?.Hostname;
        return hostname is null || destination.Ports.IsEmpty
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{hostname}:{destination.Ports[0].Port}");
    }

    private (string Name, int Number)? Port(ServicePlan service, PlannedResource resource)
    {
        if (!byKri.TryGetValue(resource.Kri, out var destination) || destination.Ports.IsEmpty)
            return service.Ports is [var only] ? (Flow.Number(only), only) : null;
        var port = destination.Ports[0];
        if (LegacyPort(service.LegacyName) is { } number)
        {
            var match = destination.Ports.FirstOrDefault(p => p.Port == number);
            if (match is null)
                return null;
            port = match;
        }
        else if (destination.Ports.Length > 1)
        {
            return null;
        }

        return (port.Name is { Length: > 0 } name ? name : Flow.Number(port.Port), port.Port);
    }

    /// <summary>The port in <c>name_ns_svc_port</c>.</summary>
    internal static int? LegacyPort(string name)
    {
        var parts = name.Split('_');
        return parts.Length == 4 && parts[2] == "svc"
            && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : null;
    }

    internal static string KindName(DestinationKind kind) => kind switch
    {
        DestinationKind.MeshService => "MeshService",
        DestinationKind.MeshMultiZoneService => "MeshMultiZoneService",
        _ => "MeshExternalService",
    };
}
