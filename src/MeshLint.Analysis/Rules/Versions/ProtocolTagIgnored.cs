using MeshLint.Diagnostics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Versions;

/// <summary>An inbound that states its protocol by the tag only, which 3.0 no longer reads.</summary>
/// <remarks>
/// Mirrors kuma 3.0: pkg/core/resources/apis/meshservice/generate/generator.go and UPGRADE.md. Condition B03 of docs/coverage.md.
/// </remarks>
internal sealed class ProtocolTagIgnored : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML6002", "protocol-tag-ignored", "An inbound sets its protocol with a tag that the Kuma version does not read",
        RuleCategory.Versions, Severity.Error) { When = static b => !b.ProtocolTag };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (verdict is not { Accepted: true, Resource.Kind: "Dataplane" })
                continue;
            foreach (var inbound in verdict.Resource.Spec["networking"]["inbound"].Items)
            {
                var tag = inbound["tags"][WellKnown.ProtocolTag];
                if (tag.Text is not { Length: > 0 } protocol || protocol.Equals("tcp", StringComparison.OrdinalIgnoreCase)
                    || inbound["protocol"].Text is { Length: > 0 })
                    continue;
                context.Report(
                    Descriptor,
                    Location.Of(tag),
                    $"Kuma {context.Version.Text()} does not read the tag '{WellKnown.ProtocolTag}', so the inbound becomes tcp")
                    .On(verdict.Resource)
                    .Note("HTTP routes and policies stop applying to its traffic")
                    .Help($"write 'protocol: {protocol}' beside 'port' (2.14 reads it too)");
            }
        }
    }
}
