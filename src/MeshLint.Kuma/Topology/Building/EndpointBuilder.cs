using MeshLint.Kuma.Model;
using System.Runtime.InteropServices;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// Endpoints of every destination port as the proxies of one zone have them (docs/kuma/mesh-services.md#endpoints,
/// docs/kuma/multi-zone.md#meshmultizoneservices, docs/kuma/multi-zone.md#meshexternalservices; kuma: pkg/xds/topology/outbound.go).
/// </summary>
internal sealed class EndpointBuilder(ZoneView view, KumaVersion version, IdentityBook identities)
{
    private readonly ControlPlane zone = view.ControlPlane;

    /// <summary>Endpoints of MeshServices are collected per destination name, so equal names share them.</summary>
    private readonly Dictionary<Key, ImmutableArray<Endpoint>.Builder> services = [];
    private readonly Dictionary<string, ImmutableArray<Endpoint>> egresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, List<Endpoint>>> ingresses = new(StringComparer.Ordinal);

    /// <summary>The endpoints of all destinations of the zone, per port.</summary>
    public Dictionary<DestinationInstance, ImmutableArray<ImmutableArray<Endpoint>>> Build()
    {
        var instances = view.Destinations;
        var result = new Dictionary<DestinationInstance, ImmutableArray<ImmutableArray<Endpoint>>>(instances.Length);
        foreach (var instance in instances)
        {
            if (instance.Kind == DestinationKind.MeshService)
                Collect(instance);
        }

        var byIdentity = new Dictionary<Key, DestinationInstance>();
        foreach (var instance in instances)
        {
            if (instance.Kind == DestinationKind.MeshService)
            {
                byIdentity[KeyOf(instance, "")] = instance;
                result[instance] = PerPort(instance, port => services.TryGetValue(KeyOf(instance, PortKey(instance, port)), out var list) ? list.ToImmutable() : []);
            }
            else if (instance.Kind == DestinationKind.MeshExternalService)
            {
                var egress = EgressesOf(instance.Mesh);
                result[instance] = PerPort(instance, _ => egress);
            }
        }

        foreach (var instance in instances)
        {
            if (instance.Kind == DestinationKind.MeshMultiZoneService)
                result[instance] = BuildMultiZone(instance, byIdentity);
        }

        return result;
    }

    private static ImmutableArray<ImmutableArray<Endpoint>> PerPort(DestinationInstance instance, Func<MeshServicePort, ImmutableArray<Endpoint>> endpoints)
    {
        var ports = instance.Destination.Ports;
        var result = ImmutableArray.CreateBuilder<ImmutableArray<Endpoint>>(ports.Length);
        foreach (var port in ports)
            result.Add(endpoints(port));
        return result.DrainToImmutable();
    }

    private void Collect(DestinationInstance instance)
    {
        var destination = instance.Destination;
        if (!ServiceStatus.IsLocal(instance.Labels))
        {
            if (IngressesOf(instance.Mesh).TryGetValue(instance.Labels[WellKnown.Zone] ?? "", out var remote))
            {
                foreach (var port in destination.Ports)
                    ListOf(KeyOf(instance, PortKey(instance, port))).AddRange(remote);
            }

            return;
        }

        if (!instance.IsLocal)
            return;
        foreach (var dataplane in ServiceStatus.Select(destination, view.DataplaneIndex, healthyOnly: true))
        {
            foreach (var inbound in dataplane.Inbounds)
            {
                if (!inbound.IsHealthy)
                    continue;
                foreach (var port in destination.Ports)
                {
                    if (ServiceStatus.Serves(inbound, port))
                        ListOf(KeyOf(instance, PortKey(instance, port))).Add(LocalEndpoint(dataplane, inbound));
                }
            }
        }
    }

    /// <summary>2.x endpoints prefer the advertised address of the Dataplane.</summary>
    public static Endpoint LocalEndpoint(Dataplane dataplane, Inbound inbound) => new(
        EndpointRoute.Local, dataplane.Zone, dataplane, dataplane.AdvertisedAddress.Length > 0 ? dataplane.AdvertisedAddress : inbound.Address, inbound.Port, 0);

    private ImmutableArray<ImmutableArray<Endpoint>> BuildMultiZone(DestinationInstance instance, Dictionary<Key, DestinationInstance> byIdentity)
    {
        var ports = instance.Destination.Ports;
        var byPort = new Dictionary<string, ImmutableArray<Endpoint>.Builder>(StringComparer.Ordinal);
        foreach (var matched in instance.MatchedServices)
        {
            if (matched.Mesh != instance.Mesh)
                continue;
            var service = byIdentity[KeyOf(matched, "")];
            if (!ServiceStatus.IsLocal(service.Labels) && !service.Destination.IsAvailable)
                continue;
            foreach (var port in ports)
            {
                if (ServicePortKey(service, instance, port) is not { } key || !services.TryGetValue(KeyOf(service, key), out var endpoints))
                    continue;
                var ownKey = PortKey(instance, port);
                if (!byPort.TryGetValue(ownKey, out var list))
                    byPort[ownKey] = list = ImmutableArray.CreateBuilder<Endpoint>();
                list.AddRange(endpoints);
            }
        }

        return PerPort(instance, port => byPort.TryGetValue(PortKey(instance, port), out var list) ? list.ToImmutable() : []);
    }

