using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Admission;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Which Dataplanes a policy may select at all: by its role, zone and namespace (docs/kuma/labels.md#policy-role; kuma:
/// pkg/plugins/policies/core/matchers/dataplane.go).
/// </summary>
/// <param name="Zone">Only Dataplanes of that zone; null = all.</param>
/// <param name="Namespace">Only Dataplanes of that namespace; null = all.</param>
internal readonly record struct PolicyReach(string? Zone, string? Namespace)
{
    public static PolicyReach Of(LabelSet policy)
    {
        var role = policy[WellKnown.PolicyRole] ?? PolicyRole.System;
        var zone = role != PolicyRole.Producer && policy[WellKnown.Origin] == "zone" ? policy[WellKnown.Zone] : null;
        return new PolicyReach(zone, role is PolicyRole.Consumer or PolicyRole.WorkloadOwner ? policy[WellKnown.Namespace] ?? "" : null);
    }

    public bool Includes(Dataplane dataplane) => IncludesZone(dataplane) && (Namespace is null || (Namespace.Length > 0 && dataplane.Labels[WellKnown.Namespace] == Namespace));

    private bool IncludesZone(Dataplane dataplane)
    {
        if (Zone is null || dataplane.Labels[WellKnown.Origin] is not { } origin || origin == "global")
            return true;
        return origin == "zone" && (dataplane.Labels[WellKnown.Zone] is not { } zone || zone == Zone);
    }
}

/// <summary>What a top-level targetRef selects in one zone.</summary>
/// <param name="Targets">The Dataplanes, with the inbounds that a section or tags single out.</param>
/// <param name="Matched">How many match, reach and section aside.</param>
/// <param name="Reached">How many of those the policy reaches.</param>
internal sealed record DataplaneSelection(ImmutableArray<ReferenceTarget> Targets, int Matched, int Reached);

/// <summary>Selects Dataplanes for policies; equal queries are answered once (docs/kuma/policies.md#selection).</summary>
internal sealed class DataplaneSelections(BindingScope scope)
{
    private readonly Dictionary<(string Mesh, LabelSet Labels), ImmutableArray<Dataplane>> byLabels = [];
    private readonly Dictionary<(string Mesh, LabelSet Query, bool IsTags, string Section, string Types, PolicyReach Reach), DataplaneSelection> selections = [];
    private readonly Dictionary<(string Mesh, string Types, PolicyReach Reach), (bool Any, bool Reached)> meshes = [];
    private readonly Dictionary<(string Mesh, string Zone, string Namespace, string Name), Dataplane> names = [];
    private bool hasNames;

    /// <summary>Whether the zone has any Dataplane of the mesh, and whether a policy for the whole mesh reaches one.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="types">2.x <c>proxyTypes</c>, comma separated; "" = all.</param>
    /// <param name="reach">What the policy may select.</param>
    public (bool Any, bool Reached) OfMesh(string mesh, string types, PolicyReach reach)
    {
        if (meshes.TryGetValue((mesh, types, reach), out var known))
            return known;
        var all = scope.View.DataplanesOf(mesh);
        var candidates = reach.Namespace is { } ns ? scope.View.FindDataplanes(mesh, LabelSet.Empty.With(WellKnown.Namespace, ns)) : all;
        var reached = false;
        foreach (var dataplane in candidates)
        {
            if (reach.Includes(dataplane) && IsMatchable(dataplane) && HasType(dataplane, types))
            {
                reached = true;
                break;
            }
        }

        return meshes[(mesh, types, reach)] = (!all.IsEmpty, reached);
    }

    /// <summary>2.10 and later: <c>kind: Dataplane</c> by labels (none = all) and section.</summary>
    public DataplaneSelection ByLabels(string mesh, LabelSet labels, string section, PolicyReach reach)
    {
        var found = WithLabels(mesh, labels);
        if (selections.TryGetValue((mesh, labels, false, section, "", reach), out var selection))
            return selection;
        // Every other section and reach goes through the list again.
        return selections[(mesh, labels, false, section, "", reach)] = Narrow(scope.View.Budget.Take(found), section, reach);
    }

    /// <summary>2.10 – 2.14: <c>kind: Dataplane</c> by name.</summary>
    public DataplaneSelection ByName(string mesh, string zone, string ns, string name, string section, PolicyReach reach)
    {
        if (!hasNames)
        {
            hasNames = true;
            foreach (var dataplane in scope.View.Dataplanes)
                names.TryAdd((dataplane.Mesh, dataplane.Labels[WellKnown.Zone] ?? "", dataplane.Namespace, dataplane.DisplayName), dataplane);
        }

        return Narrow(names.TryGetValue((mesh, zone, ns, name), out var found) ? [found] : [], section, reach);
    }

    /// <summary>2.x: MeshSubset, MeshService, MeshServiceSubset at the top level, by inbound or gateway tags.</summary>
    public DataplaneSelection ByTags(string mesh, LabelSet tags, string types, PolicyReach reach)
    {
        var holders = scope.Tags.Find(mesh, tags);
        if (selections.TryGetValue((mesh, tags, true, "", types, reach), out var selection))
            return selection;
        var targets = ImmutableArray.CreateBuilder<ReferenceTarget>();
        int matched = 0, reached = 0;
        holders = scope.View.Budget.Take(holders);
        for (var i = 0; i < holders.Length;)
        {
            var dataplane = holders[i].Dataplane;
            var inbounds = ImmutableArray.CreateBuilder<Inbound>();
            var isGateway = false;
            for (; i < holders.Length && ReferenceEquals(holders[i].Dataplane, dataplane); i++)
            {
                if (holders[i].Inbound is not { } inbound)
                    isGateway = true;
                else if (IsSelectable(inbound))
                    inbounds.Add(inbound);
            }

            if ((inbounds.Count == 0 && !isGateway) || !HasType(dataplane, types))
                continue;
            matched++;
            if (!reach.Includes(dataplane))
                continue;
            reached++;
            targets.Add(inbounds.Count == dataplane.Inbounds.Length
                ? scope.TargetOf(dataplane)
                : BindingScope.TargetOf(dataplane, inbounds.ToImmutable(), [], inbounds.Count == 1 ? inbounds[0].SectionName : ""));
        }

        return selections[(mesh, tags, true, "", types, reach)] = new DataplaneSelection(targets.ToImmutable(), matched, reached);
    }

    /// <summary>The Dataplanes that have all labels, where a pair with an empty value also finds those without the label (G40).</summary>
    public ImmutableArray<Dataplane> WithLabels(string mesh, LabelSet labels)
    {
        if (byLabels.TryGetValue((mesh, labels), out var found))
        {
            scope.View.Budget.Again(found.Length);
            return found;
        }

        var empty = labels.Where(static p => p.Value.Length == 0).Select(static p => p.Key).ToList();
        found = scope.View.FindDataplanes(mesh, empty.Count == 0 ? labels : LabelSet.Create(labels.Where(static p => p.Value.Length > 0)));
        if (empty.Count > 0)
            found = [.. found.Where(d => empty.TrueForAll(key => d.Labels[key] is null or ""))];
        return byLabels[(mesh, labels)] = found;
    }

    private DataplaneSelection Narrow(ImmutableArray<Dataplane> dataplanes, string section, PolicyReach reach)
    {
        var targets = ImmutableArray.CreateBuilder<ReferenceTarget>();
        int matched = 0, reached = 0;
        foreach (var dataplane in dataplanes)
        {
            if (!IsMatchable(dataplane) || dataplane.Gateway == GatewayType.Builtin
                || (dataplane.Gateway != GatewayType.None && !scope.Version.Behaviour.TopLevelGateways))
                continue;
            matched++;
            if (!reach.Includes(dataplane))
                continue;
            reached++;
            if (section.Length == 0)
            {
                targets.Add(scope.TargetOf(dataplane));
                continue;
            }

            ImmutableArray<Inbound> inbounds = [.. dataplane.Inbounds.Where(i => IsSelectable(i) && SectionOf(i) == section)];
            ImmutableArray<ProxyListener> listeners = [.. dataplane.Listeners.Where(l => l.SectionName == section)];
            if (!inbounds.IsEmpty || !listeners.IsEmpty)
                targets.Add(BindingScope.TargetOf(dataplane, inbounds, listeners, section));
        }

        return new DataplaneSelection(targets.ToImmutable(), matched, reached);
    }

    /// <summary>A Dataplane without inbound, listener and gateway is matched by no policy at all.</summary>
    private bool IsMatchable(Dataplane dataplane) =>
        dataplane.Gateway != GatewayType.None || !dataplane.Listeners.IsEmpty || dataplane.Inbounds.Any(IsSelectable);

    private bool IsSelectable(Inbound inbound) => scope.Version.Behaviour.IgnoredInboundsSelected || inbound.State != InboundState.Ignored;

    private string SectionOf(Inbound inbound) => scope.Version.Behaviour.UnnamedSectionsSelected ? inbound.SectionName : inbound.Name;

    private static bool HasType(Dataplane dataplane, string types) =>
        types.Length == 0 || types.Split(',').Contains(dataplane.Gateway == GatewayType.None ? "Sidecar" : "Gateway", StringComparer.Ordinal);
}
