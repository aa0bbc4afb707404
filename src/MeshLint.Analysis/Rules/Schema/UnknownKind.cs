using MeshLint.Diagnostics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Schema;

/// <summary>A kind that the Kuma version does not have.</summary>
internal sealed class UnknownKind : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML1002", "unknown-kind", "The Kuma version has no such kind", RuleCategory.Schema, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var verdict in Refusals.Of(context, RefusalCause.Kind))
        {
            var resource = verdict.Resource;
            var node = resource.Root[resource.IsKubernetes ? "kind" : "type"];
            var finding = context.Report(Descriptor, node.Exists ? Location.Of(node) : resource.Location, Message(context, resource))
                .On(resource)
                .Refused(Refusals.Field(verdict), Refusals.Reason(verdict));
            if (resource.KindInfo is null)
                finding.NearMiss(resource.Kind, node, KindCatalog.All.Where(k => k.ExistsIn(context.Version)).Select(k => k.Name));
        }
    }

    private static string Message(RuleContext context, MeshResource resource) => resource.KindInfo switch
    {
        null => $"Kuma has no kind '{resource.Kind}'",
        { Until: { } until } when context.Version > until =>
            $"Kuma {context.Version.Text()} has no {resource.Kind}; {until.Text()} is the last version with it",
        { } kind => $"Kuma {context.Version.Text()} has no {resource.Kind}; {kind.Since.Text()} is the first version with it",
    };
}
