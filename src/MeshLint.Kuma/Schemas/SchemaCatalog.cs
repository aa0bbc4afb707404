using System.Text;

namespace MeshLint.Kuma.Schemas;

/// <summary>The schemas of every kind in every version. Loaded once, decoded kind by kind when first asked for. Thread-safe.</summary>
internal sealed class SchemaCatalog
{
    private const int EntryKinds = 2;

    private static readonly Lazy<SchemaCatalog> Shared = new(Load);

    private readonly byte[] data;
    private readonly int[] stringOffsets;
    private readonly string?[] strings;
    private readonly int[] recordOffsets;
    private readonly SchemaNode?[] nodes;
    private readonly ProtoMessage?[] messages;
    private readonly ProtoEnum?[] enums;
    private readonly int entriesStart;
    private readonly Dictionary<string, int>?[] entries = new Dictionary<string, int>?[((int)KumaVersions.All[^1] + 1) * EntryKinds];

    private SchemaCatalog(byte[] data)
    {
        this.data = data;
        if (!data.AsSpan().StartsWith(CatalogueFormat.Magic))
            throw new InvalidOperationException("the embedded schema catalogue is not one");
        var position = CatalogueFormat.Magic.Length;
        stringOffsets = Offsets(ref position);
        strings = new string?[stringOffsets.Length];
        recordOffsets = Offsets(ref position);
        nodes = new SchemaNode?[recordOffsets.Length];
        messages = new ProtoMessage?[recordOffsets.Length];
        enums = new ProtoEnum?[recordOffsets.Length];
        entriesStart = position;
    }

    public static SchemaCatalog Instance => Shared.Value;

    /// <summary>
    /// The schema of a kind's object: fields <c>spec</c>, <c>status</c>, <c>mesh</c> as far as its CRD has them; null where the version
    /// lacks the kind.
    /// </summary>
    public SchemaNode? FindKind(KumaVersion version, string kind) =>
        Entries(version, CatalogueEntryKind.Kind).TryGetValue(kind, out var record) ? Node(record) : null;

    /// <summary>
    /// A message by its name without <c>kuma.mesh.v1alpha1.</c> (<c>Dataplane</c>, <c>kuma.system.v1alpha1.Zone</c>); null where the
    /// version lacks it.
    /// </summary>
    public ProtoMessage? FindMessage(KumaVersion version, string name) =>
        Entries(version, CatalogueEntryKind.Message).TryGetValue(name, out var record) ? Message(record) : null;

    /// <summary>The message that a protobuf kind's body is, or null.</summary>
    public ProtoMessage? FindBody(KumaVersion version, string kind) => kind switch
    {
        "Secret" or "GlobalSecret" => FindMessage(version, "kuma.system.v1alpha1.Secret"),
        "Zone" => FindMessage(version, "kuma.system.v1alpha1.Zone"),
        _ => FindMessage(version, kind),
    };

    private static SchemaCatalog Load()
    {
        using var stream = typeof(SchemaCatalog).Assembly.GetManifestResourceStream(CatalogueFormat.Resource)
                           ?? throw new InvalidOperationException("the schema catalogue is not embedded");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new SchemaCatalog(bytes);
    }

    /// <summary>The records of a version's kinds or messages; a run reads those of the versions that it judges.</summary>
    private Dictionary<string, int> Entries(KumaVersion version, CatalogueEntryKind kind) =>
        entries[((int)version * EntryKinds) + (int)kind] ??= ReadEntries(version, kind);

    private Dictionary<string, int> ReadEntries(KumaVersion version, CatalogueEntryKind kind)
    {
        var result = new Dictionary<string, int>(StringComparer.Ordinal);
        var position = entriesStart;
        for (var count = Number(ref position); count > 0; count--)
        {
            var entryVersion = Number(ref position);
            var entryKind = Number(ref position);
            var name = Number(ref position);
            var record = Number(ref position);
            if (entryVersion == (int)version && entryKind == (int)kind)
                result.Add(String(name), record);
        }

        return result;
    }

    private int[] Offsets(ref int position)
    {
        var offsets = new int[Number(ref position)];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = position;
            var length = Number(ref position);
            position += length;
        }

