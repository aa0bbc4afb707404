using MeshLint.Yaml;
using System.Globalization;

namespace MeshLint.Output.Emit;

/// <summary>One document to render.</summary>
/// <param name="Root">Its top node.</param>
/// <param name="ApiVersion">The apiVersion that its list gives it, or null.</param>
/// <param name="Kind">The kind that its list gives it, or null.</param>
public sealed record RenderedDocument(Node Root, string? ApiVersion, string? Kind)
{
    /// <summary>The document with what its list gives it.</summary>
    public Node ToNode()
    {
        if (ApiVersion is null && Kind is null)
            return Root;
        var builder = new NodeTreeBuilder(Root.Source!);
        builder.BeginMapping(Root.Span);
        foreach (var (key, value) in new[] { ("apiVersion", ApiVersion), ("kind", Kind) })
        {
            builder.Key(key, Root.Span);
            builder.Scalar(NodeKind.String, value, Root.Span, ScalarStyle.Plain);
        }

        foreach (var entry in Root.Entries.Where(e => e.Key is not ("apiVersion" or "kind")))
        {
            builder.Key(entry.Key!, entry.KeySpan);
            builder.Copy(entry);
        }

        builder.End();
        return builder.Build().Root;
    }

    /// <summary>
    /// Each value's path and where it is written, as file:line:column. A value that an alias or '&lt;&lt;' brought names its origin.
    /// </summary>
    public IEnumerable<(string Path, string Place)> Places()
    {
        foreach (var node in Descend(Root))
        {
            if (node.Count > 0)
                continue;
            var path = node.GetPath(Root);
            var at = node.Source!.GetPosition(node.Span.Start);
            yield return (path.Length == 0 ? "." : path, string.Create(CultureInfo.InvariantCulture,
                $"{node.Source.Path}:{at.Line}:{at.Column}"));
        }
    }

    private static IEnumerable<Node> Descend(Node node)
    {
        yield return node;
        foreach (var child in node.Children)
        {
            foreach (var below in Descend(child))
                yield return below;
        }
    }
}
