using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>Collects the references of one document: each is resolved in every control plane where the document takes effect.</summary>
internal sealed class ReferenceCollector(StoredResource? from, Dataplane? dataplane, ImmutableArray<Occurrence> occurrences, List<Reference> sink)
{
    private readonly string specPrefix = from is { Resource: { IsKubernetes: false }, KindInfo.Family: KindFamily.Proto } ? "" : "spec.";

    public ImmutableArray<Occurrence> Occurrences => occurrences;

    /// <summary>The referring document; null where a derived Dataplane refers.</summary>
    public StoredResource? From => from;

    /// <summary>Path of a field of the body, from the document's root.</summary>
    public string PathOf(string specPath) => specPrefix + specPath;

    /// <summary>The same document seen in one control plane alone.</summary>
    public ReferenceCollector Only(BindingScope scope) =>
        new(from, dataplane, [.. occurrences.Where(o => ReferenceEquals(o.Scope, scope))], sink);

    /// <param name="edge">Which place refers.</param>
    /// <param name="node">What is written there; may be missing.</param>
    /// <param name="specPath">Path below the body.</param>
    /// <param name="resolve">Resolves it in one control plane.</param>
    public void Add(ReferenceEdge edge, Node node, string specPath, Func<Occurrence, ReferenceOutcome> resolve) =>
        AddAt(edge, node, PathOf(specPath), resolve);

    /// <param name="edge">Which place refers.</param>
    /// <param name="target">What is written there.</param>
    /// <param name="specPath">Path below the body.</param>
    /// <param name="resolve">Resolves it in one control plane.</param>
    public void Add(ReferenceEdge edge, TargetRef target, string specPath, Func<Occurrence, ReferenceOutcome> resolve) =>
        sink.Add(Make(edge, target.Node, target, PathOf(specPath), Resolve(resolve)));

    /// <summary>As <c>Add</c>, with a path from the document's root.</summary>
    public void AddAt(ReferenceEdge edge, Node node, string path, Func<Occurrence, ReferenceOutcome> resolve) =>
        sink.Add(Make(edge, node, TargetRef.None, path, Resolve(resolve)));

    private ImmutableArray<ReferenceOutcome> Resolve(Func<Occurrence, ReferenceOutcome> resolve)
    {
        var outcomes = ImmutableArray.CreateBuilder<ReferenceOutcome>(occurrences.Length);
        foreach (var occurrence in occurrences)
        {
            var budget = occurrence.Scope.View.Budget;
            var cuts = budget.Cuts;
            var outcome = resolve(occurrence);
            outcomes.Add(budget.Cuts == cuts ? outcome : outcome.OfCutList());
        }

        return outcomes.MoveToImmutable();
    }

    /// <summary>References whose outcomes hang together, such as the backendRefs of one rule.</summary>
    /// <param name="edge">Which place refers.</param>
    /// <param name="sites">Where each is written, with its path below the body.</param>
    /// <param name="resolve">Resolves all of them in one control plane, parallel to <paramref name="sites"/>.</param>
    public void AddGroup(ReferenceEdge edge, IReadOnlyList<ReferenceSite> sites, Func<Occurrence, ReferenceOutcome[]> resolve)
    {
        var columns = new ReferenceOutcome[occurrences.Length][];
        for (var i = 0; i < columns.Length; i++)
        {
            var budget = occurrences[i].Scope.View.Budget;
            var cuts = budget.Cuts;
            columns[i] = resolve(occurrences[i]);
            if (budget.Cuts != cuts)
                columns[i] = Array.ConvertAll(columns[i], Outcomes.OfCutList);
        }

        for (var site = 0; site < sites.Count; site++)
        {
            var outcomes = ImmutableArray.CreateBuilder<ReferenceOutcome>(columns.Length);
            foreach (var column in columns)
                outcomes.Add(column[site]);
            sink.Add(Make(edge, sites[site].Node, sites[site].Target, PathOf(sites[site].SpecPath), outcomes.MoveToImmutable()));
        }
    }

    /// <summary>The name of a derived Dataplane without the namespace that Kubernetes puts behind it.</summary>
    private static string NameOf(Dataplane? derived)
    {
        if (derived is null)
            return "";
        var suffix = $".{derived.Namespace}";
        return suffix.Length > 1 && derived.CoreName.EndsWith(suffix, StringComparison.Ordinal) ? derived.CoreName[..^suffix.Length] : derived.CoreName;
    }

    private Reference Make(ReferenceEdge edge, Node node, TargetRef target, string path, ImmutableArray<ReferenceOutcome> outcomes) => new()
    {
        Edge = edge,
        FromKind = from?.Kind ?? "Dataplane",
        FromMesh = from?.Mesh ?? dataplane?.Mesh ?? "",
        FromNamespace = from is not null ? from.Resource.Namespace ?? "" : dataplane?.Namespace ?? "",
        FromName = from?.Resource.Name ?? NameOf(dataplane),
        From = from,
        FromDataplane = dataplane,
        Node = node,
        Target = target,
        Path = path,
        Outcomes = outcomes,
    };
}
