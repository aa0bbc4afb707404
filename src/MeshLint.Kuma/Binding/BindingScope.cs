using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Binding;

/// <summary>Who refers, as one control plane sees the document: what names without zone and namespace are completed with.</summary>
/// <param name="Mesh">Mesh of the document.</param>
/// <param name="Zone">Its label <c>kuma.io/zone</c>, or "".</param>
/// <param name="Namespace">Its label <c>k8s.kuma.io/namespace</c>, or "".</param>
/// <param name="Labels">All its labels there.</param>
internal sealed record Referrer(string Mesh, string Zone, string Namespace, LabelSet Labels)
{
    public static Referrer Of(string mesh, LabelSet labels) => new(mesh, labels[WellKnown.Zone] ?? "", labels[WellKnown.Namespace] ?? "", labels);
}

/// <summary>A document in one control plane where it takes effect.</summary>
internal readonly record struct Occurrence(BindingScope Scope, Referrer Referrer);

/// <summary>One control plane while its references are bound: the view, and what several references share.</summary>
/// <remarks>Equal queries are answered once, so that a hundred policies with one selector cost as much as one. Used by one thread.</remarks>
internal sealed class BindingScope
{
    private static readonly KindInfo DataplaneKind = KindCatalog.Find("Dataplane") ?? throw new InvalidOperationException("Dataplane is a kind");
    private static readonly KindInfo MeshKind = KindCatalog.Find("Mesh") ?? throw new InvalidOperationException("Mesh is a kind");

    private readonly Dictionary<(DestinationInstance Instance, MeshServicePort? Port), ReferenceTarget> destinationTargets = [];
    private readonly Dictionary<Dataplane, ReferenceTarget> dataplaneTargets = [];
    private readonly Dictionary<ImmutableArray<Dataplane>, ImmutableArray<ReferenceTarget>> selectionTargets = [];
    private readonly Dictionary<(string Mesh, string Section), ReferenceTarget?> meshTargets = [];
    private readonly Dictionary<string, ReferenceOutcome?> meshOutcomes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LegacyService?> legacyOfOtherZones = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<(string Kind, string Mesh, string Name), ResourceInstance>> displayNames;
    private readonly Lazy<Dictionary<ResourceInstance, List<ReferenceTarget>>> hostnameTargets;
    private readonly Lazy<Dictionary<(string Mesh, string Name), KubernetesObject>> kubernetesSecrets;
    private readonly Lazy<Dictionary<string, (DestinationInstance Instance, MeshServicePort Port)>> serverNames;

    public BindingScope(MeshGraph graph, ZoneView view, CandidateFinder candidates)
    {
        Graph = graph;
        View = view;
        Candidates = candidates;
        Tags = new TagIndex(view);
        Selections = new DataplaneSelections(this);
        displayNames = new(() =>
        {
            var found = new Dictionary<(string, string, string), ResourceInstance>();
            foreach (var resource in view.Resources)
                found.TryAdd((resource.Kind, resource.Mesh, resource.DisplayName), resource);
            return found;
        });
        serverNames = new(() =>
        {
            var found = new Dictionary<string, (DestinationInstance, MeshServicePort)>(StringComparer.Ordinal);
            foreach (var instance in view.Destinations)
            {
                var destination = instance.Destination;
                var place = destination.Zone.Length == 0 ? "" : destination.Namespace.Length == 0 ? $"{destination.Zone}." : $"{destination.Zone}.{destination.Namespace}.";
                foreach (var port in destination.Ports)
                    found.TryAdd($"sni.{destination.KindInfo.ShortName}.{destination.Mesh}.{place}{destination.DisplayName}.{destination.SectionName(port, view.Version)}", (instance, port));
            }

            return found;
        });
        kubernetesSecrets = new(() =>
        {
            // Secrets of the Global are copied to every zone under their name.
            var found = new Dictionary<(string, string), KubernetesObject>();
            foreach (var secret in graph.KubernetesSecrets)
            {
                if ((secret.Place.IsGlobal && view.ControlPlane.IsFederated) || MeshGraph.KeyOf(secret.Place) == MeshGraph.KeyOf(view.ControlPlane))
                    found.TryAdd((secret.Labels[WellKnown.Mesh] is { Length: > 0 } mesh ? mesh : WellKnown.DefaultMesh, secret.Name), secret);
            }

            return found;
        });
        hostnameTargets = new(() =>
        {
            var found = new Dictionary<ResourceInstance, List<ReferenceTarget>>();
            foreach (var destination in view.Destinations)
            {
                foreach (var outcome in destination.Hostnames)
                {
                    if (!found.TryGetValue(outcome.Generator, out var list))
                        found[outcome.Generator] = list = [];
                    list.Add(TargetOf(destination, null));
                }
            }

            return found;
        });
    }

    public MeshGraph Graph { get; }

    public ZoneView View { get; }

    public CandidateFinder Candidates { get; }

    /// <summary>The zones whose proxies meet in one deployment, this one among them.</summary>
    public ImmutableArray<BindingScope> Peers { get; set; } = [];

    /// <summary>The identities of the proxies of those zones.</summary>
    public SpiffeIndex SpiffeIds { get; set; } = new([]);

    public TagIndex Tags { get; }

    public DataplaneSelections Selections { get; }

    public KumaVersion Version => View.Version;

    /// <summary>The mesh, or null where the control plane does not have it.</summary>
    public MeshInfo? MeshOf(string mesh) => View.Meshes.GetValueOrDefault(mesh);

    /// <summary>The control plane has the mesh: a document states it, or it is the one that control planes make by themselves.</summary>
    public bool HasMesh(string mesh) => MeshOf(mesh) is { IsDeclared: true } || mesh == WellKnown.DefaultMesh;

