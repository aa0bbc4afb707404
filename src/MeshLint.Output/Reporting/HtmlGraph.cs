using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;
using MeshLint.Output.Graph;

namespace MeshLint.Output.Reporting;

/// <summary>The graph as one self-contained page: meshes, zones, services, who reaches whom, with findings on the nodes.</summary>
/// <remarks>
/// Nothing is loaded from anywhere. The data stands in a JSON script block whose encoder escapes '&lt;', '&gt;' and '&amp;', and the page
/// puts every
/// text into the document as text, so that hostile names stay names.
/// </remarks>
public static class HtmlGraph
{
    private const string Placeholder = "/*DATA*/";

    /// <summary>The page.</summary>
    public static string Write(GraphDocument document, ImmutableArray<Diagnostic> diagnostics)
    {
        using var stream = typeof(HtmlGraph).Assembly.GetManifestResourceStream("graph.html")
            ?? throw new InvalidOperationException("graph.html is not embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var page = reader.ReadToEnd().ReplaceLineEndings("\n");
        return page.Replace(Placeholder, Data(document, diagnostics), StringComparison.Ordinal);
    }

    private static string Data(GraphDocument document, ImmutableArray<Diagnostic> diagnostics)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
            new PageData(document, diagnostics).Write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private sealed class PageData
    {
        private readonly GraphDocument document;
        private readonly List<GraphService> services;
        private readonly List<GraphDataplane> dataplanes;
        private readonly Dictionary<object, int> ids = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<int, List<Diagnostic>> findings = [];
        private readonly List<Diagnostic> elsewhere = [];
        private readonly Dictionary<int, List<Reference>> policies = [];
        private readonly int errors;
        private readonly int warnings;

        public PageData(GraphDocument document, ImmutableArray<Diagnostic> diagnostics)
        {
            this.document = document;
            services = [.. document.Services.OrderBy(static s => s.Index)];
            dataplanes = [.. document.Dataplanes.OrderBy(static d => d.Index)];
            var byIdentity = new Dictionary<ResourceIdentity, int>();
            foreach (var destination in services.Select(static s => s.Destination))
                Add(destination, IdentityOf(destination), byIdentity);
            foreach (var dataplane in dataplanes.Select(static d => d.Dataplane))
                Add(dataplane, dataplane.Declared?.Resource.Identity ?? dataplane.DerivedFrom?.Identity, byIdentity);
            foreach (var diagnostic in diagnostics)
            {
                if (diagnostic.Severity == Severity.Error)
                    errors++;
                else if (diagnostic.Severity == Severity.Warning)
                    warnings++;
                if (diagnostic.Resource is not { } identity || !byIdentity.TryGetValue(identity, out var id))
                    elsewhere.Add(diagnostic);
                else if (findings.TryGetValue(id, out var list))
                    list.Add(diagnostic);
                else
                    findings[id] = [diagnostic];
            }
        }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("kumaVersion", document.Version.Text());
            json.WriteNumber("errors", errors);
            json.WriteNumber("warnings", warnings);
            json.WriteStartArray("zones");
            foreach (var view in document.ControlPlanes)
                json.WriteVisible(view.ControlPlane.Name);
            json.WriteEndArray();
            json.WriteStartArray("meshes");
            foreach (var mesh in document.MeshesAsDeclared.Where(m => m.IsDeclared || IsUsed(m.Name)).DistinctBy(m => m.Name))
            {
                json.WriteStartObject();
                json.WriteVisible("name", mesh.Name);
                json.WriteString("mode", mesh.Mode.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("edges");
            WriteEdges(json);
            json.WriteEndArray();
            json.WriteStartArray("nodes");
            foreach (var service in services)
                WriteDestination(json, ids[service.Destination], service);
            foreach (var dataplane in dataplanes.Select(static d => d.Dataplane))
                WriteDataplane(json, ids[dataplane], dataplane);

            json.WriteEndArray();
            WriteFindings(json, elsewhere);
            json.WriteEndObject();
        }

        private bool IsUsed(string mesh) =>
            services.Exists(s => s.Destination.Mesh == mesh) || dataplanes.Exists(d => d.Dataplane.Mesh == mesh);

        private static ResourceIdentity? IdentityOf(Destination destination) =>
            destination.Declared?.Resource.Identity ?? destination.Derived?.Service.Identity;

        private void Add(object node, ResourceIdentity? identity, Dictionary<ResourceIdentity, int> byIdentity)
        {
            if (identity is not null)
                byIdentity.TryAdd(identity, ids.Count);
            ids[node] = ids.Count;
        }

        private void WriteEdges(Utf8JsonWriter json)
        {
            foreach (var service in services)
            {
                var id = ids[service.Destination];
                foreach (var dataplane in service.Destination.Selected)
                    WriteEdge(json, id, ids[dataplane], "selects", "", default);
                foreach (var matched in service.Matched().Distinct())
                    WriteEdge(json, id, ids[matched], "matches", "", default);
            }

            var references = document.References.OrderBy(static r => r.Index).Select(static r => r.Reference).ToList();

            // A route leads from its parents to its backends; what a policy says about a destination is told there.
            var parents = new Dictionary<(object From, string Item), List<int>>();
            foreach (var reference in references)
            {
                if (reference.Edge == ReferenceEdge.To && reference.From is { } from)
                {
                    var targets = Targets(reference);
                    parents[(from, ItemOf(reference.Path))] = targets;
                    if (from.Kind is "MeshHTTPRoute" or "MeshTCPRoute")
                        continue;
                    foreach (var target in targets)
                        (policies.TryGetValue(target, out var list) ? list : policies[target] = []).Add(reference);
                }
            }

            foreach (var reference in references)
            {
                var outcome = reference.Outcomes.FirstOrDefault(o => o.Status != ReferenceStatus.Resolved);
                var note = outcome is null || outcome.Status == ReferenceStatus.Ignored ? "" : outcome.Text;
                var starts = reference.Edge switch
                {
                    ReferenceEdge.BackendRef or ReferenceEdge.RequestMirror when reference.From is { } route =>
                        parents.GetValueOrDefault((route, ItemOf(reference.Path)), []),
                    ReferenceEdge.Outbound or ReferenceEdge.ReachableBackend when reference.FromDataplane is { } dataplane =>
                        [ids[dataplane]],
                    _ => [],
                };
                var label = reference.Edge switch
                {
                    ReferenceEdge.Outbound => "outbound to",
                    ReferenceEdge.ReachableBackend => "may reach",
                    ReferenceEdge.RequestMirror => $"{reference.FromKind} {reference.FromName} mirrors to",
                    _ => $"{reference.FromKind} {reference.FromName} sends to",
                };
                foreach (var start in starts)
                {
                    var ends = Targets(reference);
                    foreach (var end in ends)
                        WriteEdge(json, start, end, label, note, reference.Node);
                    if (ends.Count == 0 && reference.Status == ReferenceStatus.Unresolved)
                        WriteEdge(json, start, -1, label, note, reference.Node);
                }
            }
        }

        private List<int> Targets(Reference reference) =>
            [.. reference.Outcomes.SelectMany(o => o.Targets).Select(t => t.Destination?.Destination).OfType<Destination>().Distinct().Select(d => ids[d])];

        // "spec.to[2].rules[0]…" and "spec.to[2].targetRef" belong to one item.
        private static string ItemOf(string path)
        {
            var end = path.IndexOf(']', StringComparison.Ordinal);
            return end < 0 ? path : path[..end];
        }

        private static void WriteEdge(Utf8JsonWriter json, int from, int to, string label, string note, Node node)
        {
            json.WriteStartObject();
            json.WriteNumber("from", from);
            json.WriteNumber("to", to);
            json.WriteVisible("label", label);
            if (note.Length > 0)
                json.WriteVisible("note", note);
            if (node.Source is { } source)
                WritePlace(json, new Location(source, node.Span));
            json.WriteEndObject();
        }

        private void WriteDestination(Utf8JsonWriter json, int id, GraphService service)
        {
            var destination = service.Destination;
            Begin(json, destination.KindName, destination.DisplayName, destination.Mesh, destination.Home.Name, destination.Namespace);
            json.WriteVisible("origin", destination.Origin switch
            {
                DestinationOrigin.GeneratedFromService => "generated from a Service",
                DestinationOrigin.GeneratedFromDataplanes => "generated from Dataplanes",
                _ => "declared",
            });
            json.WriteString("state", service.State ?? "");
            json.WriteStartArray("ports");
            for (var i = 0; i < destination.Ports.Length; i++)
            {
                var port = destination.Ports[i];
                WritePort(json, port.Name ?? "", port.Port, port.TargetPort.ToString(), port.AppProtocol, service.MostEndpoints(i));
            }

            json.WriteEndArray();
            json.WriteStartArray("hostnames");
            foreach (var hostname in destination.Instances.SelectMany(i => i.Hostnames).Where(h => h.Reason == HostnameReason.Generated)
                .Select(h => h.Hostname).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                json.WriteVisible(hostname);
            json.WriteEndArray();
            End(json, id, destination.Labels, destination.Location);
        }

        private void WriteDataplane(Utf8JsonWriter json, int id, Dataplane dataplane)
        {
            Begin(json, "Dataplane", dataplane.DisplayName, dataplane.Mesh, dataplane.Place.Name, dataplane.Namespace);
            json.WriteVisible("origin", dataplane.DerivedFrom is { } source
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"from {source.Kind} {source.Name}, {dataplane.Replicas} replica{(dataplane.Replicas == 1 ? "" : "s")}")
                : "declared");
            json.WriteString("state", "");
            json.WriteStartArray("ports");
            foreach (var inbound in dataplane.Inbounds)
                WritePort(
                    json,
                    inbound.Name,
                    inbound.Port,
                    inbound.ServicePort == inbound.Port ? "" : inbound.ServicePort.ToString(CultureInfo.InvariantCulture),
                    inbound.RawProtocol,
                    -1);
            json.WriteEndArray();
            json.WriteStartArray("hostnames");
            json.WriteEndArray();
            End(json, id, dataplane.Labels, dataplane.Location);
        }

        private static void Begin(Utf8JsonWriter json, string kind, string name, string mesh, string zone, string ns)
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            json.WriteVisible("name", name);
            json.WriteVisible("mesh", mesh);
            json.WriteVisible("zone", zone);
            json.WriteVisible("namespace", ns);
        }

        private static void WritePort(Utf8JsonWriter json, string name, int port, string target, string protocol, int endpoints)
        {
            json.WriteStartObject();
            json.WriteVisible("name", name);
            json.WriteNumber("port", port);
            json.WriteVisible("target", target);
            json.WriteVisible("protocol", protocol);
            json.WriteNumber("endpoints", endpoints);
            json.WriteEndObject();
        }

        private void End(Utf8JsonWriter json, int id, MeshLint.Kuma.Identity.LabelSet labels, Location location)
        {
            json.WriteStartArray("labels");
            foreach (var (key, value) in labels)
                json.WriteVisible($"{key}={value}");
            json.WriteEndArray();
            json.WriteStartArray("policies");
            foreach (var reference in policies.GetValueOrDefault(id, []))
            {
                json.WriteStartObject();
                json.WriteVisible("label", $"{reference.FromKind} {reference.FromName}");
                if (reference.Node.Source is { } source)
                    WritePlace(json, new Location(source, reference.Node.Span));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteFindings(json, findings.GetValueOrDefault(id, []));
            WritePlace(json, location);
            json.WriteEndObject();
        }

        private static void WriteFindings(Utf8JsonWriter json, List<Diagnostic> list)
        {
            json.WriteStartArray("findings");
            foreach (var diagnostic in list)
            {
                json.WriteStartObject();
                json.WriteString("id", diagnostic.Descriptor.Id);
                json.WriteString("severity", diagnostic.Severity.ToString().ToLowerInvariant());
                json.WriteVisible("message", diagnostic.Message);
                WritePlace(json, diagnostic.Location);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private static void WritePlace(Utf8JsonWriter json, Location location)
        {
            json.WriteVisible("file", location.Source.Path);
            json.WriteNumber("line", location.Source.GetPosition(location.Span.Start).Line);
        }
    }
}
