using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A hand-written MeshService that selects no Dataplane of its zone.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/meshservice/match.go. Conditions D01–D03 and D05–D09 of docs/coverage.md. A service
/// whose world is open for Dataplanes is reported one step lower.
/// </remarks>
internal sealed class SelectorMatchesNothing : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2005", "selector-matches-nothing", "A MeshService selects no Dataplane", RuleCategory.References, Severity.Warning);

    private const int MostCandidates = 500;

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service is { Kind: DestinationKind.MeshService, Declared: { } declared } && service.Selected.IsEmpty)
                Report(context, service, declared);
        }
    }

    private static void Report(RuleContext context, Destination service, StoredResource declared)
    {
        var selector = service.Selector;
        var node = declared.MeshService.Selector;
        var name = RuleText.Name(service);
        var view = context.Compilation.Graph.ViewOf(service.Home);
        var at = RuleText.At(node, service.Location);
        if (selector.DataplaneRef is { } reference)
        {
            var finding = Begin(
                $"{name} selects Dataplane '{reference}', which does not exist in zone '{service.Home.Zone}'",
                RuleText.At(node["dataplaneRef"]["name"], at))
                .As(Severity.Error);
            var names = view.DataplanesOf(service.Mesh).Take(MostCandidates).Select(d => d.CoreName).ToList();
            // D08: on Kubernetes the name in the control plane's store is meant, not the Pod's.
            if (names.Find(n => n.StartsWith($"{reference}.", StringComparison.Ordinal)) is { } full)
                finding.Help($"did you mean '{full}'? On Kubernetes a Dataplane is called <pod>.<namespace>");
            else
                finding.NearMiss(reference, node["dataplaneRef"]["name"], names);
            finding.UnlessOpen(context.Options, "Dataplane");
            return;
        }

        if (selector.DataplaneTags is { } tags)
        {
            ReportTags(context, service, view, tags, Begin, at);
            return;
        }

        if (selector.DataplaneLabels is { } labels)
        {
            var finding = Begin($"{name} selects no Dataplane: {WhyNot(view, service.Mesh, labels.Labels)}", RuleText.At(labels.Node, at))
                .UnlessOpen(context.Options, "Dataplane");
            SuggestValue(finding, labels, view.DataplanesOf(service.Mesh).Select(d => d.Labels));
            return;
        }

        // D01, and 3.0 on a selector that only 2.x knew (D26 is the version rule's).
        Begin($"{name} has no selector, so it selects no Dataplane", at)
            .As(Severity.Error)
            .Help(context.Version.Behaviour.DataplaneLabelsSelector
                ? "set 'spec.selector.dataplaneLabels' or 'spec.selector.dataplaneRef'"
                : "set 'spec.selector.dataplaneTags' or 'spec.selector.dataplaneRef'");

        Finding Begin(string message, Location location) => context.Report(Descriptor, location, message)
            .On(declared)
            .Note("the service has no endpoints and stays Unavailable");
    }

    private static void ReportTags(
        RuleContext context, Destination service, ZoneView view, LabelSetRef tags, Func<string, Location, Finding> begin, Location at)
    {
        var name = RuleText.Name(service);
        var location = RuleText.At(tags.Node, at);
        if (tags.Labels.Count == 0)
        {
            begin($"{name} has empty 'dataplaneTags', which select nothing", location).As(Severity.Error);
            return;
        }

        foreach (var (key, value) in tags.Labels)
        {
            var node = tags.Node[key];
            if (value == "*")
            {
                begin($"{name} selects the value '*' of tag '{key}', which is compared literally", RuleText.At(node, location))
                    .As(Severity.Error).Help("name the value, or select by another tag");
                return;
            }

            if (key == WellKnown.Zone && value != service.Home.Zone)
            {
                begin(
                    $"{name} selects Dataplanes of zone '{value}', but a service only ever selects those of its own zone, "
                        + $"'{service.Home.Zone}'",
                    RuleText.At(node, location))
                    .As(Severity.Error);
                return;
            }
        }

        var finding = begin($"{name} selects no Dataplane: {WhyNotTags(view, service.Mesh, tags.Labels)}", location)
            .UnlessOpen(context.Options, "Dataplane");
        SuggestValue(finding, tags, view.DataplanesOf(service.Mesh).SelectMany(d => d.Inbounds).Select(i => i.Tags));
    }

    private static string WhyNot(ZoneView view, string mesh, LabelSet labels)
    {
        foreach (var (key, value) in labels)
        {
            if (view.FindDataplanes(mesh, LabelSet.Create([new(key, value)])).IsEmpty)
                return $"none of mesh '{mesh}' has the label '{key}: {value}'";
        }

        return view.FindDataplanes(mesh, labels).IsEmpty ? "none has all of the labels" : "those that match have no inbound";
    }

    private static string WhyNotTags(ZoneView view, string mesh, LabelSet tags)
    {
        foreach (var (key, value) in tags)
        {
            if (view.FindDataplanesByTag(mesh, key, value).IsEmpty)
                return $"no inbound of mesh '{mesh}' has the tag '{key}: {value}'";
        }

        // D06: every pair exists, but not together.
        return "no single inbound has all of the tags";
    }

    private static void SuggestValue(Finding finding, LabelSetRef query, IEnumerable<LabelSet> candidates)
    {
        if (query.Labels.Count == 0 || !query.Node.Exists)
            return;
        // A sample is enough for a suggestion, and keeps many findings on many Dataplanes linear.
        var all = candidates.Take(MostCandidates).ToList();
        foreach (var (key, value) in query.Labels)
        {
            var values = all.Select(l => l[key]).OfType<string>().Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).ToList();
            if (values.Contains(value))
                continue;
            if (values.Count > 0)
                finding.NearMiss(value, query.Node[key], values);
            else
                finding.NearMiss(key, default(Node), all.SelectMany(l => l).Select(p => p.Key).Distinct(StringComparer.Ordinal));
            return;
        }
    }
}
