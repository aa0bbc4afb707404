using System.Globalization;
using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Schemas.Decoding;

/// <summary>
/// Finds the error that Go's <c>encoding/json</c> reports when it decodes a plugin kind's body (docs/kuma/admission.md#decoding).
/// </summary>
/// <remarks>
/// A wrong type is remembered and decoding goes on; a custom decoder that fails (durations, int-or-string) ends it and wins.
/// </remarks>
internal sealed class GoErrorFinder(bool sortKeys, bool throughFloat)
{
    private readonly List<string> path = [];
    private string structName = "";
    private string? saved;
    private Node savedNode;

    /// <summary>The error of a whole body, or null.</summary>
    /// <param name="body">The value under <paramref name="key"/>.</param>
    /// <param name="key"><c>spec</c> or <c>status</c>.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="kind">The resource's kind, which is the name of the Go struct.</param>
    /// <param name="at">The value that the error is about.</param>
    public string? Find(Node body, string key, SchemaNode schema, string kind, out Node at)
    {
        structName = kind;
        path.Add(key);
        var fatal = Visit(body, schema, isPointer: true);
        at = savedNode;
        return fatal ?? saved;
    }

    /// <summary>Non-null where decoding ends here.</summary>
    private string? Visit(Node node, SchemaNode schema, bool isPointer)
    {
        switch (schema.GoKind)
        {
            case GoKind.Duration:
                return VisitDuration(node, isPointer);
            case GoKind.IntOrString:
                return VisitIntOrString(node);
        }

        if (node.IsNullOrMissing)
            return null;
        switch (schema.GoKind)
        {
            case GoKind.Struct when node.IsMapping:
                return VisitStruct(node, schema);
            case GoKind.Map when node.IsMapping:
            case GoKind.Slice when node.IsSequence:
                if (schema.Item is not { } item)
                    return null;
                foreach (var child in sortKeys && node.IsMapping ? Sorted(node) : node.Children)
                {
                    if (Visit(child, item, isPointer: false) is { } fatal)
                        return fatal;
                }

                return null;
            case GoKind.String when node.IsString:
            case GoKind.Bool when node.Kind == NodeKind.Boolean:
            case GoKind.Any or GoKind.None:
                return null;
            case GoKind.Int or GoKind.Int32 or GoKind.Int64 or GoKind.Uint or GoKind.Uint32
                or GoKind.Uint64 when node.Kind is NodeKind.Integer or NodeKind.Float:
                if (!Fits(node, schema.GoKind))
                    Save(node, $"number {NumberText(node)}", schema.GoType);
                return null;
            case GoKind.Bytes when node.IsString:
                if (GoValues.FindBadBase64(node.Text ?? "") is var bad and >= 0)
                    SaveText(node, $"illegal base64 data at input byte {bad}");
                return null;
            case GoKind.Bytes when node.IsSequence:
                foreach (var child in node.Items)
                {
                    if (child.Kind != NodeKind.Integer || child.AsInteger() is not (>= 0 and <= 255))
                        Save(
                            child,
                            child.Kind is NodeKind.Integer or NodeKind.Float ? $"number {NumberText(child)}" : GoValues.TypeName(child),
                            "uint8");
                }

                return null;
            default:
                Save(node, GoValues.TypeName(node), schema.GoType);
                return null;
        }
    }

    private string? VisitStruct(Node node, SchemaNode schema)
    {
        var outer = structName;
        foreach (var child in sortKeys ? Sorted(node) : node.Children)
        {
            if (schema.FindFolded(child.Key ?? "") is not { } field)
                continue;
            structName = schema.GoStruct;
            var depth = path.Count;
            if (field.Embedded.Length > 0)
                path.Add(field.Embedded);
            path.Add(field.Name);
            if (Visit(child, field.Schema, field.IsPointer) is { } fatal)
                return fatal;
            path.RemoveRange(depth, path.Count - depth);
        }

        structName = outer;
        return null;
    }

    private string? VisitDuration(Node node, bool isPointer)
    {
        if (!node.Exists || (node.Kind == NodeKind.Null && isPointer))
            return null;
        if (node.IsString || node.Kind == NodeKind.Null)
        {
            if (GoDuration.Parse(node.Text ?? "", out _) is not { } error)
                return null;
            savedNode = node;
            return error;
        }

        savedNode = node;
        return Message(GoValues.TypeName(node), "string");
    }

    private string? VisitIntOrString(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Missing or NodeKind.Null or NodeKind.String:
                return null;
            case NodeKind.Integer or NodeKind.Float:
                if (Fits(node, GoKind.Int32))
                    return null;
                savedNode = node;
                return Message($"number {NumberText(node)}", "int32");
            default:
                savedNode = node;
                return Message(GoValues.TypeName(node), "int32");
        }
    }

    private bool Fits(Node node, GoKind kind)
    {
        var text = NumberText(node);
        return kind switch
        {
            GoKind.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            GoKind.Int or GoKind.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            GoKind.Uint32 => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            _ => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        };
    }

    private string NumberText(Node node) => throughFloat ? GoValues.FormatNumber(node.AsNumber() ?? 0) : node.Text ?? "";

    private void Save(Node node, string value, string type) => SaveText(node, Message(value, type));

    private void SaveText(Node node, string text)
    {
        if (saved is not null)
            return;
        saved = text;
        savedNode = node;
    }

    private string Message(string value, string type) =>
        $"json: cannot unmarshal {value} into Go struct field {structName}.{string.Join('.', path)} of type {type}";

    internal static IEnumerable<Node> Sorted(Node mapping) => mapping.Children.OrderBy(c => c.Key, StringComparer.Ordinal);
}
