using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Migration;
using MeshLint.Kuma.Resources;
using MeshLint.Analysis.Rules;
using MeshLint.Sources;
using MeshLint.Sources.Reading;

namespace MeshLint.Analysis;

/// <summary>The one object that hosts ask: the values of all stages for one repository and one Kuma line.</summary>
/// <remarks>
/// Each stage is a pure function of the ones before it, computed once and only when asked for. Nothing here reads a file, a clock or
/// the console. Use from one thread; stages spread their own work over the cores.
/// </remarks>
public sealed class Compilation : IRuleInput
{
    private readonly Lazy<(ImmutableArray<MeshResource> Resources, ImmutableArray<KubernetesObject> Objects)> resources;
    private readonly Lazy<(ImmutableArray<AdmissionVerdict> Verdicts, MeshBook Meshes)> admission;
    private readonly Lazy<KubernetesDerivation> derivation;
    private readonly Lazy<MeshGraph> graph;
    private readonly Lazy<Bindings> bindings;
    private readonly Lazy<HashSet<Dataplane>> selected;
    private readonly Lazy<ImmutableArray<Diagnostic>> diagnostics;
    private readonly Lazy<MigrationPlan> plan;

    private Compilation(DocumentSet documents, MeshLintOptions options, StageTimings timings, Compilation? sameResources)
    {
        Documents = documents;
        Options = options;
        Timings = timings;
        Places = ControlPlaneMap.Create(options.ControlPlanes, documents.AnyKubernetesForm);
        resources = sameResources?.resources ?? new(() => timings.Measure("resources", ReadResources));
        admission = new(() =>
        {
            _ = resources.Value;
            return timings.Measure("admission", Judge);
        });
        derivation = new(() =>
        {
            _ = admission.Value;
            return timings.Measure("derivation", Derive);
        });
        graph = new(() =>
        {
            _ = derivation.Value;
            return timings.Measure("graph", BuildGraph);
        });
        bindings = new(() =>
        {
            var built = graph.Value;
            return timings.Measure("binding", () => ReferenceBinder.Bind(built));
        });
        selected = new(FindSelected);
        diagnostics = new(() =>
        {
            _ = bindings.Value;
            return timings.Measure("rules", FindDiagnostics);
        });
        plan = new(() =>
        {
            _ = bindings.Value;
            return timings.Measure("plan", MakePlan);
        });
    }

    public MeshLintOptions Options { get; }

    public KumaVersion Version => Options.Version;

    public StageTimings Timings { get; }

    /// <summary>The documents that may concern a mesh.</summary>
    public DocumentSet Documents { get; }

    /// <summary>Which control plane takes which file.</summary>
    public ControlPlaneMap Places { get; }

    /// <summary>The Kuma resources as written, in document order.</summary>
    public ImmutableArray<MeshResource> Resources => resources.Value.Resources;

    /// <summary>The core Kubernetes objects, in document order.</summary>
    public ImmutableArray<KubernetesObject> Objects => resources.Value.Objects;

    /// <summary>What the control planes would answer, parallel to <see cref="Resources"/>.</summary>
    public ImmutableArray<AdmissionVerdict> Verdicts => admission.Value.Verdicts;

    /// <summary>What Kubernetes control planes derive from workloads and Services, and what went wrong on the way.</summary>
    public KubernetesDerivation Derivation => derivation.Value;

    /// <summary>The graph of what the control planes accept.</summary>
    public MeshGraph Graph => graph.Value;

    /// <summary>What every reference in the graph finds.</summary>
    public Bindings Bindings => bindings.Value;

    /// <summary>Every reference, in document order.</summary>
    public ImmutableArray<Reference> References => bindings.Value.References;

    /// <summary>The Dataplanes that at least one MeshService selects.</summary>
    public IReadOnlySet<Dataplane> SelectedDataplanes => selected.Value;

    /// <summary>Every finding, sorted by file and position.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => diagnostics.Value;

    /// <summary>What stands between the repository and the next Kuma lines.</summary>
    public MigrationPlan Plan => plan.Value;

    /// <summary>Starts a compilation; the documents are read at once, everything else when asked for.</summary>
    public static Compilation Create(
        SourceSet sources, MeshLintOptions options, StageTimings? timings = null, CancellationToken cancellation = default)
    {
        timings ??= new StageTimings();
        var documents = timings.Measure("documents", () => DocumentSet.Read(sources, options.Threads, cancellation));
        return new Compilation(documents, options, timings, sameResources: null);
    }

    /// <summary>The same documents judged for another Kuma line.</summary>
    public Compilation WithVersion(KumaVersion version) =>
        new(Documents, Options with { Version = version }, Timings, this);

    private (ImmutableArray<MeshResource> Resources, ImmutableArray<KubernetesObject> Objects) ReadResources()
    {
        var work = new List<(SourceDocument Document, ControlPlane Place)>();
        foreach (var file in Documents.Files)
        {
            foreach (var place in Documents.PlacesOf(file.Path, Places))
            {
                foreach (var document in file.Documents)
                    work.Add((document, place));
            }
        }

        var contents = new DocumentContent[work.Count];
        Work.ForEach(work.Count, 64, Options.Threads, i => contents[i] = ResourceReader.Read(work[i].Document, work[i].Place, 0));

        var found = ImmutableArray.CreateBuilder<MeshResource>(work.Count);
        var objects = ImmutableArray.CreateBuilder<KubernetesObject>();
        var order = 0;
        foreach (var content in contents)
        {
            foreach (var resource in content.Resources)
                resource.Order += order;
            foreach (var item in content.Objects)
                item.Order += order;
            found.AddRange(content.Resources);
            objects.AddRange(content.Objects);
            order += content.Resources.Length + content.Objects.Length;
        }

        return (found.DrainToImmutable(), objects.DrainToImmutable());
    }

