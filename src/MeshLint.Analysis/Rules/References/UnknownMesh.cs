using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Analysis.Rules.Schema;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A resource names a mesh that no document defines.</summary>
internal sealed class UnknownMesh : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2010", "unknown-mesh", "A resource belongs to a mesh that does not exist", RuleCategory.References, Severity.Error);

    /// <summary>As many names are compared with one that does not exist.</summary>
    private const int MostCandidates = 200;

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) =>
        found.FindsNothing && found.Edge == ReferenceEdge.Mesh ? Severity.Error : null;

    public override string? World(in ReferenceCase found) => "Mesh";

    /// <inheritdoc />
    /// <remarks>
    /// A document that is refused because of its mesh: the API answers 404, on Kubernetes the owner-reference webhook 400
    /// (kuma: pkg/plugins/runtime/k8s/webhooks/owner_reference_mutator.go).
    /// </remarks>
    public override void LookBeyond(RuleContext context)
    {
        var known = new Lazy<List<string>>(() =>
        [
            .. context.Compilation.Resources.Where(static r => r.Kind == "Mesh").Select(static r => r.Name).Append(WellKnown.DefaultMesh)
                .Distinct(StringComparer.Ordinal).Take(MostCandidates),
        ]);
        foreach (var verdict in Refusals.Of(context, RefusalCause.Mesh))
        {
            var resource = verdict.Resource;
            var node = resource.Root["mesh"].Exists ? resource.Root["mesh"] : resource.LabelsNode[WellKnown.Mesh];
            context.Report(
                    Descriptor,
                    node.Exists ? Location.Of(node) : resource.Location,
                    $"{resource.Kind} '{resource.Name}' belongs to mesh '{resource.Mesh}', which does not exist")
                .On(resource)
                .Refused(Refusals.Field(verdict), Refusals.Reason(verdict))
                .Note("the control plane refuses the resource until that mesh exists")
                .NearMiss(resource.Mesh, node, known.Value);
        }
    }
}
