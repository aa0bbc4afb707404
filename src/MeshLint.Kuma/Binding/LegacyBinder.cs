using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Binding;

/// <summary>Binds the tag selectors and destinations of the legacy kinds (2.x; docs/kuma/policies.md#legacy-kinds).</summary>
internal static class LegacyBinder
{
    public static void Bind(ReferenceCollector collector, StoredResource from)
    {
        var spec = from.Spec;
        var mesh = from.Mesh;
        switch (from.Kind)
        {
            case "MeshGateway":
                BindSelectors(collector, spec["selectors"], "selectors", o => t => TagTargets.Bind(o.Scope, mesh, t, ReferenceEffect.SelectsNothing, localOnly: true));
                return;
            case "MeshGatewayRoute":
                BindSelectors(collector, spec["selectors"], "selectors", o => t => BindGateways(o.Scope, mesh, t));
                BindGatewayBackends(collector, spec["conf"], mesh);
                return;
            case "TrafficTrace" or "ProxyTemplate":
                BindSelectors(collector, spec["selectors"], "selectors", o => t => TagTargets.Bind(o.Scope, mesh, t, ReferenceEffect.PolicySelectsNothing, localOnly: true));
                return;
            case "VirtualOutbound":
                BindSelectors(collector, spec["selectors"], "selectors", o => t => TagTargets.Bind(o.Scope, mesh, t, ReferenceEffect.SelectsNothing));
                return;
            case "ExternalService":
                return;
        }

        // Inbound policies act at the destination, whose clients are anywhere; the others act at the source.
        var actsOnInbound = from.Kind is "TrafficPermission" or "FaultInjection" or "RateLimit";
        BindSelectors(
            collector, spec["sources"], "sources",
            o => t => TagTargets.Bind(o.Scope, mesh, t, actsOnInbound ? ReferenceEffect.NeverMatches : ReferenceEffect.PolicySelectsNothing, localOnly: !actsOnInbound));
        BindSelectors(
            collector, spec["destinations"], "destinations",
            o => t => TagTargets.Bind(o.Scope, mesh, t, actsOnInbound ? ReferenceEffect.PolicySelectsNothing : ReferenceEffect.ItemWithoutEffect, localOnly: false));
        if (from.Kind == "TrafficRoute")
            BindTrafficRoute(collector, spec["conf"], "conf", mesh);
    }

    private static void BindSelectors(ReferenceCollector collector, Node list, string path, Func<Occurrence, Func<LabelSet, ReferenceOutcome>> bind)
    {
        var index = 0;
        foreach (var item in list.Items)
        {
            var tags = LabelSet.From(item["match"]);
            collector.Add(ReferenceEdge.LegacySelector, item["match"], $"{path}[{index}].match", o => bind(o)(tags));
            index++;
        }
    }

    private static void BindTrafficRoute(ReferenceCollector collector, Node conf, string path, string mesh)
    {
        BindDestination(collector, conf["destination"], $"{path}.destination", mesh);
        var index = 0;
        foreach (var part in conf["split"].Items)
        {
            BindDestination(collector, part["destination"], $"{path}.split[{index}].destination", mesh);
            index++;
        }

        index = 0;
        foreach (var http in conf["http"].Items)
        {
            BindTrafficRoute(collector, http, $"{path}.http[{index}]", mesh);
            index++;
        }
    }

    private static void BindGatewayBackends(ReferenceCollector collector, Node conf, string mesh)
    {
        foreach (var protocol in new[] { "http", "tcp" })
        {
            var rule = 0;
            foreach (var node in conf[protocol]["rules"].Items)
            {
                var path = $"conf.{protocol}.rules[{rule}]";
                var index = 0;
                foreach (var backend in node["backends"].Items)
                {
                    BindDestination(collector, backend["destination"], $"{path}.backends[{index}].destination", mesh);
                    index++;
                }

                index = 0;
                foreach (var filter in node["filters"].Items)
                {
                    BindDestination(collector, filter["mirror"]["backend"]["destination"], $"{path}.filters[{index}].mirror.backend.destination", mesh);
                    index++;
                }

                rule++;
            }
        }
    }

    private static void BindDestination(ReferenceCollector collector, Node node, string path, string mesh)
    {
        if (!node.IsMapping)
            return;
        var tags = LabelSet.From(node);
        var service = tags[WellKnown.ServiceTag] ?? "";
        collector.Add(ReferenceEdge.BackendRef, node, path, o =>
        {
            if (service == TagIndex.AnyValue)
                return ProxyTargets.OfMesh(o.Scope, mesh, ReferenceEffect.NoEndpoints);
            var part = LegacyBackend.ResolveService(o.Scope, mesh, service, tags.Without(WellKnown.ServiceTag), 1, isHttp: false, () => o.Scope.Candidates.ForServiceTag(mesh, service));
            return part.Outcome.Status == ReferenceStatus.Resolved ? part.Outcome with { Reason = ReferenceReason.None, Text = "" } : part.Outcome.With(ReferenceEffect.NoEndpoints);
        });
    }

    /// <summary>A MeshGatewayRoute attaches to gateways by the tags of gateway and listener together.</summary>
    private static ReferenceOutcome BindGateways(BindingScope scope, string mesh, LabelSet tags)
    {
        var targets = ImmutableArray.CreateBuilder<ReferenceTarget>();
        foreach (var gateway in scope.View.ResourcesOf("MeshGateway", mesh))
        {
            if (ProxyTargets.HasListener(gateway, tags))
                targets.Add(BindingScope.TargetOf(gateway));
        }

        return targets.Count > 0
            ? Outcomes.Resolved(scope, targets.ToImmutable())
            : Outcomes.Unresolved(
                scope, ReferenceReason.SelectsNothing, $"no listener of a MeshGateway of the mesh '{mesh}' has the tags {DestinationResolver.Show(tags)}", ReferenceEffect.ItemWithoutEffect,
                scope.Candidates.ForTags(mesh, tags));
    }
}
