using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>One thing that MeshServices used from another zone can lack.</summary>
internal abstract class CrossZoneRule : FamilyRule
{
    /// <summary>Under which key uses that lack it are told together; null where the use does not lack it.</summary>
    /// <param name="instance">The copy of a MeshService that is used in a zone and has no endpoints there.</param>
    /// <param name="mesh">Its mesh, as that zone has it.</param>
    /// <param name="hasIdentity">The proxies of the mesh have an identity.</param>
    public abstract string? KeyOf(DestinationInstance instance, MeshInfo mesh, bool hasIdentity);

    /// <summary>Reports the uses of one key.</summary>
    public abstract void Report(RuleContext context, CrossZoneUse use);
}