    private (ImmutableArray<AdmissionVerdict> Verdicts, MeshBook Meshes) Judge()
    {
        var results = new AdmissionVerdict[Resources.Length];
        var exists = MeshExistence.Of(Resources, Places.All, Options.IsConfigured && !Options.IsOpen("Mesh"));
        var world = new AdmissionWorld { Version = Version, MeshExists = exists, NamespaceLabels = NamespaceIndex.Of(Objects) };

        // Meshes first: what they say decides about the rest.
        var accepted = new List<StoredResource>();
        for (var i = 0; i < results.Length; i++)
        {
            if (Resources[i].Kind != "Mesh")
                continue;
            results[i] = AdmissionJudge.Judge(Resources[i], world);
            if (results[i].Stored is { } stored)
                accepted.Add(stored);
        }

        var meshes = MeshBook.Of(accepted, Version, exists);
        world = world with { FindMesh = meshes.Find };
        Work.ForEach(results.Length, 64, Options.Threads, i => results[i] ??= AdmissionJudge.Judge(Resources[i], world));
        return ([.. results], meshes);
    }

    private KubernetesDerivation Derive()
    {
        return KubernetesDeriver.Derive(new KubernetesInput
        {
            Version = Version,
            Objects = Objects,
            Resources = [.. Stored()],
            Meshes = admission.Value.Meshes,
            // Nobody writes a Pod's status by hand: where one has it, the objects are a dump of a cluster, controllers' work included.
            IsClusterDump = Objects.Any(static o => o.Kind == "Pod" && o.Root["status"].Count > 0),
        });
    }

    private MeshGraph BuildGraph()
    {
        // A controller deletes a hand-written MeshService whose namesake Service must have none.
        var deleted = new HashSet<StoredResource>();
        foreach (var item in Derivation.Events)
        {
            if (item is ResourceDeleted { Resource: var resource })
                deleted.Add(resource);
        }

        return GraphBuilder.Build(new GraphInput
        {
            Version = Version,
            ControlPlanes = Places.All,
            Meshes = admission.Value.Meshes,
            Resources = deleted.Count == 0 ? [.. Stored()] : [.. Stored().Where(s => !deleted.Contains(s))],
            DerivedDataplanes = [.. Derivation.Dataplanes],
            DerivedMeshServices = [.. Derivation.MeshServices],
            Derivations = Derivation.ControlPlanes,
            KubernetesSecrets = [.. Objects.Where(static o => o.Kind == "Secret")],
        });
    }

    private IEnumerable<StoredResource> Stored()
    {
        foreach (var verdict in Verdicts)
        {
            if (verdict.Stored is { } stored)
                yield return stored;
        }
    }

    private HashSet<Dataplane> FindSelected()
    {
        // Services with one selector share one list; it is read once.
        var lists = new HashSet<ImmutableArray<Dataplane>>();
        var found = new HashSet<Dataplane>();
        foreach (var destination in Graph.Destinations)
        {
            if (!destination.Selected.IsEmpty && lists.Add(destination.Selected))
                found.UnionWith(destination.Selected);
        }

        return found;
    }

    private MigrationPlan MakePlan() => MigrationPlanner.Plan(new MigrationInput
    {
        Graph = Graph,
        Verdicts = Verdicts,
        Objects = Objects,
        UnreadDocuments = Documents.Diagnostics.Count(static d => ReadingDiagnostics.MeansUnread(d.Descriptor)),
        OpenKinds = Options.OpenKinds,
    });

    /// <summary>Where the graph is not complete because its size would be the square of the repository's.</summary>
    private IEnumerable<Diagnostic> DescribeLimits()
    {
        if (Documents.Files.IsEmpty)
            yield break;
        var start = new Location(Documents.Files[0].Source, default);
        foreach (var limit in Bindings.Limits)
        {
            yield return WorkLimit.Of(
                start,
                $"{limit.CutLists} selectors in {NameOf(limit.ControlPlane)} match so many resources together that MeshLint checks only "
                    + $"the first {WorkBudget.Short} matches of each",
                $"selectors with more than {WorkBudget.Short} matches each may have {WorkBudget.Base} matches together, and "
                    + $"{WorkBudget.Short} more for each resource");
        }

        foreach (var derivation in Derivation.ControlPlanes)
        {
            if (derivation.LeftOutMatches > 0)
            {
                yield return WorkLimit.Of(
                    start,
                    $"{derivation.LeftOutMatches} matches of Services and Pods in {NameOf(derivation.ControlPlane)} are left out",
                    $"Services that select more than {WorkBudget.Short} Pods, and Pods that have more Services, may have "
                        + $"{PodMatcher.MostMatches} matches together, and {WorkBudget.Short} more for each of them");
            }
        }

        static string NameOf(ControlPlane place) => place.IsGlobal ? "the Global" : $"zone '{place.Zone}'";
    }

    private ImmutableArray<Diagnostic> FindDiagnostics()
    {
        var all = new List<Diagnostic>();
        foreach (var diagnostic in Documents.Diagnostics.Concat(Documents.Describe(Places)).Concat(DescribeLimits()))
        {
            if (!Options.IsOff(diagnostic.Descriptor))
                all.Add(
                    diagnostic with { Severity = Options.SeverityOf(diagnostic.Descriptor, diagnostic.Severity) ?? diagnostic.Severity });
        }

        all.AddRange(RuleRunner.Run(this, RuleCatalog.Create()));
        return RuleRunner.Sort(all);
    }
}
