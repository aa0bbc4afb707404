using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// Selection and status of the MeshServices of one zone (docs/kuma/mesh-services.md#selection, docs/kuma/mesh-services.md#status; kuma:
/// meshservice/match.go, meshservice/status/updater.go).
/// </summary>
internal static class ServiceStatus
{
    /// <summary>A MeshService that its control plane takes for its own: without origin, or with origin <c>zone</c>.</summary>
    public static bool IsLocal(LabelSet labels) => labels[WellKnown.Origin] is null or "" or "zone";

    /// <summary>The Dataplanes that a MeshService selects, in creation order.</summary>
    /// <param name="service">The MeshService.</param>
    /// <param name="index">The Dataplanes of its zone.</param>
    /// <param name="healthyOnly">As endpoints want it: Dataplanes without a healthy inbound do not count.</param>
    public static ImmutableArray<Dataplane> Select(Destination service, DataplaneIndex index, bool healthyOnly)
    {
        var selector = service.Selector;
        if (selector.DataplaneRef is { } name)
            return index.ByCoreName(service.Mesh, name) is { } dataplane && Counts(dataplane) ? [dataplane] : [];
        if (selector.DataplaneTags is { } tags)
            return SelectByTags(service.Mesh, tags.Labels, index, healthyOnly);
        if (selector.DataplaneLabels is not { } labels)
            return [];
        var found = index.ByLabels(service.Mesh, labels.Labels);
        foreach (var dataplane in found)
        {
            if (!Counts(dataplane))
                return found.RemoveAll(d => !Counts(d));
        }

        return found;

        bool Counts(Dataplane dataplane)
        {
            foreach (var inbound in dataplane.Inbounds)
            {
                if (!healthyOnly || inbound.IsHealthy)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether an inbound serves a port: a number compares with the port, a name with the name, and an absent targetPort matches nothing.</summary>
    public static bool Serves(Inbound inbound, MeshServicePort port) =>
        port.TargetPort.Number is { } number ? number == inbound.Port : port.TargetPort.Name is { } name && name == inbound.Name;

    /// <summary>Sets selection, state, identities and TLS readiness of a MeshService that is its zone's own.</summary>
    public static void Update(Destination service, SelectionMemo selections, IdentityBook identities, MeshInfo mesh, KumaVersion version)
    {
        var selected = selections.Of(service);
        service.Selected = selected;
        var healthy = 0;
        foreach (var dataplane in selected)
        {
            if (ServesAll(dataplane, service.Ports, version))
                healthy++;
        }

        service.HealthyDataplanes = healthy;
        service.IsAvailable = healthy > 0;
        service.IdentitySource = new(() => IdentitiesOf(service, identities, mesh, version));
        service.TlsReady = (mesh.HasMtls, identities.HasIdentity(service.Mesh)) switch
        {
            (false, false) => false,
            _ when selected.IsEmpty => true,
            (true, _) => null,
            _ => identities.AllTrusted(service.Mesh, selected),
        };
    }

    private static ImmutableArray<Dataplane> SelectByTags(string mesh, LabelSet tags, DataplaneIndex index, bool healthyOnly)
    {
        ImmutableArray<Dataplane> rarest = default;
        foreach (var (key, value) in tags)
        {
            var holders = index.ByTag(mesh, key, value);
            if (holders.IsEmpty)
                return [];
            if (rarest.IsDefault || holders.Length < rarest.Length)
                rarest = holders;
        }

        if (rarest.IsDefault)
            return [];
        // All holders of a pair share one array: services that select the same Dataplanes hold the same list.
        if (tags.Count == 1 && !healthyOnly)
            return rarest;
        ImmutableArray<Dataplane>.Builder? selected = null;
        for (var i = 0; i < rarest.Length; i++)
        {
            var dataplane = rarest[i];
            if (HasTogether(dataplane, tags) && (!healthyOnly || HasEachOnHealthy(dataplane, tags)))
            {
                selected?.Add(dataplane);
                continue;
            }

            if (selected is null)
            {
                selected = ImmutableArray.CreateBuilder<Dataplane>();
                selected.AddRange(rarest, i);
            }
        }

        return selected?.DrainToImmutable() ?? rarest;
    }

    private static bool HasTogether(Dataplane dataplane, LabelSet tags)
    {
        foreach (var inbound in dataplane.Inbounds)
        {
            if (inbound.Tags.Matches(tags))
                return true;
        }

        return false;
    }

    private static bool HasEachOnHealthy(Dataplane dataplane, LabelSet tags)
    {
        foreach (var (key, value) in tags)
        {
            var found = false;
            foreach (var inbound in dataplane.Inbounds)
                found |= inbound.IsHealthy && inbound.Tags[key] == value;
            if (!found)
                return false;
        }

        return true;
    }

    private static bool ServesAll(Dataplane dataplane, ImmutableArray<MeshServicePort> ports, KumaVersion version)
    {
        foreach (var port in ports)
        {
            if (!(version.Behaviour.StatusByTargetPort ? ServesPort(dataplane, port) : ServesIn29(dataplane, port)))
                return false;
        }

        return true;
    }

    /// <summary>Looks at the state only, not at the legacy health.</summary>
    private static bool ServesPort(Dataplane dataplane, MeshServicePort port)
    {
        foreach (var inbound in dataplane.Inbounds)
        {
            if (inbound.State == InboundState.Ready && Serves(inbound, port))
                return true;
        }

        return false;
    }

    /// <summary>2.9 compares the first inbound that has the port's name or number, not its target port.</summary>
    private static bool ServesIn29(Dataplane dataplane, MeshServicePort port)
    {
        foreach (var inbound in dataplane.Inbounds)
        {
            if ((port.Name is { Length: > 0 } name && inbound.Name == name) || inbound.Port == port.Port)
                return inbound.State == InboundState.Ready;
        }

        return false;
    }

    private static ImmutableArray<ServiceIdentity> IdentitiesOf(Destination service, IdentityBook book, MeshInfo mesh, KumaVersion version)
    {
        var spiffe = version.Behaviour.MeshIdentities ? book.SpiffeIds(service.Mesh, service.Selected) : [];
        var identities = ImmutableArray.CreateBuilder<ServiceIdentity>();
        if (version.Behaviour.ServiceTagIdentities && (version.Behaviour.TagsBesideSpiffeIds || spiffe.Count == 0 || mesh.HasMtls))
        {
            var tags = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var dataplane in service.Selected)
                AddServiceTags(dataplane, tags, version);
            foreach (var tag in tags)
                identities.Add(new ServiceIdentity("ServiceTag", tag));
        }

        foreach (var id in spiffe)
            identities.Add(new ServiceIdentity("SpiffeID", id));
        return identities.ToImmutable();
    }

    private static void AddServiceTags(Dataplane dataplane, SortedSet<string> tags, KumaVersion version)
    {
        var found = false;
        foreach (var inbound in dataplane.Inbounds)
        {
            if (inbound.Tags[WellKnown.ServiceTag] is not { } tag)
                continue;
            tags.Add(tag);
            found = true;
        }

        if (!found && version.Behaviour.WorkloadAsServiceTag && dataplane.Labels[WellKnown.Workload] is { Length: > 0 } workload)
            tags.Add(workload);
    }
}
