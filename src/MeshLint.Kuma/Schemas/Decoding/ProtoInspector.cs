using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Schemas.Decoding;

/// <summary>Looks through a message once: is it already what jsonpb would store, and which fields does it not know?</summary>
internal sealed class ProtoInspector
{
    private List<(Node Node, ProtoMessage Parent)>? unknown;

    /// <summary>Fields that the message does not know, each with the message that it stands in.</summary>
    public IReadOnlyList<(Node Node, ProtoMessage Parent)> Unknown => unknown ?? (IReadOnlyList<(Node, ProtoMessage)>)[];

    /// <summary>The text is not in normal form, or is no such message at all.</summary>
    public bool NeedsDecoding { get; private set; }

    /// <summary>Looks through a body.</summary>
    /// <param name="node">The body.</param>
    /// <param name="message">Its type.</param>
    /// <param name="hasHeader">The resource's header (type, name, …) stands between the fields.</param>
    public void Visit(Node node, ProtoMessage message, bool hasHeader = false)
    {
        if (!node.IsMapping)
        {
            NeedsDecoding = true;
            return;
        }

        ulong seen = 0;
        string? oneof = null;
        foreach (var child in node.Entries)
        {
            var key = child.Key ?? "";
            if (message.Find(key) is not { } field)
            {
                if (hasHeader && IsHeader(key))
                    continue;
                NeedsDecoding = true;
                (unknown ??= []).Add((child, message));
                continue;
            }

            var bit = 1UL << field.Index;
            if ((seen & bit) != 0 || key != field.JsonName || (field.Oneof.Length > 0 && oneof == field.Oneof))
                NeedsDecoding = true;
            seen |= bit;
            oneof = field.Oneof.Length > 0 ? field.Oneof : oneof;
            VisitField(child, field);
        }
    }

    /// <summary>Keys of a Universal document that belong to the resource, not to its body.</summary>
    public static bool IsHeader(string key) =>
        key is "type" or "name" or "mesh" or "labels" or "creationTime" or "modificationTime" or "kri";

    private void VisitField(Node node, ProtoField field)
    {
        if (field.IsRepeated)
        {
            NeedsDecoding |= !node.IsSequence || node.Count == 0;
            foreach (var item in node.Items)
                VisitSingle(item, field);
            return;
        }

        if (field.Type is ProtoType.Map or ProtoType.MessageMap)
        {
            NeedsDecoding |= !node.IsMapping || node.Count == 0;
            foreach (var entry in node.Entries)
            {
                if (field.Type == ProtoType.Map)
                    NeedsDecoding |= !entry.IsString;
                else
                    Visit(entry, field.Message);
            }

            return;
        }

        VisitSingle(node, field);
        NeedsDecoding |= field.Oneof.Length == 0 && !NeedsDecoding && ProtoDecoder.IsZero(node, field);
    }

    private void VisitSingle(Node node, ProtoField field)
    {
        switch (field.Type)
        {
            case ProtoType.String or ProtoType.StringValue:
                NeedsDecoding |= !node.IsString;
                break;
            case ProtoType.Bool or ProtoType.BoolValue:
                NeedsDecoding |= node.Kind != NodeKind.Boolean;
                break;
            case ProtoType.UInt32 or ProtoType.UInt32Value:
                NeedsDecoding |= node.Kind != NodeKind.Integer || node.AsInteger() is not (>= 0 and <= uint.MaxValue);
                break;
            case ProtoType.Enum:
                NeedsDecoding |= !node.IsString || field.Enum.NumberOf(node.Text ?? "") is null;
                break;
            case ProtoType.Duration:
                NeedsDecoding |= !IsCanonicalDuration(node);
                break;
            case ProtoType.Struct:
                NeedsDecoding |= !node.IsMapping;
                break;
            case ProtoType.Message:
                Visit(node, field.Message);
                break;
            default:
                NeedsDecoding = true;
                break;
        }
    }

    private static bool IsCanonicalDuration(Node node)
    {
        if (!node.IsString || GoDuration.Parse(node.Text ?? "", out var nanoseconds) is not null)
            return false;
        Span<char> buffer = stackalloc char[GoDuration.MaxLength];
        return GoDuration.FormatProtobuf(nanoseconds, buffer).SequenceEqual(node.Text);
    }
}
