using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>
/// A backendRef to a MeshService without a port, which 2.x reads as a value of <c>kuma.io/service</c>, and which finds nothing usable by
/// it.
/// </summary>
internal sealed class LegacyBackendRef : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2019", "legacy-backend-ref", "A backendRef without port is read as a kuma.io/service name", RuleCategory.References,
        Severity.Warning) { When = static b => b.LegacyServices };

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) =>
        found.IsAboutLegacyName && found.Reason != ReferenceReason.LegacyService ? found.SeverityOfEffect : null;

    public override string? World(in ReferenceCase found) => found.Kind ?? "MeshService";
}
