using System.Globalization;
using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Migration;

/// <summary>Everything that a plan is made from.</summary>
public sealed record MigrationInput
{
    public required MeshGraph Graph { get; init; }

    /// <summary>Every Kuma resource, refused ones included: what a later line refuses is what a plan is about.</summary>
    public required ImmutableArray<AdmissionVerdict> Verdicts { get; init; }

    /// <summary>The core Kubernetes objects.</summary>
    public ImmutableArray<KubernetesObject> Objects { get; init; } = [];

    /// <summary>Documents that could not be read or were left out; counted as not analysed.</summary>
    public int UnreadDocuments { get; init; }

    /// <summary>Kinds of which the repository does not hold everything.</summary>
    public ImmutableHashSet<string> OpenKinds { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
}

/// <summary>
/// Makes the migration plan of a repository (docs/kuma/migration.md#removals, docs/kuma/migration.md#what-a-legacy-service-becomes,
/// docs/kuma/migration.md#steps).
/// </summary>
public static class MigrationPlanner
{
    /// <summary>The plan: a pure function of the documents.</summary>
    public static MigrationPlan Plan(MigrationInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var graph = input.Graph;
        var resources = input.Verdicts.Select(static v => v.Resource).ToList();
        var findings = FindRemovals(graph.Version, resources, input.Objects);
        var names = graph.Version.Behaviour.LegacyServices || resources.Exists(static r => r.Kind == "Dataplane")
            ? LegacyInventory.Of(graph, resources, input.Objects).Names.ToList()
            : [];

        var writer = new ReplacementWriter(graph);
        var references = new List<LegacyReference>();
        var meshes = ImmutableArray.CreateBuilder<MeshPlan>();
        var byMesh = names.ToLookup(static n => (n.Mesh, n.Home));
        foreach (var mesh in graph.Meshes.OrderBy(static m => m.Name, StringComparer.Ordinal)
            .ThenBy(static m => m.Home.Name, StringComparer.Ordinal))
        {
            var decider = new ServiceDecider(graph, mesh);
            var own = byMesh[(mesh.Name, mesh.Home.Deployment)].ToList();
            foreach (var name in own)
                decider.Reserve(name.Name);
            var services = ImmutableArray.CreateBuilder<ServicePlan>(own.Count);
            foreach (var name in own)
            {
                var service = decider.Decide(name);
                services.Add(service);
                references.AddRange(name.References.Select(r => r with { Replacement = writer.For(r, service) }));
            }

            var concerning = findings.Where(f => (f.Mesh == mesh.Name || f.Mesh.Length == 0) && f.Home == mesh.Home.Deployment)
                .Select(static f => f.Finding).ToList();
            meshes.Add(PlanOf(graph, mesh, services.ToImmutable(), concerning));
        }

        // Names of meshes that no document states are still names.
        var known = graph.Meshes.Select(static m => (m.Name, m.Home.Deployment)).ToHashSet();
        references.AddRange(names.Where(n => !known.Contains((n.Mesh, n.Home))).SelectMany(static n => n.References));
        return new MigrationPlan
        {
            Version = graph.Version,
            // version: every row of the removal table is about the way to 3.0.
            Target = KumaVersion.V3_0,
            Meshes = meshes.ToImmutable(),
            References = [.. references.OrderBy(static r => r.Location.Source.Path, StringComparer.Ordinal)
                .ThenBy(static r => r.Location.Span.Start)
                .ThenBy(static r => r.Place, StringComparer.Ordinal).ThenBy(static r => r.Service, StringComparer.Ordinal)],
            Findings = [.. findings.Select(static f => f.Finding).DistinctBy(static f => (f.Row, f.Location.Source.Path, f.Location.Span, f.Path, f.Mesh))
                .OrderBy(static f => f.Location.Source.Path, StringComparer.Ordinal).ThenBy(static f => f.Location.Span.Start)
                .ThenBy(static f => f.Row, StringComparer.Ordinal)],
            NotAnalysed = [.. NotAnalysed(input)],
        };
    }

