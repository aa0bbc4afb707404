using System.Collections.Immutable;
using System.Text.Json;
using MeshLint.Conformance.Tests.Universes;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Conformance.Tests.References;

/// <summary>The references of a recorded mesh, findable by document and path.</summary>
internal sealed class BoundUniverse
{
    private readonly Dictionary<(StoredResource From, string Path), Reference> references = [];

    public BoundUniverse(Universe universe)
    {
        Universe = universe;
        foreach (var reference in universe.References)
        {
            if (reference.From is { } from)
                references[(from, reference.Path)] = reference;
        }
    }

    public Universe Universe { get; }

    /// <summary>The recorded proxies with the zone that each is in.</summary>
    public IEnumerable<(ZoneView View, Dataplane Dataplane, string Subject, JsonElement Recorded)> Proxies()
    {
        foreach (var proxy in Universe.Expected.GetProperty("proxies").EnumerateObject())
        {
            var slash = proxy.Name.IndexOf('/', StringComparison.Ordinal);
            var view = Universe.ViewOf(slash < 0 ? Universe.Json.GetProperty("zones")[0].GetString() ?? "" : proxy.Name[..slash]);
            if (view.FindDataplane(Universe.Mesh, proxy.Name[(slash + 1)..]) is { } dataplane)
                yield return (view, dataplane, $"{Universe.Id} {proxy.Name}", proxy.Value);
        }
    }

    /// <summary>What a reference ends as in a zone, or null.</summary>
    public ReferenceOutcome? Outcome(StoredResource? from, string path, ZoneView view) =>
        from is not null && references.TryGetValue((from, path), out var reference)
            ? reference.Outcomes.FirstOrDefault(o => ReferenceEquals(o.ControlPlane, view.ControlPlane))
            : null;

    /// <summary>The policies of a kind that apply to a proxy.</summary>
    public IEnumerable<ResourceInstance> PoliciesFor(ZoneView view, Dataplane dataplane, string kind) =>
        view.ResourcesOf(kind, Universe.Mesh).Where(p => p.Labels["kuma.io/effect"] != "shadow" && Applies(view, dataplane, p));

    /// <summary>The inbounds (and listeners) of the proxy that the policy applies to, by port.</summary>
    public ImmutableArray<int> InboundsOf(ZoneView view, Dataplane dataplane, ResourceInstance policy)
    {
        foreach (var target in TargetsOf(view, policy))
        {
            if (target.Mesh is not null && Reaches(policy, dataplane))
                return [.. dataplane.Inbounds.Select(i => i.Port), .. dataplane.Listeners.Select(l => l.Port)];
            if (!ReferenceEquals(target.Dataplane, dataplane))
                continue;
            var isTags = policy.Spec["targetRef"]["kind"].AsString() is "MeshSubset" or "MeshService" or "MeshServiceSubset";
            return target.Inbounds.IsEmpty && target.Listeners.IsEmpty
                ? [.. dataplane.Inbounds.Select(i => i.Port), .. isTags ? [] : dataplane.Listeners.Select(l => l.Port)]
                : [.. target.Inbounds.Select(i => i.Port), .. target.Listeners.Select(l => l.Port)];
        }

        return [];
    }

    private bool Applies(ZoneView view, Dataplane dataplane, ResourceInstance policy)
    {
        foreach (var target in TargetsOf(view, policy))
        {
            if (ReferenceEquals(target.Dataplane, dataplane) || (target.Mesh is not null && Reaches(policy, dataplane)))
                return true;
            if (target.Resource is { Kind: "MeshHTTPRoute" } route && Applies(view, dataplane, route))
                return true;
        }

        return false;
    }

    /// <summary>What the top-level targetRef finds; the policies that a Mesh makes by itself mean the mesh.</summary>
    private ImmutableArray<ReferenceTarget> TargetsOf(ZoneView view, ResourceInstance policy)
    {
        if (policy.Stored is null)
            return [new ReferenceTarget { Mesh = view.Meshes[policy.Mesh], Kri = "" }];
        return Outcome(policy.Stored, "spec.targetRef", view) is { Status: not (ReferenceStatus.Unresolved or ReferenceStatus.Ignored) } outcome ? outcome.Targets : [];
    }

    /// <summary>A mesh as target stands for every Dataplane of it that the policy's role reaches.</summary>
    private static bool Reaches(ResourceInstance policy, Dataplane dataplane)
    {
        var types = policy.Spec["targetRef"]["proxyTypes"];
        return (dataplane.Gateway != GatewayType.None || !dataplane.Inbounds.IsEmpty || !dataplane.Listeners.IsEmpty)
            && PolicyReach.Of(policy.Labels).Includes(dataplane)
            && (types.Count == 0 || types.Items.Any(t => t.AsString() == (dataplane.Gateway == GatewayType.None ? "Sidecar" : "Gateway")));
    }
}
