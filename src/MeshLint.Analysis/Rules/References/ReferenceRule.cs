using MeshLint.Kuma.Binding;
using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.References;

/// <summary>One way in which references fail.</summary>
internal abstract class ReferenceRule : FamilyRule
{
    /// <summary>How bad the case is; null where it belongs to another rule, or where it is meant so.</summary>
    public abstract Severity? SeverityOf(in ReferenceCase found);

    /// <summary>What is wrong.</summary>
    public virtual string Message(in ReferenceCase found) => found.Outcome.Text.Length > 0 ? found.Outcome.Text : Finds.Title;

    /// <summary>The part of the reference that is wrong; where it does not exist, the reference as a whole is shown.</summary>
    public virtual Node Place(in ReferenceCase found) => found.Reason switch
    {
        ReferenceReason.NoLabelMatch => found.Target.LabelsNode,
        ReferenceReason.NoSuchName or ReferenceReason.NoSuchLegacyService
            or ReferenceReason.LegacyInExclusiveMode or ReferenceReason.LegacyProtocol => found.Target.NameNode,
        _ => default,
    };

    /// <summary>
    /// The kind of which everything must be in the repository for the finding to hold (an open world makes it one step less severe); null
    /// where the target is found and only a part of it is wrong.
    /// </summary>
    public virtual string? World(in ReferenceCase found) => null;

    /// <summary>Reports what the rule finds elsewhere than among the references that the family walks over.</summary>
    public virtual void LookBeyond(RuleContext context)
    {
    }

    /// <summary>Adds what only this rule has to say: other places, notes, help, fixes.</summary>
    public virtual void Explain(Finding finding, in ReferenceCase found, Node at) => CandidateText.Show(finding, found, at);
}
