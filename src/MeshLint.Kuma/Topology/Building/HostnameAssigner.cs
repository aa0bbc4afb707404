using MeshLint.Kuma.Model;
using System.Runtime.InteropServices;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Templates;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// Gives the destinations of one zone their hostnames (docs/kuma/hostnames.md#order-and-collisions; kuma:
/// pkg/core/resources/apis/hostnamegenerator/hostname/generator.go).
/// </summary>
internal sealed class HostnameAssigner
{
    /// <summary>A template that takes no more steps than this is run for every destination; an ordinary one takes less than twenty.</summary>
    private const int CheapSteps = 200;

    /// <summary>Steps that all dear templates of a zone may take together: about a second.</summary>
    private const int MostSteps = 2_000_000;

    private readonly ControlPlane zone;
    private readonly KumaVersion version;
    private readonly WorkBudget budget;
    private readonly List<Generator> generators = [];

    /// <summary>Steps that dear templates may still take in the zone, all destinations together.</summary>
    private long stepsLeft;

    /// <param name="view">The zone.</param>
    public HostnameAssigner(ZoneView view)
    {
        zone = view.ControlPlane;
        version = view.Version;
        budget = view.Budget;
        stepsLeft = MostSteps + ((long)CheapSteps * view.Destinations.Length);
        foreach (var resource in view.ResourcesOf("HostnameGenerator", ""))
        {
            if (Read(resource) is { } generator)
                generators.Add(generator);
        }

        generators.Sort(static (a, b) => (b.IsZoneOrigin, a.Resource.Order).CompareTo((a.IsZoneOrigin, b.Resource.Order)) is var order and not 0
            ? order
            : string.CompareOrdinal(a.Resource.CoreName, b.Resource.CoreName));
    }

    /// <summary>Sets <see cref="DestinationInstance.Hostnames"/> of all instances of one kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="instances">The zone's destinations, in creation order; other kinds are passed over.</param>
    public void Assign(DestinationKind kind, ImmutableArray<DestinationInstance> instances)
    {
        var resources = instances.RemoveAll(i => i.Kind != kind);
        if (resources.IsEmpty)
            return;
        var index = new PairIndex<DestinationInstance>(resources, static i => ("", "", i.Labels), null, budget);
        var given = new Dictionary<(string Mesh, string Hostname), Holder>();
        var drafts = new Dictionary<DestinationInstance, List<Draft>>(ReferenceEqualityComparer.Instance);
        foreach (var generator in generators)
        {
            if (generator.Kind != kind)
                continue;
            foreach (var resource in generator.Labels.Count == 0 ? budget.Take(resources) : index.Find("", "", generator.Labels))
            {
                if (Render(generator, resource, given) is not { } draft)
                    continue;
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(drafts, resource, out _);
                (list ??= []).Add(draft);
            }
        }

        foreach (var (resource, list) in drafts)
        {
            list.Sort(static (a, b) => string.CompareOrdinal(a.Generator.Resource.CoreName, b.Generator.Resource.CoreName));
            resource.Hostnames = [.. list.ConvertAll(static d => d.Finish())];
        }
    }

