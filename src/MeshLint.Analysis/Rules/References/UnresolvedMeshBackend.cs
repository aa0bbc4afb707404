using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A backend of the Mesh (logging, tracing, metrics, mTLS), or a MeshOpenTelemetryBackend, that does not exist.</summary>
internal sealed class UnresolvedMeshBackend : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2018", "unresolved-mesh-backend", "A logging, tracing, metrics or mTLS backend of the mesh does not exist",
        RuleCategory.References, Severity.Error) { FormerSlugs = ["unresolved-backend"] };

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) =>
        found.FindsNothing && found.Edge == ReferenceEdge.Backend ? Severity.Error : null;

    public override string? World(in ReferenceCase found) => found.Kind ?? "Mesh";
}
