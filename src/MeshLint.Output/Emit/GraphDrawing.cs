using MeshLint.Yaml;
using System.Globalization;
using System.Text;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;
using MeshLint.Output.Graph;

namespace MeshLint.Output.Emit;

/// <summary>Draws the graph for people: Graphviz and Mermaid.</summary>
/// <remarks>
/// Services point to what serves them, documents (dashed) to what they name; a reference that does not resolve ends in a red node.
/// </remarks>
public static class GraphDrawing
{
    /// <summary>The graph in Graphviz' language.</summary>
    public static string ToDot(GraphDocument document)
    {
        var picture = Picture.Of(document);
        var output = new StringBuilder("digraph mesh {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
        foreach (var group in picture.Groups)
        {
            output.Append(CultureInfo.InvariantCulture, $"  subgraph cluster_{group.Id} {{\n    label={Quote(group.Label)};\n");
            foreach (var node in group.Nodes)
            {
                var style = node.Shape switch
                {
                    Shape.Dataplane => "shape=box",
                    Shape.Service => "shape=box style=rounded",
                    Shape.Document => "shape=note",
                    _ => "shape=box color=red fontcolor=red",
                };
                output.Append(CultureInfo.InvariantCulture, $"    {node.Id} [label={Quote(node.Label)} {style}];\n");
            }

            output.Append("  }\n");
        }

        foreach (var edge in picture.Edges)
        {
            output.Append(CultureInfo.InvariantCulture, $"  {edge.From} -> {edge.To}");
            if (edge.IsReference)
                output.Append(
                    CultureInfo.InvariantCulture,
                    $" [label={Quote(edge.Label)} style=dashed{(edge.IsFault ? " color=red fontcolor=red" : "")}]");
            output.Append(";\n");
        }

        return output.Append("}\n").ToString();
    }

    /// <summary>The graph as a Mermaid flowchart.</summary>
    public static string ToMermaid(GraphDocument document)
    {
        var picture = Picture.Of(document);
        var output = new StringBuilder("flowchart LR\n");
        foreach (var group in picture.Groups)
        {
            output.Append(CultureInfo.InvariantCulture, $"  subgraph {group.Id}[\"{Escape(group.Label)}\"]\n");
            foreach (var node in group.Nodes)
            {
                var (open, close) = node.Shape switch { Shape.Service => ("([", "])"), Shape.Document => ("[/", "/]"), _ => ("[", "]") };
                output.Append(
                    CultureInfo.InvariantCulture,
                    $"    {node.Id}{open}\"{Escape(node.Label)}\"{close}{(node.Shape == Shape.Fault ? ":::fault" : "")}\n");
            }

            output.Append("  end\n");
        }

        foreach (var edge in picture.Edges)
            output.Append(
                edge.IsReference ? $"  {edge.From} -. \"{Escape(edge.Label)}\" .-> {edge.To}\n" : $"  {edge.From} --> {edge.To}\n");
        return output.Append("  classDef fault stroke:#c00,color:#c00\n").ToString();
    }

    /// <summary>
    /// A string of Graphviz' language. Backslashes are doubled, and entities (<c>&amp;lt;</c>), which it reads in labels, are none.
    /// </summary>
    internal static string Quote(string text) =>
        "\"" + Visible(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("&", "&amp;", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    /// <summary>
    /// Text for a quoted label of Mermaid, which knows no backslash: what could end the label or become HTML is written as a character
    /// code.
    /// </summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in Visible(text))
        {
            if (c == '\n')
                escaped.Append("<br/>");
            else if (c is '"' or '#' or '<' or '>' or '&' or '`' or '\\' or ';' or '[' or ']' or '{' or '}' or '|')
                escaped.Append(CultureInfo.InvariantCulture, $"#{(int)c};");
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    // Names may hold anything; '\n' is ours and parts the lines of a label.
    private static string Visible(string text) => string.Join('\n', text.Split('\n').Select(VisibleText.OneLine));

    private static string Name(string text) => text.Replace("\n", "\\n", StringComparison.Ordinal);

    private enum Shape
    {
        Dataplane,
        Service,
        Document,
        Fault,
    }

    private sealed record PictureNode(string Id, string Label, Shape Shape);

    private sealed record PictureGroup(string Id, string Label, List<PictureNode> Nodes);

    private sealed record PictureEdge(string From, string To, string Label, bool IsReference, bool IsFault);

    private sealed class Picture
    {
        private readonly Dictionary<string, PictureGroup> groups = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);
        private readonly HashSet<PictureEdge> seen = [];

        public List<PictureGroup> Groups { get; } = [];

        public List<PictureEdge> Edges { get; } = [];

        public static Picture Of(GraphDocument document)
        {
            var picture = new Picture();
            foreach (var node in document.Dataplanes)
                picture.Node($"zone {node.Dataplane.Zone}", node.Kri, $"Dataplane\n{Name(node.Dataplane.DisplayName)}", Shape.Dataplane);
            foreach (var service in document.Services.Select(static s => s.Destination))
            {
                var group = service.Home.IsGlobal ? "global" : $"zone {service.Home.Zone}";
                picture.Node(group, service.Kri, $"{service.KindName}\n{Name(service.DisplayName)}", Shape.Service);
            }

            foreach (var service in document.Services)
                picture.AddServiceEdges(service);
            foreach (var reference in document.References)
                picture.AddReference(reference);
            return picture;
        }

        private void AddServiceEdges(GraphService service)
        {
            foreach (var dataplane in service.Destination.Selected)
                Edge(service.Destination.Kri, GraphDataplane.KriOf(dataplane), "", false, false);
            foreach (var matched in service.Matched())
                Edge(service.Destination.Kri, matched.Kri, "", false, false);
        }

        private void AddReference(GraphReference node)
        {
            var reference = node.Reference;
            if (reference.Edge is ReferenceEdge.Mesh or ReferenceEdge.DataplaneSelector or ReferenceEdge.MeshServiceSelector
                or ReferenceEdge.MultiZonePort && reference.Status == ReferenceStatus.Resolved)
                return;
            var from = reference.FromDataplane is { } dataplane ? GraphDataplane.KriOf(dataplane)
                : reference.From?.Kri is { Length: > 0 } kri ? kri
                : $"{reference.FromKind}/{reference.FromMesh}/{reference.FromNamespace}/{reference.FromName}";
            Node("documents", from, $"{Name(reference.FromKind)}\n{Name(reference.FromName)}", Shape.Document);
            var targets = node.Targets().DistinctBy(TargetKey, StringComparer.Ordinal).ToList();
            foreach (var target in targets)
            {
                Node("other", TargetKey(target), TargetLabel(target), Shape.Document);
                Edge(from, TargetKey(target), node.Edge, true, node.IsFault);
            }

            if (targets.Count == 0 && node.IsFault)
            {
                var missing = $"{from} {reference.Path}";
                Node("unresolved", missing, $"{node.Status}\n{Name(reference.Path)}", Shape.Fault);
                Edge(from, missing, node.Edge, true, true);
            }
        }

        // Sections are folded into the resource that has them.
        private static string TargetKey(ReferenceTarget target) =>
            target.Destination?.Destination.Kri
                ?? (target.Dataplane is { } dataplane ? GraphDataplane.KriOf(dataplane) : target.LegacyService is { } legacy ? $"kuma.io/service {legacy}" : target.Kri);

        private static string TargetLabel(ReferenceTarget target) =>
            target.Mesh is { } mesh
                ? $"Mesh\n{Name(mesh.Name)}"
                : target.Resource is { } resource
                ? $"{resource.Kind}\n{Name(resource.DisplayName)}"
                : Name(TargetKey(target));

        private void Node(string group, string key, string label, Shape shape)
        {
            if (ids.ContainsKey(key))
                return;
            ids[key] = $"n{ids.Count.ToString(CultureInfo.InvariantCulture)}";
            if (!groups.TryGetValue(group, out var members))
            {
                groups[group] = members = new PictureGroup($"g{groups.Count.ToString(CultureInfo.InvariantCulture)}", Name(group), []);
                Groups.Add(members);
            }

            members.Nodes.Add(new PictureNode(ids[key], label, shape));
        }

        private void Edge(string from, string to, string label, bool isReference, bool isFault)
        {
            if (!ids.TryGetValue(from, out var start) || !ids.TryGetValue(to, out var end))
                return;
            var edge = new PictureEdge(start, end, label, isReference, isFault);
            if (seen.Add(edge))
                Edges.Add(edge);
        }
    }
}
