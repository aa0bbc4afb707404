using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A reference by labels matches several destinations where one is taken.</summary>
internal sealed class AmbiguousBackendRef : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2002", "ambiguous-backend-ref", "Several destinations match a reference, and Kuma uses one of them", RuleCategory.References,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    private const int MostRelated = 4;

    public override Severity? SeverityOf(in ReferenceCase found) => found.IsAmbiguous ? Severity.Warning : null;

    public override void Explain(Finding finding, in ReferenceCase found, Node at)
    {
        var outcome = found.Outcome;
        var first = true;
        foreach (var target in outcome.Targets.Take(MostRelated))
        {
            if (target.Destination is not { } instance)
                continue;
            var home = instance.Destination.Home;
            var name = $"{RuleText.Name(instance.Destination)} of {(home.IsGlobal ? "the Global" : $"zone '{home.Zone}'")}";
            var taken = outcome.DependsOnOrder
                ? $"{name} is used if it was created first; document order is assumed here"
                : $"{name} is used";
            finding.Related(instance.Destination.Location, first ? taken : $"{name} matches too");
            first = false;
        }

        if (outcome.Targets.Length > MostRelated)
            finding.Note($"{outcome.Targets.Length} destinations match in all");
        finding.Help(
            "add labels that only the intended destination has, such as 'kuma.io/display-name', 'k8s.kuma.io/namespace' or 'kuma.io/zone'");
    }
}
