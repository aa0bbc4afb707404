using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;
using MeshLint.Analysis.Rules.References;

namespace MeshLint.Analysis.Rules.Targeting;

/// <summary>An item of <c>from</c>, a match of an inbound rule, or a legacy selector that no client ever matches.</summary>
internal sealed class ClientNeverMatches : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML3002", "client-never-matches", "A from or selector entry matches no client", RuleCategory.Targeting, Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) =>
        found.FindsNothing && found.Edge is ReferenceEdge.From or ReferenceEdge.RuleMatch or ReferenceEdge.LegacySelector
            ? Severity.Warning
            : null;

    public override string? World(in ReferenceCase found) => "Dataplane";
}
