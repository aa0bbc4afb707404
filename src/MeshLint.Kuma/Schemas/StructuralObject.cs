using System.Globalization;
using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Schemas;

/// <summary>
/// Writes an object as an API server holds it after reading it: unknown fields pruned, nulls taken out, defaults put in
/// (k8s.io/apiextensions-apiserver pkg/apiserver/schema/{pruning,defaulting}; docs/kuma/admission.md#kubernetes-pipeline).
/// </summary>
/// <remarks>Pruning looks at keys, not at types: an object where a text belongs loses all its fields and stays as <c>{}</c>.</remarks>
internal sealed class StructuralObject
{
    private readonly NodeTreeBuilder builder;
    private readonly bool prunes;
    private readonly List<(Node Node, SchemaNode Parent)> unknown = [];

    private StructuralObject(SourceText source, int size, bool prunes)
    {
        builder = new NodeTreeBuilder(source, size + (size / 4) + 6);
        this.prunes = prunes;
    }

    /// <summary>What is made of a request's body.</summary>
    /// <param name="root">The resource.</param>
    /// <param name="schema">The kind's schema.</param>
    /// <param name="unknown">The fields below <c>spec</c> and <c>status</c> that are pruned, each with the schema of what it stands
    /// in.</param>
    /// <returns>The root of a tree with the fields that the schema has, apart from the metadata.</returns>
    public static Node Read(Node root, SchemaNode schema, out IReadOnlyList<(Node Node, SchemaNode Parent)> unknown)
    {
        unknown = [];
        if (root.Source is not { } source)
            return default;
        var writer = new StructuralObject(source, root.Size, prunes: true);
        var built = writer.WriteRoot(root, schema);
        unknown = writer.unknown;
        return built;
    }

    /// <summary>What is made of an object that a webhook has changed: only defaults are put in.</summary>
    public static Node AddDefaults(Node root, SchemaNode schema) =>
        root.Source is { } source ? new StructuralObject(source, root.Size, prunes: false).WriteRoot(root, schema) : default;

    /// <summary>
    /// Whether an API server, which reads numbers and writes them anew, spells a number in another way: <c>1.0</c>, or one beyond 64 bits.
    /// </summary>
    public static bool IsRespelled(Node node) =>
        node.Kind == NodeKind.Float
            || (node.Kind == NodeKind.Integer
                && !long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));

    /// <summary>A resource with its numbers as an API server spells them.</summary>
    public static Node Respell(Node root)
    {
        if (root.Source is not { } source)
            return default;
        var builder = new NodeTreeBuilder(source, root.Size);
        Respell(builder, root);
        return builder.Build().Root;
    }

    private static void Respell(NodeTreeBuilder builder, Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping:
                builder.BeginMapping(node.Span);
                foreach (var child in node.Entries)
                {
                    builder.Key(child.Key ?? "", child.KeySpan);
                    Respell(builder, child);
                }

                builder.End();
                break;
            case NodeKind.Sequence:
                builder.BeginSequence(node.Span);
                foreach (var child in node.Items)
                    Respell(builder, child);
                builder.End();
                break;
            case NodeKind.Integer or NodeKind.Float when IsRespelled(node):
                var text = GoValues.FormatNumber(node.AsNumber() ?? 0);
                builder.Scalar(text.AsSpan().ContainsAny('.', 'e') ? NodeKind.Float : NodeKind.Integer, text, node.Span, ScalarStyle.Plain);
                break;
            default:
                builder.Copy(node);
                break;
        }
    }

    private Node WriteRoot(Node root, SchemaNode schema)
    {
        builder.BeginMapping(root.Span);
        foreach (var child in root.Entries)
        {
            if (schema.Find(child.Key ?? "") is { } field)
                WriteChild(child, field.Schema, field);
        }

        builder.End();
        return builder.Build().Root;
    }

    private void WriteChild(Node child, SchemaNode schema, SchemaField? field)
    {
        if (child.Kind == NodeKind.Null && !schema.IsNullable)
        {
            if (field?.DefaultText is { } text)
                WriteDefault(field, text, child.Span);
            else if (!prunes)
                Copy(child);
            return;
        }

        builder.Key(child.Key ?? "", child.KeySpan);
        Write(child, schema);
    }

    private void Write(Node node, SchemaNode? schema)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping:
                builder.BeginMapping(node.Span);
                WriteEntries(node, schema);
                builder.End();
                break;
            case NodeKind.Sequence:
                var item = schema?.Shape == SchemaShape.List ? schema.Item : schema?.Shape == SchemaShape.Any ? schema : null;
                builder.BeginSequence(node.Span);
                foreach (var child in node.Items)
                    Write(child, item);
                builder.End();
                break;
            default:
                builder.Copy(node);
                break;
        }
    }

    private void WriteEntries(Node node, SchemaNode? schema)
    {
        ulong seen = 0;
        foreach (var child in node.Entries)
        {
            if (schema is { Shape: SchemaShape.Map, Item: { } value })
            {
                WriteChild(child, value, null);
            }
            else if (schema?.Find(child.Key ?? "") is { } field)
            {
                seen |= field.Mask;
                WriteChild(child, field.Schema, field);
            }
            else if (!prunes || schema is { PreservesUnknown: true } or { Shape: SchemaShape.Any or SchemaShape.Map })
            {
                Copy(child);
            }
            else
            {
                unknown.Add((child, schema ?? Nothing));
            }
        }

        if (schema is null || (schema.DefaultMask & ~seen) == 0)
            return;
        foreach (var field in schema.Fields)
        {
            if ((field.Mask & seen) == 0 && field.DefaultText is { } text)
                WriteDefault(field, text, node.Span);
        }
    }

    private static SchemaNode Nothing { get; } = new([]) { Shape = SchemaShape.Object, Format = "", GoType = "", GoStruct = "" };

    private void Copy(Node child)
    {
        builder.Key(child.Key ?? "", child.KeySpan);
        builder.Copy(child);
    }

    private void WriteDefault(SchemaField field, string text, TextSpan span)
    {
        builder.Key(field.Name, default);
        builder.Scalar(
            field.DefaultShape switch
            {
                SchemaShape.String => NodeKind.String,
                SchemaShape.Boolean => NodeKind.Boolean,
                _ => NodeKind.Integer,
            },
            text,
            span,
            ScalarStyle.Plain);
    }
}
