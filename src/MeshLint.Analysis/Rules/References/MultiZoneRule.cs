namespace MeshLint.Analysis.Rules.References;

/// <summary>One thing that can be wrong with a MeshMultiZoneService.</summary>
internal abstract class MultiZoneRule : FamilyRule
{
    /// <summary>Reports what is wrong with a service.</summary>
    public abstract void Check(RuleContext context, MultiZoneService service);
}
