using MeshLint.Analysis.Rules.References;
using MeshLint.Yaml;
using System.Text.Json;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Resources;
using MeshLint.Output.Graph;
using static MeshLint.Output.Json.JsonParts;

namespace MeshLint.Output.Emit;

/// <summary>Writes <c>graph.json</c>, version 1 (docs/graph-json.md, docs/schema/graph.schema.json).</summary>
/// <remarks>
/// Everything is sorted, so the bytes depend on the documents alone. A value that a control plane would not store is <c>null</c>.
/// Members beyond the contract are optional ones: what a control plane sees differently from the service's home is in <c>views</c>.
/// </remarks>
public static class GraphJson
{
    /// <summary>Version of the format; changes when a reader of the old one would go wrong.</summary>
    public const int Version = 1;

    /// <summary>The graph as indented JSON.</summary>
    public static string Write(GraphDocument document) => JsonNodeWriter.ToText(writer => Write(writer, document));

    /// <summary>Writes the graph as the next value.</summary>
    public static void Write(Utf8JsonWriter writer, GraphDocument document)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(document);
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteString("kumaVersion", document.Version.Text());
        WriteArray(writer, "controlPlanes", document.ControlPlanes, WriteControlPlane);
        WriteArray(writer, "meshes", document.Meshes, WriteMesh);
        WriteArray(writer, "dataplanes", document.Dataplanes, WriteDataplane);
        WriteArray(writer, "services", document.Services, (w, service) => WriteService(w, service, document.Version));
        if (!document.Workloads.IsEmpty)
            WriteArray(writer, "workloads", document.Workloads, WriteWorkload);
        WriteArray(writer, "references", document.References, WriteReference);
        writer.WriteEndObject();
    }

    private static void WriteControlPlane(Utf8JsonWriter writer, ZoneView view)
    {
        var place = view.ControlPlane;
        writer.WriteStartObject();
        writer.WriteString("name", place.Name);
        writer.WriteString(
            "role",
            place.Role switch { ControlPlaneRole.Global => "global", ControlPlaneRole.FederatedZone => "federated-zone", _ => "zone" });
        writer.WriteString("environment", place.IsKubernetes ? "kubernetes" : "universal");
        if (!place.IsGlobal)
            writer.WriteString("zone", place.Zone);
        if (place.IsKubernetes)
            writer.WriteString("systemNamespace", place.SystemNamespace);
        if (view.IsImplied)
            writer.WriteBoolean("implied", true);
        writer.WriteEndObject();
    }

    private static void WriteMesh(Utf8JsonWriter writer, MeshInfo mesh)
    {
        writer.WriteStartObject();
        writer.WriteString("name", mesh.Name);
        writer.WriteString("mode", mesh.Mode.ToString());
        writer.WriteString("controlPlane", mesh.Home.Name);
        writer.WriteBoolean("mtls", mesh.HasMtls);
        if (mesh.Document is { } document)
            WriteSource(writer, document.Resource.Location);
        writer.WriteEndObject();
    }

    private static void WriteDataplane(Utf8JsonWriter writer, GraphDataplane node)
    {
        var dataplane = node.Dataplane;
        writer.WriteStartObject();
        writer.WriteString("kri", node.Kri);
        writer.WriteString("mesh", dataplane.Mesh);
        writer.WriteString("zone", dataplane.Zone);
        writer.WriteString("namespace", node.Namespace);
        writer.WriteString("name", node.Name);
        writer.WriteString("origin", dataplane.IsDerived ? "derived" : "declared");
        WriteLabels(writer, "labels", dataplane.Labels);
        writer.WriteString("address", dataplane.Address);
        if (dataplane.AdvertisedAddress.Length > 0)
            writer.WriteString("advertisedAddress", dataplane.AdvertisedAddress);
        if (dataplane.Gateway != GatewayType.None)
        {
            writer.WriteString("gateway", dataplane.Gateway == GatewayType.Builtin ? "BUILTIN" : "DELEGATED");
            WriteLabels(writer, "gatewayTags", dataplane.GatewayTags);
        }

        if (dataplane.Replicas != 1)
            writer.WriteNumber("replicas", dataplane.Replicas);
        WriteArray(writer, "inbounds", dataplane.Inbounds, WriteInbound);
        if (!dataplane.Listeners.IsEmpty)
            WriteArray(writer, "listeners", dataplane.Listeners, WriteListener);
        WriteSource(writer, dataplane.Location);
        writer.WriteEndObject();
    }

    private static void WriteInbound(Utf8JsonWriter writer, Inbound inbound)
    {
        writer.WriteStartObject();
        writer.WriteString("name", inbound.Name);
        writer.WriteNumber("port", inbound.Port);
        writer.WriteNumber("servicePort", inbound.ServicePort);
        writer.WriteString("address", inbound.Address);
        writer.WriteString("protocol", inbound.RawProtocol.Length > 0 ? inbound.RawProtocol : "tcp");
        writer.WriteString("state", inbound.State.ToString());
        WriteLabels(writer, "tags", inbound.Tags);
        writer.WriteEndObject();
    }

    private static void WriteListener(Utf8JsonWriter writer, ProxyListener listener)
    {
        writer.WriteStartObject();
        writer.WriteString("type", listener.Type);
        writer.WriteString("name", listener.Name);
        writer.WriteString("address", listener.Address);
        writer.WriteNumber("port", listener.Port);
        writer.WriteString("state", listener.State.ToString());
        writer.WriteEndObject();
    }

    private static void WriteService(Utf8JsonWriter writer, GraphService node, KumaVersion version)
    {
        var service = node.Destination;
        writer.WriteStartObject();
        writer.WriteString("kri", service.Kri);
        writer.WriteString("kind", service.KindName);
        writer.WriteString("mesh", service.Mesh);
        writer.WriteString("zone", service.Zone);
        writer.WriteString("namespace", node.Namespace);
        writer.WriteString("name", service.Name);
        writer.WriteString("displayName", service.DisplayName);
        writer.WriteString("controlPlane", service.Home.Name);
        WriteLabels(writer, "labels", service.Labels);
        writer.WriteString("origin", service.Origin switch
        {
            DestinationOrigin.GeneratedFromService => "generated-from-service",
            DestinationOrigin.GeneratedFromDataplanes => "generated-from-dataplanes",
            _ => "declared",
        });
        writer.WriteString("state", node.State);
        WriteSelector(writer, service);
        WriteArray(writer, "identities", service.Identities, static (w, identity) =>
        {
            w.WriteStartObject();
            w.WriteString("type", identity.Type);
            w.WriteString("value", identity.Value);
            w.WriteEndObject();
        });

        writer.WriteStartArray("ports");
        for (var i = 0; i < service.Ports.Length; i++)
            WritePort(writer, node, i, version);
        writer.WriteEndArray();
        if (service.Kind == DestinationKind.MeshExternalService)
        {
            WriteArray(writer, "externalEndpoints", service.ExternalEndpoints, static (w, endpoint) =>
            {
                w.WriteStartObject();
                w.WriteString("address", endpoint.Address);
                w.WriteNumber("port", endpoint.Port);
                w.WriteNumber("priority", endpoint.Priority);
                w.WriteEndObject();
            });
        }

        WriteHostnames(writer, node);
        WriteArray(writer, "copies", service.Instances.Where(static i => !i.IsLocal), static (w, copy) =>
        {
            w.WriteStartObject();
            w.WriteString("controlPlane", copy.ControlPlane.Name);
            w.WriteString("name", copy.CoreName);
            WriteLabels(w, "labels", copy.Labels);
            w.WriteEndObject();
        });
        if (service.Instances.Length > 1 || service.Kind == DestinationKind.MeshMultiZoneService)
            WriteArray(writer, "views", service.Instances.Where(static i => !i.ControlPlane.IsGlobal), WriteView);
        WriteSource(writer, service.Location);
        writer.WriteEndObject();
    }

    private static void WriteSelector(Utf8JsonWriter writer, Destination service)
    {
        writer.WriteStartObject("selector");
        if (service.Selector.DataplaneRef is { } dataplane)
        {
            writer.WriteStartObject("dataplaneRef");
            writer.WriteString("name", dataplane);
            writer.WriteEndObject();
        }

        if (service.Selector.DataplaneTags is { } tags)
            WriteLabels(writer, "dataplaneTags", tags.Labels);
        if (service.Selector.DataplaneLabels is { } labels)
            WriteMatchLabels("dataplaneLabels", labels.Labels);
        if (service.MeshServiceLabels is { } services)
            WriteMatchLabels("meshService", services.Labels);
        writer.WriteEndObject();

        void WriteMatchLabels(string name, LabelSet pairs)
        {
            writer.WriteStartObject(name);
            WriteLabels(writer, "matchLabels", pairs);
            writer.WriteEndObject();
        }
    }

    private static void WritePort(Utf8JsonWriter writer, GraphService node, int index, KumaVersion version)
    {
        var service = node.Destination;
        var port = service.Ports[index];
        writer.WriteStartObject();
        writer.WriteString("name", port.Name);
        writer.WriteNumber("port", port.Port);
        if (port.TargetPort.Number is { } number)
            writer.WriteNumber("targetPort", number);
        else
            writer.WriteString("targetPort", port.TargetPort.Name);
        writer.WriteString("appProtocol", port.AppProtocol.Length > 0 ? port.AppProtocol : null);
        writer.WriteString("kri", service.KriOf(service.SectionName(port, version)));
        WriteArray(writer, "endpoints", node.EndpointsOf(index), static (w, endpoint) =>
        {
            w.WriteStartObject();
            WriteEndpoint(w, endpoint);
            w.WriteEndObject();
        });
        writer.WriteEndObject();
    }

    private static void WriteEndpoint(Utf8JsonWriter writer, Endpoint endpoint)
    {
        writer.WriteString("zone", endpoint.Zone);
        writer.WriteString("dataplane", endpoint.Dataplane is { } dataplane ? GraphDataplane.KriOf(dataplane) : null);
        writer.WriteString("address", endpoint.Address);
        writer.WriteNumber("port", endpoint.Port);
    }

    private static void WriteHostnames(Utf8JsonWriter writer, GraphService service)
    {
        var outcomes = service.Hostnames().ToList();
        WriteArray(writer, "hostnames", outcomes.Where(static h => h.Outcome.Reason == HostnameReason.Generated), static (w, hostname) =>
        {
            w.WriteStartObject();
            w.WriteString("hostname", hostname.Outcome.Hostname);
            w.WriteString("generator", hostname.Outcome.Generator.CoreName);
            w.WriteString("controlPlane", hostname.ControlPlane);
            if (hostname.Outcome.DependsOnOrder)
                w.WriteBoolean("dependsOnOrder", true);
            w.WriteEndObject();
        });
        if (outcomes.TrueForAll(static h => h.Outcome.Reason == HostnameReason.Generated))
            return;
        WriteArray(writer, "hostnameProblems", outcomes.Where(static h => h.Outcome.Reason != HostnameReason.Generated), static (w, problem) =>
        {
            w.WriteStartObject();
            w.WriteString("reason", problem.Outcome.Reason == HostnameReason.Collision ? "collision" : "template-error");
            w.WriteString("hostname", problem.Outcome.Hostname);
            w.WriteString("generator", problem.Outcome.Generator.CoreName);
            w.WriteString("controlPlane", problem.ControlPlane);
            w.WriteString("message", problem.Outcome.Message);
            if (problem.Outcome.Winner is { } winner)
                w.WriteString("winner", winner.Destination.Kri);
            if (problem.Outcome.DependsOnOrder)
                w.WriteBoolean("dependsOnOrder", true);
            w.WriteEndObject();
        });
    }

    private static void WriteView(Utf8JsonWriter writer, DestinationInstance instance)
    {
        writer.WriteStartObject();
        writer.WriteString("controlPlane", instance.ControlPlane.Name);
        writer.WriteString("name", instance.CoreName);
        if (instance.Kind == DestinationKind.MeshMultiZoneService)
            WriteStrings(
                writer, "meshServices", instance.MatchedServices.Where(m => m.Mesh == instance.Mesh).Select(static m => m.Destination.Kri));
        writer.WriteStartArray("ports");
        for (var i = 0; i < Math.Min(instance.Endpoints.Length, instance.Destination.Ports.Length); i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("port", instance.Destination.Ports[i].Port);
            WriteArray(writer, "endpoints", GraphService.Sort(instance.Endpoints[i]), static (w, endpoint) =>
            {
                w.WriteStartObject();
                w.WriteString("route", endpoint.Route switch
                {
                    EndpointRoute.Local => "local",
                    EndpointRoute.ZoneIngress => "zone-ingress",
                    EndpointRoute.ZoneEgress => "zone-egress",
                    _ => "external",
                });
                WriteEndpoint(w, endpoint);
                w.WriteNumber("priority", endpoint.Priority);
                w.WriteEndObject();
            });
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteWorkload(Utf8JsonWriter writer, Workload workload)
    {
        writer.WriteStartObject();
        writer.WriteString("mesh", workload.Mesh);
        writer.WriteString("controlPlane", workload.Home.Name);
        writer.WriteString("name", workload.Name);
        WriteLabels(writer, "labels", workload.Labels);
        WriteStrings(writer, "dataplanes", workload.Dataplanes.Select(GraphDataplane.KriOf).Order(StringComparer.Ordinal));
        writer.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter writer, GraphReference node)
    {
        var (reference, location) = (node.Reference, node.Location);
        writer.WriteStartObject();
        writer.WriteStartObject("from");
        writer.WriteString("kind", reference.FromKind);
        writer.WriteString("mesh", reference.FromMesh);
        writer.WriteString("namespace", reference.FromNamespace);
        writer.WriteString("name", reference.FromName);
        writer.WriteEndObject();
        writer.WriteString("path", reference.Path);
        writer.WriteString("edge", node.Edge);
        writer.WriteString("file", location.Source.Path);
        WriteRange(writer, location);
        WriteStrings(writer, "targets", node.Targets().Select(static t => t.Kri).Distinct(StringComparer.Ordinal));
        writer.WriteString("status", node.Status);
        var telling = reference.Outcomes.FirstOrDefault(static o => o.Reason != ReferenceReason.None);
        writer.WriteString("reason", telling is null ? "" : Kebab(telling.Reason.ToString()));
        if (telling is { Text.Length: > 0 })
            writer.WriteString("text", telling.Text);
        WriteEffect(writer, reference.Outcomes.FirstOrDefault(static o => o.Effect != ReferenceEffect.None));
        if (reference.Outcomes.Any(static o => o.DependsOnOrder))
            writer.WriteBoolean("dependsOnOrder", true);
        WriteStrings(writer, "controlPlanes", reference.Outcomes.Select(static o => o.ControlPlane.Name));
        if (reference.Outcomes.Skip(1).Any(o => !SaysTheSame(o, reference.Outcomes[0])))
            WriteArray(writer, "outcomes", reference.Outcomes, WriteOutcome);
        writer.WriteEndObject();
    }

    private static bool SaysTheSame(ReferenceOutcome a, ReferenceOutcome b) =>
        a.Status == b.Status && a.Reason == b.Reason && a.Effect == b.Effect && a.DependsOnOrder == b.DependsOnOrder
        && a.Targets.Select(static t => t.Kri).SequenceEqual(b.Targets.Select(static t => t.Kri), StringComparer.Ordinal);

    private static void WriteOutcome(Utf8JsonWriter writer, ReferenceOutcome outcome)
    {
        writer.WriteStartObject();
        writer.WriteString("controlPlane", outcome.ControlPlane.Name);
        writer.WriteString("status", GraphReference.NameOf(outcome.Status));
        writer.WriteString("reason", outcome.Reason == ReferenceReason.None ? "" : Kebab(outcome.Reason.ToString()));
        if (outcome.Text.Length > 0)
            writer.WriteString("text", outcome.Text);
        WriteEffect(writer, outcome);
        WriteStrings(writer, "targets", outcome.Targets.Select(static t => t.Kri));
        if (outcome.DependsOnOrder)
            writer.WriteBoolean("dependsOnOrder", true);
        writer.WriteEndObject();
    }

    private static void WriteEffect(Utf8JsonWriter writer, ReferenceOutcome? outcome)
    {
        if (outcome is null || outcome.Effect == ReferenceEffect.None)
            return;
        writer.WriteString("effect", Kebab(outcome.Effect.ToString()));
        writer.WriteString("effectText", EffectWords.Of(outcome));
    }
}