        return offsets;
    }

    private int Number(ref int position)
    {
        var result = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = data[position++];
            result |= (b & 0x7F) << shift;
            if (b < 0x80)
                return result;
        }
    }

    private string String(int id)
    {
        if (strings[id] is { } known)
            return known;
        var position = stringOffsets[id];
        var length = Number(ref position);
        return strings[id] = Encoding.UTF8.GetString(data, position, length);
    }

    private int Start(int record)
    {
        var position = recordOffsets[record];
        Number(ref position);
        return position;
    }

    // Two threads may decode one record at once; both results are equal and immutable.
    private SchemaNode Node(int record) => nodes[record] ??= DecodeNode(Start(record));

    private ProtoMessage Message(int record) => messages[record] ??= DecodeMessage(Start(record));

    private ProtoEnum Enumeration(int record) => enums[record] ??= DecodeEnum(Start(record));

    private SchemaNode DecodeNode(int position)
    {
        var shape = (SchemaShape)Number(ref position);
        var flags = Number(ref position);
        var goKind = (GoKind)Number(ref position);
        var goType = String(Number(ref position));
        var goStruct = String(Number(ref position));
        var format = String(Number(ref position));
        Span<int> constraints = stackalloc int[CatalogueFormat.ConstraintPattern + 1];
        constraints.Fill(-1);
        for (var count = Number(ref position); count > 0; count--)
        {
            var code = Number(ref position);
            constraints[code] = Number(ref position);
        }

        var values = Strings(ref position);
        var keys = Strings(ref position);
        var item = Number(ref position);
        var fields = new SchemaField[Number(ref position)];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = DecodeField(i, ref position);
        return new SchemaNode([.. fields])
        {
            Shape = shape,
            IsNullable = (flags & CatalogueFormat.FlagNullable) != 0,
            PreservesUnknown = (flags & CatalogueFormat.FlagPreserveUnknown) != 0,
            GoKind = goKind,
            GoType = goType,
            GoStruct = goStruct,
            Format = format,
            MinLength = Limit(constraints[CatalogueFormat.ConstraintMinLength]),
            MaxLength = Limit(constraints[CatalogueFormat.ConstraintMaxLength]),
            MinItems = Limit(constraints[CatalogueFormat.ConstraintMinItems]),
            MaxItems = Limit(constraints[CatalogueFormat.ConstraintMaxItems]),
            Minimum = Optional(constraints[CatalogueFormat.ConstraintMinimum]),
            Maximum = Optional(constraints[CatalogueFormat.ConstraintMaximum]),
            Pattern = Optional(constraints[CatalogueFormat.ConstraintPattern]),
            Enum = values,
            ListMapKeys = keys,
            Item = item == 0 ? null : Node(item - 1),
        };

        static int? Limit(int value) => value < 0 ? null : value;

        string? Optional(int id) => id < 0 ? null : String(id);
    }

    private SchemaField DecodeField(int index, ref int position)
    {
        var name = String(Number(ref position));
        var record = Number(ref position);
        var flags = Number(ref position);
        var embedded = String(Number(ref position));
        var defaultShape = SchemaShape.Any;
        string? defaultText = null;
        if ((flags & CatalogueFormat.FieldHasDefault) != 0)
        {
            defaultShape = (SchemaShape)Number(ref position);
            defaultText = String(Number(ref position));
        }

        var pointer = (flags & CatalogueFormat.FieldPointer) != 0;
        var omitEmpty = (flags & CatalogueFormat.FieldOmitEmpty) != 0;
        var kindPosition = Start(record);
        Number(ref kindPosition);
        Number(ref kindPosition);
        var goKind = (GoKind)Number(ref kindPosition);
        return new SchemaField(() => Node(record))
        {
            Name = name,
            Index = index,
            IsRequired = (flags & CatalogueFormat.FieldRequired) != 0,
            OmitsEmpty = omitEmpty,
            IsPointer = pointer,
            Embedded = embedded,
            DefaultShape = defaultShape,
            DefaultText = defaultText,
            IsWrittenWhenAbsent = goKind != GoKind.None
                && (!omitEmpty || (!pointer && goKind is GoKind.Struct or GoKind.Duration or GoKind.IntOrString)),
        };
    }

    private ProtoMessage DecodeMessage(int position)
    {
        var name = String(Number(ref position));
        var fields = new ProtoField[Number(ref position)];
        for (var i = 0; i < fields.Length; i++)
        {
            var protoName = String(Number(ref position));
            var jsonName = String(Number(ref position));
            var type = (ProtoType)Number(ref position);
            var repeated = Number(ref position) != 0;
            var oneof = String(Number(ref position));
            var record = Number(ref position) - 1;
            fields[i] = new ProtoField(
                () => type is ProtoType.Message or ProtoType.MessageMap ? Message(record) : null,
                () => type is ProtoType.Enum ? Enumeration(record) : null)
            {
                Index = i,
                ProtoName = protoName,
                JsonName = jsonName,
                Type = type,
                IsRepeated = repeated,
                Oneof = oneof,
            };
        }

        return new ProtoMessage(name, [.. fields]);
    }

    private ProtoEnum DecodeEnum(int position)
    {
        var name = String(Number(ref position));
        var values = new (string, int)[Number(ref position)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (String(Number(ref position)), Number(ref position));
        return new ProtoEnum(name, [.. values]);
    }

    private ImmutableArray<string> Strings(ref int position)
    {
        var values = new string[Number(ref position)];
        for (var i = 0; i < values.Length; i++)
            values[i] = String(Number(ref position));
        return [.. values];
    }
}