    private Draft? Render(Generator generator, DestinationInstance resource, Dictionary<(string Mesh, string Hostname), Holder> given)
    {
        var name = NameOf(resource);
        var labels = resource.Labels;
        var data = GoTemplateData.Hostname(
            name,
            labels[WellKnown.DisplayName] ?? name,
            labels[WellKnown.Namespace] ?? "",
            resource.Mesh,
            labels[WellKnown.Zone] is { Length: > 0 } label ? label : zone.Zone);
        if (generator.Template is not { } template)
            return null;
        if (generator.IsDear && stepsLeft <= 0)
            return Excess("takes so many steps for each destination that not all can be named");
        var result = template.Render(data, key => labels[key]);
        if (result.Steps > CheapSteps)
        {
            generator.IsDear = true;
            stepsLeft -= result.Steps;
        }

        if (result.Excess is { } excess)
            return Excess(excess);
        if (!result.IsSuccess)
            return Fail($"pre evaluation of template with parameters failed with error={GoText.Quote(result.Error)}");
        var hostname = result.Text;
        if (version.Behaviour.HostnamesChecked && !DnsNames.IsObjectName(hostname))
            return Fail($"generated hostname {GoText.Quote(hostname)} is not a valid DNS name: {string.Join(", ", DnsNames.SubdomainProblems(hostname))}");
        if (hostname.Length == 0)
            return null;

        ref var holder = ref CollectionsMarshal.GetValueRefOrAddDefault(given, (resource.Mesh, hostname), out var taken);
        if (!taken || holder is null)
        {
            holder = new Holder(resource, generator);
            return new Draft(generator, HostnameReason.Generated, hostname, "", holder, IsLoser: false);
        }

        if (holder.Resource.CoreName == resource.CoreName)
            return new Draft(generator, HostnameReason.Generated, hostname, "", holder, IsLoser: false);
        // Within one generator, and between generators of one origin, age decides; the origin does so for good.
        if (ReferenceEquals(holder.Generator, generator) || holder.Generator.IsZoneOrigin == generator.IsZoneOrigin)
            holder.IsContested = true;
        return new Draft(generator, HostnameReason.Collision, hostname, $"Hostname collision with {resource.Destination.KindName}: {resource.CoreName}", holder, IsLoser: true);

        Draft Excess(string excess) =>
            new(generator, HostnameReason.TemplateError, "", $"MeshLint does not evaluate the template: it {excess}", null, IsLoser: false, excess);

        Draft Fail(string message) => new(generator, HostnameReason.TemplateError, "", message, null, IsLoser: false);
    }

    /// <summary>The object's name on Kubernetes, the core name on Universal.</summary>
    private string NameOf(DestinationInstance resource)
    {
        if (!zone.IsKubernetes)
            return resource.CoreName;
        var dot = resource.CoreName.LastIndexOf('.');
        return dot > 0 ? resource.CoreName[..dot] : resource.CoreName;
    }

    private static Generator? Read(ResourceInstance resource)
    {
        var selector = resource.Spec["selector"];
        foreach (var (key, kind) in (ReadOnlySpan<(string, DestinationKind)>)
                 [
                     ("meshService", DestinationKind.MeshService), ("meshExternalService", DestinationKind.MeshExternalService),
                     ("meshMultiZoneService", DestinationKind.MeshMultiZoneService),
                 ])
        {
            if (!selector[key].IsMapping)
                continue;
            var template = GoTemplate.TryParse(Values.Text(resource.Spec["template"]), out var parsed, out _) ? parsed : null;
            return new Generator(resource, kind, LabelSet.From(selector[key]["matchLabels"]), template, resource.Labels[WellKnown.Origin] == "zone");
        }

        return null;
    }

    private sealed record Generator(ResourceInstance Resource, DestinationKind Kind, LabelSet Labels, GoTemplate? Template, bool IsZoneOrigin)
    {
        /// <summary>One run took many steps; the next ones are taken to do so, too.</summary>
        public bool IsDear { get; set; }
    }

    /// <summary>Who has a hostname.</summary>
    private sealed class Holder(DestinationInstance resource, Generator generator)
    {
        public DestinationInstance Resource { get; } = resource;

        public Generator Generator { get; } = generator;

        /// <summary>Another order of creation would give it to somebody else.</summary>
        public bool IsContested { get; set; }
    }

    private sealed record Draft(Generator Generator, HostnameReason Reason, string Hostname, string Message, Holder? Holder, bool IsLoser, string? Excess = null)
    {
        public HostnameOutcome Finish() => new()
        {
            Generator = Generator.Resource,
            Reason = Reason,
            Hostname = Hostname,
            Message = Message,
            Excess = Excess,
            Winner = IsLoser ? Holder?.Resource : null,
            DependsOnOrder = Holder?.IsContested ?? false,
        };
    }
}
