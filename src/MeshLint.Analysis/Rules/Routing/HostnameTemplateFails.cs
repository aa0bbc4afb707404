using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A HostnameGenerator whose template fails for a destination that it selects.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/hostnamegenerator/hostname/generator.go. Conditions C28, F03 and F04 of docs/coverage.md. One
/// finding a generator.
/// </remarks>
internal sealed class HostnameTemplateFails : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5102", "hostname-template-error", "A hostname template fails for a destination", RuleCategory.Routing, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var failures = new Dictionary<string, List<(HostnameOutcome Outcome, DestinationInstance At)>>(StringComparer.Ordinal);
        foreach (var view in context.Compilation.Graph.Views)
        {
            foreach (var instance in view.Destinations)
            {
                foreach (var outcome in instance.Hostnames)
                {
                    if (outcome.Reason != HostnameReason.TemplateError || outcome.Excess is not null)
                        continue;
                    if (!failures.TryGetValue(outcome.Generator.DisplayName, out var list))
                        failures[outcome.Generator.DisplayName] = list = [];
                    list.Add((outcome, instance));
                }
            }
        }

        foreach (var (name, list) in failures)
        {
            var (outcome, instance) = list[0];
            var destinations = list.Select(f => f.At.Destination).Distinct().ToList();
            var stored = outcome.Generator.Stored;
            var finding = context.Report(
                    Descriptor,
                    stored is not null
                        ? RuleText.At(stored.HostnameGenerator.Template, stored.Resource.Location)
                        : instance.Destination.Location,
                    destinations.Count == 1
                        ? $"HostnameGenerator '{name}' gives {RuleText.Name(instance.Destination)} no hostname in zone "
                            + $"'{instance.ControlPlane.Name}'"
                        : $"HostnameGenerator '{name}' gives {destinations.Count} destinations no hostname, among them "
                            + $"{RuleText.Name(instance.Destination)}")
                .Note(outcome.Message)
                .Help("select only destinations that have what the template asks for, or ask for something that all have");
            if (stored is not null)
                finding.On(stored);
            else
                finding.On(RuleText.Identity(instance.Destination)).As(Severity.Warning);
            foreach (var destination in destinations.Take(3))
                finding.Related(destination.Location, "no hostname");
        }
    }
}