    /// <summary>Mode of the mesh; Disabled where it is not known on 2.x.</summary>
    public MeshServicesMode ModeOf(string mesh) => 
        MeshOf(mesh)?.Mode ?? (Version.Behaviour.AlwaysExclusive ? MeshServicesMode.Exclusive : MeshServicesMode.Disabled);

    /// <summary>First resource of the kind with the display name, whatever its zone and namespace.</summary>
    public ResourceInstance? FindByDisplayName(string kind, string mesh, string displayName) => displayNames.Value.GetValueOrDefault((kind, mesh, displayName));

    /// <summary>2.x: a <c>kuma.io/service</c> value of this zone, else of another zone whose proxies this one reaches.</summary>
    public LegacyService? FindLegacy(string mesh, string name)
    {
        if (View.LegacyServices.TryGetValue((mesh, name), out var local))
            return local;
        if (!View.ControlPlane.IsFederated)
            return null;
        var key = $"{mesh}/{name}";
        if (!legacyOfOtherZones.TryGetValue(key, out var found))
        {
            foreach (var other in Graph.Views)
            {
                if (other.ControlPlane.IsFederated && other.LegacyServices.TryGetValue((mesh, name), out found))
                    break;
            }

            legacyOfOtherZones[key] = found;
        }

        return found;
    }

    /// <summary>The destination port with the server name (kuma: pkg/core/resources/sni/sni.go), or null.</summary>
    public ReferenceTarget? FindServerName(string name) => serverNames.Value.TryGetValue(name, out var found) ? TargetOf(found.Instance, found.Port) : null;

    /// <summary>The secret of that name, or null.</summary>
    public ReferenceTarget? FindSecret(string mesh, string name)
    {
        if (FindByDisplayName("Secret", mesh, name) is { } secret)
            return TargetOf(secret);
        return kubernetesSecrets.Value.TryGetValue((mesh, name), out var held) ? new ReferenceTarget { KubernetesSecret = held, Kri = $"Secret/{mesh}/{name}" } : null;
    }

    /// <summary>The destinations that the generator names, in creation order.</summary>
    public ImmutableArray<ReferenceTarget> NamedBy(ResourceInstance generator) => hostnameTargets.Value.TryGetValue(generator, out var list) ? [.. list] : [];

    public ReferenceTarget TargetOf(DestinationInstance instance, MeshServicePort? port)
    {
        if (!destinationTargets.TryGetValue((instance, port), out var target))
        {
            var destination = instance.Destination;
            target = new ReferenceTarget
            {
                Destination = instance,
                Port = port,
                Kri = destination.KriOf(port is null ? "" : destination.SectionName(port, Version)),
            };
            destinationTargets[(instance, port)] = target;
        }

        return target;
    }

    public ReferenceTarget TargetOf(Dataplane dataplane)
    {
        if (!dataplaneTargets.TryGetValue(dataplane, out var target))
            dataplaneTargets[dataplane] = target = new ReferenceTarget { Dataplane = dataplane, Kri = KriOf(dataplane, "") };
        return target;
    }

    /// <summary>The targets of a list of Dataplanes; services that share a selection share its targets.</summary>
    public ImmutableArray<ReferenceTarget> TargetsOf(ImmutableArray<Dataplane> dataplanes)
    {
        if (selectionTargets.TryGetValue(dataplanes, out var known))
            return known;
        var targets = ImmutableArray.CreateBuilder<ReferenceTarget>(dataplanes.Length);
        foreach (var dataplane in dataplanes)
            targets.Add(TargetOf(dataplane));
        return selectionTargets[dataplanes] = targets.MoveToImmutable();
    }

    public static ReferenceTarget TargetOf(Dataplane dataplane, ImmutableArray<Inbound> inbounds, ImmutableArray<ProxyListener> listeners, string section) =>
        new() { Dataplane = dataplane, Inbounds = inbounds, Listeners = listeners, Kri = KriOf(dataplane, section) };

    public static ReferenceTarget TargetOf(ResourceInstance resource) => new()
    {
        Resource = resource,
        Kri = resource.Kri.Length > 0 ? resource.Kri : $"{resource.Kind}/{resource.Mesh}/{resource.DisplayName}",
    };

    /// <summary>The mesh itself, or a named part of it (a backend).</summary>
    public ReferenceTarget? MeshTarget(string mesh, string section = "")
    {
        if (!meshTargets.TryGetValue((mesh, section), out var target))
        {
            target = MeshOf(mesh) is { } info ? new ReferenceTarget { Mesh = info, Kri = Kri.Format(MeshKind, "", "", "", mesh, section) } : null;
            meshTargets[(mesh, section)] = target;
        }

        return target;
    }

    /// <summary>The outcome of what means the whole mesh, which most documents share; null where there is no such mesh.</summary>
    public ReferenceOutcome? MeshOutcome(string mesh)
    {
        if (!meshOutcomes.TryGetValue(mesh, out var outcome))
        {
            outcome = MeshTarget(mesh) is { } target ? Outcomes.Resolved(this, target) : null;
            meshOutcomes[mesh] = outcome;
        }

        return outcome;
    }

    public static ReferenceTarget LegacyTarget(string name) => new() { LegacyService = name, Kri = $"{WellKnown.ServiceTag}={name}" };

    /// <summary>A number as references write it.</summary>
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string KriOf(Dataplane dataplane, string section) =>
        Kri.Format(DataplaneKind, dataplane.Mesh, dataplane.Labels[WellKnown.Zone] ?? "", dataplane.Namespace, dataplane.DisplayName, section);
}