    /// <summary>The port of a matched service that serves a port: 2.x the same number, 3.0 what the section name finds.</summary>
    private string? ServicePortKey(DestinationInstance service, DestinationInstance multiZone, MeshServicePort port)
    {
        if (version.Behaviour.MultiZonePortsByNumber)
            return Values.Number(port.Port);
        return service.Destination.FindPort(multiZone.Destination.SectionName(port, version)) is { } found ? PortKey(service, found) : null;
    }

    private string PortKey(DestinationInstance instance, MeshServicePort port) =>
        version.Behaviour.EndpointsByPortNumber ? Values.Number(port.Port) : instance.Destination.SectionName(port, version);

    private static Key KeyOf(DestinationInstance instance, string port) =>
        new(instance.Mesh, instance.Labels[WellKnown.Zone] ?? "", instance.Labels[WellKnown.Namespace] ?? "", instance.DisplayName, port);

    private ImmutableArray<Endpoint>.Builder ListOf(Key key)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(services, key, out _);
        return list ??= ImmutableArray.CreateBuilder<Endpoint>();
    }

    /// <summary>Public addresses of the ingresses of other zones, by zone; empty where the mesh has neither mTLS nor an identity.</summary>
    private Dictionary<string, List<Endpoint>> IngressesOf(string mesh)
    {
        if (ingresses.TryGetValue(mesh, out var found))
            return found;
        var result = new Dictionary<string, List<Endpoint>>(StringComparer.Ordinal);
        ingresses[mesh] = result;
        if (!(view.MeshOf(mesh).HasMtls || (version.Behaviour.MeshIdentities && identities.HasIdentity(mesh))))
            return result;
        if (version.Behaviour.MeshZoneAddresses)
            AddZoneAddresses(mesh, result);
        if (version.Behaviour.ZoneIngressesAndEgresses)
            AddZoneIngresses(result);
        return result;
    }

    private void AddZoneAddresses(string mesh, Dictionary<string, List<Endpoint>> result)
    {
        var seen = new HashSet<(string Zone, string Address, int Port)>();
        foreach (var resource in view.ResourcesOf("MeshZoneAddress", mesh))
        {
            if (resource.ZoneLabel.Length == 0 || resource.ZoneLabel == zone.Zone)
                continue;
            var address = Values.Text(resource.Spec["address"]);
            var port = Values.Int(resource.Spec["port"]) ?? 0;
            // 2.14 drops an address that another zone has already; 3.0 only within one zone.
            if (seen.Add((version.Behaviour.ZoneAddressOnceInAll ? "" : resource.ZoneLabel, address.Length > 0 ? address : resource.CoreName, port)))
                Add(result, resource.ZoneLabel, address, port);
        }
    }

    private void AddZoneIngresses(Dictionary<string, List<Endpoint>> result)
    {
        var withAddress = new HashSet<string>(result.Keys, StringComparer.Ordinal);
        var seen = new HashSet<(string Address, int Port)>();
        foreach (var resource in view.ResourcesOf("ZoneIngress", ""))
        {
            if (resource.Home.Zone == zone.Zone || withAddress.Contains(resource.Home.Zone))
                continue;
            var networking = resource.Spec["networking"];
            var address = Values.Text(networking["advertisedAddress"]);
            var port = Values.Int(networking["advertisedPort"]) ?? 0;
            // Where only the running cluster knows the address of a derived one, there is an endpoint all the same.
            var isReachable = resource.DerivedFrom is not null || (address.Length > 0 && port > 0);
            if (isReachable && seen.Add((address.Length > 0 ? address : resource.CoreName, port)))
                Add(result, resource.Home.Zone, address, port);
        }
    }

    private static void Add(Dictionary<string, List<Endpoint>> result, string zone, string address, int port)
    {
        if (!result.TryGetValue(zone, out var list))
            result[zone] = list = [];
        list.Add(new Endpoint(EndpointRoute.ZoneIngress, zone, null, address, port, 1));
    }

    /// <summary>The egresses of the zone: Dataplanes with a ready egress listener (2.14 and later), else ZoneEgress resources (2.x).</summary>
    public ImmutableArray<Endpoint> EgressesOf(string mesh)
    {
        if (egresses.TryGetValue(mesh, out var found))
            return found;
        var list = ImmutableArray.CreateBuilder<Endpoint>();
        foreach (var dataplane in view.DataplanesOf(mesh))
        {
            foreach (var listener in dataplane.Listeners)
            {
                if (listener is { Type: "ZoneEgress", State: InboundState.Ready })
                    list.Add(new Endpoint(EndpointRoute.ZoneEgress, zone.Zone, dataplane, listener.Address, listener.Port, 0));
            }
        }

        if (list.Count == 0)
            list.AddRange(LegacyEgresses);
        return egresses[mesh] = list.ToImmutable();
    }

    /// <summary>The ZoneEgress resources of the zone, 2.x.</summary>
    public ImmutableArray<Endpoint> LegacyEgresses
    {
        get
        {
            if (!version.Behaviour.ZoneIngressesAndEgresses)
                return [];
            var list = ImmutableArray.CreateBuilder<Endpoint>();
            foreach (var resource in view.ResourcesOf("ZoneEgress", ""))
            {
                if (resource.IsLocal)
                    list.Add(new Endpoint(EndpointRoute.ZoneEgress, zone.Zone, null, Values.Text(resource.Spec["networking"]["address"]), Values.Int(resource.Spec["networking"]["port"]) ?? 0, 0));
            }

            return list.ToImmutable();
        }
    }

    private readonly record struct Key(string Mesh, string Zone, string Namespace, string Name, string Port);
}
