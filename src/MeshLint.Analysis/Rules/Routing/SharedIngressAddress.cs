using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>Two zones whose ingresses have one public address.</summary>
/// <remarks>Mirrors kuma: pkg/xds/topology/outbound.go. Condition H04 of docs/coverage.md.</remarks>
internal sealed class SharedIngressAddress : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5207", "shared-ingress-address", "Two zones have the same ingress address", RuleCategory.Routing,
        Severity.Warning) { When = static b => b.ZoneAddressOnceInAll };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var seen = new Dictionary<(string Kind, string Mesh, string Address, string Port), ResourceInstance>();
        var told = new HashSet<StoredResource>(ReferenceEqualityComparer.Instance);
        foreach (var view in context.Compilation.Graph.Views)
        {
            foreach (var resource in ZoneAddresses.Of(view))
            {
                if (!resource.IsLocal || resource.Stored is not { } stored)
                    continue;
                var isIngress = resource.Kind == "ZoneIngress";
                var body = isIngress ? resource.Spec["networking"] : resource.Spec;
                var address = body[isIngress ? "advertisedAddress" : "address"];
                if (address.Text is not { Length: > 0 } host
                    || body[isIngress ? "advertisedPort" : "port"].Text is not { Length: > 0 } port)
                    continue;
                var key = (resource.Kind, resource.Mesh, host, port);
                if (seen.TryAdd(key, resource) || seen[key].Home.Zone == resource.Home.Zone || !told.Add(stored))
                    continue;
                var first = seen[key];
                context.Report(
                    Descriptor,
                    RuleText.At(address, stored.Resource.Location),
                    $"the ingresses of zones '{first.Home.Zone}' and '{resource.Home.Zone}' both have the address {host}:{port}")
                    .On(stored)
                    .Related(first.Stored?.Resource.Location ?? stored.Resource.Location, "has the same address")
                    .Note("Kuma uses an address for one zone only, so other zones get no endpoints for the second one")
                    .Help("give each zone's ingress an address or a port of its own");
            }
        }
    }
}
