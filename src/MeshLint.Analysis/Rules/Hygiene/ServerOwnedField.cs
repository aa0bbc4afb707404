using MeshLint.Diagnostics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Hygiene;

/// <summary>A field in Git that the control plane owns and overwrites.</summary>
/// <remarks>Mirrors kuma: pkg/core/resources/apis/meshservice/status/updater.go. Condition D25 of docs/coverage.md.</remarks>
internal sealed class ServerOwnedField : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML9001", "server-owned-field", "A field that the control plane owns is written in Git", RuleCategory.Hygiene, Severity.Info);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (verdict.Stored is null)
                continue;
            var resource = verdict.Resource;
            if (resource.Kind == "MeshService")
            {
                Check(context, resource, resource.Spec["state"], "spec.state");
                Check(context, resource, resource.Spec["identities"], "spec.identities");
            }

            if (resource.KindInfo is { IsPlugin: true } && resource.Root["status"].Count > 0)
                Check(context, resource, resource.Root["status"], "status");
        }
    }

    private static void Check(RuleContext context, MeshResource resource, Node node, string field)
    {
        if (!node.Exists)
            return;
        context.Report(Descriptor, Location.OfKey(node), $"'{field}' is owned by the control plane, which overwrites it")
            .On(resource)
            .Note("tools that compare Git with the control plane always report a difference")
            .Help("remove it");
    }
}