    private static MeshPlan PlanOf(MeshGraph graph, MeshInfo mesh, ImmutableArray<ServicePlan> services, List<PlanFinding> findings) => new()
    {
        Name = mesh.Name,
        ControlPlane = mesh.Home.Name,
        Mode = mesh.Mode,
        Location = mesh.Document is not { } document ? null
            : document.Resource.Spec["meshServices"]["mode"] is { Exists: true } mode ? Location.Of(mode)
            : document.Resource.Location,
        Steps = StepPlanner.Plan(graph, mesh, services, findings),
        Services = services,
    };

    private static List<(DeploymentId Home, string Mesh, PlanFinding Finding)> FindRemovals(
        KumaVersion version, IEnumerable<MeshResource> resources, IEnumerable<KubernetesObject> objects)
    {
        var found = new List<(DeploymentId, string, PlanFinding)>();
        foreach (var resource in resources)
        {
            var mesh = resource.Kind == "Mesh" ? resource.Name : resource.Mesh;
            foreach (var hit in RemovalTable.Find(resource))
            {
                var row = hit.Removal;
                // A default that has changed already has nothing to be kept; what no line warns about in time is told at once.
                if (row.IsChangedDefault && row.IsRemovedIn(version))
                    continue;
                found.Add((resource.Place.Deployment, mesh, new PlanFinding
                {
                    Row = row.Id,
                    Class = row.Class,
                    Decides = row.Decides,
                    RemovedIn = row.RemovedIn,
                    Effect = row.Effect,
                    What = row.What,
                    Consequence = row.Consequence,
                    Replacement = row.Replacement,
                    Mesh = mesh,
                    Resource = resource.Identity,
                    Path = row.Path.Length == 0 ? "" : hit.Node.GetPath(),
                    Location = LocationOf(hit.Node),
                }));
            }
        }

        foreach (var item in objects)
        {
            foreach (var hit in RemovalTable.Find(item))
            {
                var row = hit.Removal;
                found.Add((item.Place.Deployment, "", new PlanFinding
                {
                    Row = row.Id,
                    Class = row.Class,
                    Decides = row.Decides,
                    RemovedIn = row.RemovedIn,
                    Effect = row.Effect,
                    What = $"annotation {hit.Node.Key}",
                    Consequence = row.Consequence,
                    Replacement = row.Replacement,
                    Mesh = "",
                    Resource = item.Identity,
                    Path = hit.Node.GetPath(),
                    Location = Location.OfKey(hit.Node),
                }));
            }
        }

        return found;

        // A container points to its key: the whole of it would mark half a document.
        static Location LocationOf(Node node) => node.IsScalar || node.Key is null ? Location.Of(node) : Location.OfKey(node);
    }

    private static IEnumerable<string> NotAnalysed(MigrationInput input)
    {
        var refused = input.Verdicts.Count(static v => !v.Accepted);
        if (input.UnreadDocuments > 0)
            yield return $"{Count(input.UnreadDocuments, "document or file", "documents or files")} that could not be read or are "
                + "templates: what they hold is not in this plan";
        if (refused > 0)
            yield return $"{Count(refused, "document is", "documents are")} refused by the control plane: searched for old forms, but "
                + "left out where services are computed";
        if (!input.OpenKinds.IsEmpty)
            yield return "resources of these kinds may exist outside of the repository: "
                + $"{string.Join(", ", input.OpenKinds.Order(StringComparer.Ordinal))}";
        if (input.Graph.Views.Any(static v => v.IsImplied))
            yield return "the Global control plane's documents are not among these files";
        yield return "what applications dial: names in images, in configuration outside of Pod templates, and in other repositories";
        yield return "data plane tokens and zone tokens, signing keys, Helm values and the configuration of control planes";
        yield return "run-time facts: which proxies are connected and restarted, conditions in status, TrafficRoutes and other resources "
            + "that exist on a control plane only";
        yield return "how the endpoints of every consumer change at each step, and whether permissions by identity allow what permissions "
            + "by service allowed";
        yield return "new documents: this form of the plan names what replaces what, it does not write it";

        static string Count(int count, string one, string many) =>
            $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
    }
}
