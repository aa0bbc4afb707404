using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A mesh that is used across zones and has no identity. What the mesh of another repository has is unknown.</summary>
internal sealed class MissingCrossZoneIdentity : CrossZoneRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5205", "missing-cross-zone-identity", "A mesh without mTLS or MeshIdentity is used across zones", RuleCategory.Routing,
        Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override string? KeyOf(DestinationInstance instance, MeshInfo mesh, bool hasIdentity) =>
        hasIdentity || !mesh.IsDeclared ? null : instance.Mesh;

    public override void Report(RuleContext context, CrossZoneUse use)
    {
        var (mesh, first, all) = use;
        var behaviour = context.Version.Behaviour;
        var document = context.Compilation.Graph.ViewOf(first.ControlPlane).Meshes[mesh].Document;
        var finding = context.Report(
                Descriptor,
                document?.Resource.Location ?? first.Destination.Location,
                (behaviour.MeshMtls, behaviour.MeshIdentities) switch
                {
                    (false, _) => $"mesh '{mesh}' has no MeshIdentity, so other zones cannot reach its services",
                    (_, true) => $"mesh '{mesh}' has neither mTLS nor a MeshIdentity, so other zones cannot reach its services",
                    _ => $"mesh '{mesh}' has no mTLS, so other zones cannot reach its services",
                })
            .UnlessOpen(context.Options, behaviour.MeshIdentities ? "MeshIdentity" : "Mesh")
            .Note($"proxies in zone '{first.ControlPlane.Name}' get no endpoints for them")
            .Related(
                first.Destination.Location,
                $"is used from zone '{first.ControlPlane.Name}'{(all.Count > 1 ? $", and {all.Count - 1} more are used from other zones" : "")}")
            .Help(behaviour.MeshIdentities ? "add a MeshIdentity" : "enable mTLS on the Mesh");
        if (document is not null)
            finding.On(document);
    }
}
