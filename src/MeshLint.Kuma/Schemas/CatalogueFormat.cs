namespace MeshLint.Kuma.Schemas;

/// <summary>
/// The layout of <c>catalogue.bin</c>, written by <c>dotnet run --project build -- schemas</c>.
/// </summary>
/// <remarks>
/// All numbers are unsigned LEB128. <c>magic · strings (count, then length and UTF-8 bytes each) · records (count, then length and
/// payload each) · entries (count, then version, entry kind, name string, record each)</c>. Equal records are written once, so kinds
/// and versions share what they have in common. String 0 is the empty string and stands for "none".
/// <para>Schema record: shape, flags, Go kind, Go type, Go struct, format, constraint count and (code, value) pairs, enum values,
/// list-map keys, item record + 1, fields (name, record, flags, embedded struct, [default kind, default text]).</para>
/// <para>Message record: name, fields (proto name, JSON name, type, repeated, oneof, record + 1). Enum record: name, values (name,
/// number).</para>
/// </remarks>
internal static class CatalogueFormat
{
    public const string Resource = "MeshLint.Kuma.Schemas.catalogue.bin";

    public static ReadOnlySpan<byte> Magic => "MLC1"u8;

    public const int FlagNullable = 1;
    public const int FlagPreserveUnknown = 2;

    public const int FieldRequired = 1;
    public const int FieldOmitEmpty = 2;
    public const int FieldPointer = 4;
    public const int FieldHasDefault = 8;

    public const int ConstraintMinLength = 1;
    public const int ConstraintMaxLength = 2;
    public const int ConstraintMinItems = 3;
    public const int ConstraintMaxItems = 4;

    /// <summary>Values of minimum and maximum are strings (decimal text), as they may be negative.</summary>
    public const int ConstraintMinimum = 5;
    public const int ConstraintMaximum = 6;
    public const int ConstraintPattern = 7;
}

/// <summary>What an entry of the catalogue describes.</summary>
internal enum CatalogueEntryKind
{
    /// <summary>A CRD's schema: an object with <c>spec</c>, <c>status</c>, <c>mesh</c> as far as the CRD has them.</summary>
    Kind = 0,

    /// <summary>A protobuf message, by its name without <c>kuma.mesh.v1alpha1.</c>.</summary>
    Message = 1,
}

/// <summary>JSON type that a schema asks for.</summary>
internal enum SchemaShape
{
    /// <summary>Anything goes.</summary>
    Any,
    Object,

    /// <summary>Object with free keys; the item record describes the values.</summary>
    Map,
    List,
    String,
    Integer,
    Number,
    Boolean,

    /// <summary>Integer or string (<c>x-kubernetes-int-or-string</c>).</summary>
    IntOrString,
}

/// <summary>Go type into which a plugin kind's value is decoded.</summary>
internal enum GoKind
{
    /// <summary>Not known: the kind is not decoded by encoding/json.</summary>
    None,
    Struct,
    Map,
    Slice,
    String,
    Bool,
    Int,
    Int32,
    Int64,
    Uint,
    Uint32,
    Uint64,

    /// <summary>metav1.Duration.</summary>
    Duration,

    /// <summary>intstr.IntOrString.</summary>
    IntOrString,

    /// <summary>Raw JSON.</summary>
    Any,

    /// <summary>[]byte, base64 text in JSON.</summary>
    Bytes,
}

/// <summary>Type of a protobuf field, as jsonpb tells them apart.</summary>
internal enum ProtoType
{
    String,
    Bool,
    UInt32,
    UInt64,
    StringValue,
    BoolValue,
    UInt32Value,
    DoubleValue,
    FloatValue,
    BytesValue,
    Duration,
    Struct,
    Message,
    Enum,

    /// <summary>map&lt;string, string&gt;.</summary>
    Map,

    /// <summary>map&lt;string, message&gt;.</summary>
    MessageMap,
}
