using System.Text.RegularExpressions;

namespace MeshLint.Kuma.Schemas;

/// <summary>What a version's CRD says of one place in a document, and into which Go type the control plane decodes it.</summary>
internal sealed class SchemaNode
{
    private readonly Dictionary<string, SchemaField> byName;
    private Dictionary<string, SchemaField>? byFoldedName;
    private Regex? regex;

    public SchemaNode(ImmutableArray<SchemaField> fields)
    {
        Fields = fields;
        byName = new Dictionary<string, SchemaField>(fields.Length, StringComparer.Ordinal);
        if (fields.Length > 64)
            throw new ArgumentException("an object schema has more than 64 fields", nameof(fields));
        foreach (var field in fields)
        {
            byName.Add(field.Name, field);
            RequiredMask |= field.IsRequired ? field.Mask : 0;
            DefaultMask |= field.HasDefault ? field.Mask : 0;
            ZeroMask |= field.IsWrittenWhenAbsent ? field.Mask : 0;
        }
    }

    public required SchemaShape Shape { get; init; }

    /// <summary>The fields of an object, in the schema's order.</summary>
    public ImmutableArray<SchemaField> Fields { get; }

    /// <summary>Schema of the items of a list or the values of a map.</summary>
    public SchemaNode? Item { get; init; }

    public bool IsNullable { get; init; }

    /// <summary>Unknown fields are kept here, not pruned (<c>x-kubernetes-preserve-unknown-fields</c>).</summary>
    public bool PreservesUnknown { get; init; }

    /// <summary><c>int32</c>, <c>int64</c>, <c>byte</c>, …, or "".</summary>
    public required string Format { get; init; }

    public ImmutableArray<string> Enum { get; init; } = [];

    /// <summary>The keys that make an item of this list unique (<c>x-kubernetes-list-map-keys</c>).</summary>
    public ImmutableArray<string> ListMapKeys { get; init; } = [];

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    /// <summary>Decimal text, as the message shows it.</summary>
    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    /// <summary>A regular expression in Go's dialect, matched anywhere.</summary>
    public string? Pattern { get; init; }

    public GoKind GoKind { get; init; }

    /// <summary>The Go type as decoder messages print it: <c>v1alpha1.To</c>, <c>[]v1alpha1.To</c>, <c>uint32</c>.</summary>
    public required string GoType { get; init; }

    /// <summary>Name of the Go struct, for objects: <c>To</c>.</summary>
    public required string GoStruct { get; init; }

    /// <summary>The required fields, as bits by <see cref="SchemaField.Index"/>.</summary>
    public ulong RequiredMask { get; }

    /// <summary>The fields that a default fills.</summary>
    public ulong DefaultMask { get; }

    /// <summary>The fields that Go writes even where nothing was read.</summary>
    public ulong ZeroMask { get; }

    /// <summary>The field of that name, or null.</summary>
    public SchemaField? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The field that Go's decoder takes for that key: letters may differ in case; or null.</summary>
    public SchemaField? FindFolded(string name) =>
        byName.GetValueOrDefault(name) ?? (byFoldedName ??= Fold()).GetValueOrDefault(name);

    private Dictionary<string, SchemaField> Fold()
    {
        var folded = new Dictionary<string, SchemaField>(Fields.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var field in Fields)
            folded.TryAdd(field.Name, field);
        return folded;
    }

    /// <summary>Whether a string has the pattern.</summary>
    public bool MatchesPattern(string text)
    {
        if (Pattern is not { } pattern)
            return true;
        // The patterns of CRDs are plain; what differs between RE2 and .NET does not occur, except '$', which must not accept a final line
        // feed.
        regex ??= new Regex(
            pattern.EndsWith('$') ? pattern[..^1] + "\\z" : pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        return regex.IsMatch(text);
    }
}

/// <summary>A field of an object schema.</summary>
internal sealed class SchemaField
{
    private readonly Func<SchemaNode> schema;

    public SchemaField(Func<SchemaNode> schema) => this.schema = schema;

    public required string Name { get; init; }

    /// <summary>Position in <see cref="SchemaNode.Fields"/>.</summary>
    public required int Index { get; init; }

    public ulong Mask => 1UL << Index;

    /// <summary>Schema of the value.</summary>
    public SchemaNode Schema => field ??= schema();

    public bool IsRequired { get; init; }

    /// <summary>Go leaves the field out when its value is empty (<c>omitempty</c>).</summary>
    public bool OmitsEmpty { get; init; }

    /// <summary>Go keeps the value behind a pointer, so that "absent" and "zero" differ.</summary>
    public bool IsPointer { get; init; }

    /// <summary>The embedded Go struct that the field comes from (<c>TargetRef</c> in a backendRef), or "".</summary>
    public required string Embedded { get; init; }

    /// <summary>Type of the default's value; meaningful where <see cref="DefaultText"/> is not null.</summary>
    public SchemaShape DefaultShape { get; init; }

    /// <summary>The default that the schema puts in, as text; null = none.</summary>
    public string? DefaultText { get; init; }

    public bool HasDefault => DefaultText is not null;

    /// <summary>
    /// Go writes something even where nothing was read: a struct without pointer, or a value that is not omitted when empty.
    /// </summary>
    public bool IsWrittenWhenAbsent { get; init; }
}
