using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>The documents that tell other zones how to reach a zone.</summary>
internal static class ZoneAddresses
{
    /// <summary>ZoneIngresses and MeshZoneAddresses, as one control plane has them.</summary>
    public static IEnumerable<ResourceInstance> Of(ZoneView view) =>
        view.ResourcesOf("ZoneIngress", "")
            .Concat(view.Meshes.Keys.Order(StringComparer.Ordinal).SelectMany(m => view.ResourcesOf("MeshZoneAddress", m)));
}
