using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Versions;

/// <summary>
/// A Universal Dataplane without tags where the control plane still writes some itself: it is created, and every later update is refused.
/// </summary>
/// <remarks>
/// The manager adds kuma.io/zone after validation on create and before it on update (kuma:
/// pkg/core/managers/apis/dataplane/dataplane_manager.go). Conditions
/// B14 and B15 of docs/coverage.md.
/// </remarks>
internal sealed class FrozenDataplane : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML6202", "frozen-dataplane", "A Dataplane without tags is created, but cannot be updated", RuleCategory.Versions,
        Severity.Warning) { When = static b => b.TaglessDataplaneFrozen };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var graph = context.Compilation.Graph;
        foreach (var dataplane in graph.Dataplanes)
        {
            if (dataplane.Declared is not { Resource.IsKubernetes: false } declared
                || dataplane.Place is not { Environment: ControlPlaneEnvironment.Universal, InboundTagsDisabled: false })
                continue;
            // Where no document states the mesh, its mode is unknown.
            if (dataplane.Gateway == GatewayType.None
                && (!graph.ViewOf(dataplane.Place).Meshes.TryGetValue(dataplane.Mesh, out var mesh) || !mesh.IsDeclared
                    || mesh.IsExclusive))
                continue;
            // What is stored has the control plane's own tag already.
            var node = declared.Resource.Spec["networking"];
            var bare = dataplane.Gateway == GatewayType.Delegated
                ? node["gateway"]["tags"].Count == 0 ? node["gateway"] : default
                : node["inbound"].Items.FirstOrDefault(i => i["tags"].Count == 0);
            if (!bare.Exists)
                continue;
            context.Report(
                Descriptor,
                RuleText.At(
                    bare["port"].Exists ? bare["port"] : bare["type"].Exists ? bare["type"] : declared.Resource.NameNode,
                    declared.Resource.Location),
                $"{(dataplane.Gateway == GatewayType.Delegated ? "gateway" : "inbound")} of {RuleText.Name(dataplane)} has no tags, so "
                    + "the control plane creates the Dataplane and refuses every later update")
                .On(declared)
                .UnlessUnconfigured(context.Options)
                .Note("on an update the control plane adds the tag 'kuma.io/zone' and then requires 'kuma.io/service' too")
                .Help(dataplane.Gateway == GatewayType.Delegated
                    ? "give it the tag 'kuma.io/service'"
                    : "give it the tag 'kuma.io/service', or set 'meshServices.mode: Exclusive' on the Mesh");
        }
    }
}
