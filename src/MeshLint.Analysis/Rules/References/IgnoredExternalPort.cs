using System.Globalization;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Specs;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A reference to a MeshExternalService with a port that it does not have; the one port it has is taken.</summary>
/// <remarks>Mirrors kuma: pkg/core/resources/apis/meshexternalservice/api/v1alpha1/helpers.go. Condition E20 of docs/coverage.md.</remarks>
internal sealed class IgnoredExternalPort : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2205", "ignored-external-port", "The port in a reference to a MeshExternalService is ignored", RuleCategory.References,
        Severity.Info);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var reference in context.Compilation.References)
        {
            if (reference.Target.Kind != "MeshExternalService")
                continue;
            var node = reference.Target is BackendRef backend ? backend.SectionOrPortNode : reference.Target.SectionNameNode;
            if (node.Text is not { Length: > 0 } written)
                continue;
            var target = reference.Outcomes.Where(o => o.Status == ReferenceStatus.Resolved).SelectMany(o => o.Targets)
                .Select(t => t.Destination?.Destination).FirstOrDefault(d => d is not null);
            if (target is not { Kind: DestinationKind.MeshExternalService, Ports: [var port] }
                || port.Port.ToString(CultureInfo.InvariantCulture) == written)
                continue;
            var finding = context.Report(
                Descriptor,
                Location.Of(node),
                $"Kuma ignores '{node.Key}: {written}', because {RuleText.Name(target)} has one port, {port.Port}")
                .Related(target.Location, $"has port {port.Port}")
                .Help($"write 'port: {port.Port}', or leave it out");
            if (reference.From is { } from)
                finding.On(from);
            else if (reference.FromDataplane is { } dataplane)
                finding.On(RuleText.Identity(dataplane));
        }
    }
}
