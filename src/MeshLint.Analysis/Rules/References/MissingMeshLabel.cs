using MeshLint.Diagnostics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A resource without a mesh label in a namespace whose workloads belong to a named mesh.</summary>
/// <remarks>
/// A control plane reads the mesh of a plugin kind from the object's own label and never from its namespace
/// (docs/kuma/documents.md#document-forms). Condition A13 of docs/coverage.md.
/// </remarks>
internal sealed class MissingMeshLabel : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2202", "missing-mesh-label", "A resource without a mesh label is in the namespace of another mesh", RuleCategory.References,
        Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var namespaces = new Dictionary<(string Place, string Name), (string Mesh, KubernetesObject Object)>();
        foreach (var item in context.Compilation.Objects)
        {
            if (item.Kind == "Namespace" && item.Labels[WellKnown.Mesh] is { Length: > 0 } mesh && mesh != WellKnown.DefaultMesh)
                namespaces[(item.Place.Name, item.Name)] = (mesh, item);
        }

        if (namespaces.Count == 0)
            return;
        foreach (var verdict in context.Compilation.Verdicts)
        {
            var resource = verdict.Resource;
            if (verdict.Stored is null
                || resource is not { IsKubernetes: true, KindInfo: { IsPlugin: true, IsMeshScoped: true }, Namespace: { } ns }
                || resource.LabelsNode[WellKnown.Mesh].Exists || !namespaces.TryGetValue((resource.Place.Name, ns), out var home))
                continue;
            context.Report(
                Descriptor,
                resource.Location,
                $"{resource.Kind} '{resource.Name}' has no label '{WellKnown.Mesh}', so it belongs to mesh 'default', not to "
                    + $"'{home.Mesh}' like the workloads of its namespace")
                .On(resource)
                .Related(home.Object.Location, $"the namespace of mesh '{home.Mesh}'")
                .Help($"add the label '{WellKnown.Mesh}: {home.Mesh}'");
        }
    }
}
