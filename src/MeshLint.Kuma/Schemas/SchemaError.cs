
namespace MeshLint.Kuma.Schemas;

/// <summary>What a document does against its schema.</summary>
internal enum SchemaErrorKind
{
    Required,

    /// <summary>Wrong JSON type; <see cref="SchemaError.Expected"/> and <see cref="SchemaError.Actual"/> say which.</summary>
    Type,
    Enum,
    MinLength,
    MaxLength,
    Pattern,
    Minimum,
    Maximum,
    MinItems,
    MaxItems,

    /// <summary>An integer outside its format, or with a fraction; 2.14 and 3.0 say so in words of their own.</summary>
    IntegerFormat,

    /// <summary>Neither integer nor string where one of the two is wanted.</summary>
    AnyOf,
}

/// <summary>One error of a document against its schema, in neither Universal's nor Kubernetes' words.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Node">The value at fault; for <see cref="SchemaErrorKind.Required"/> the object that lacks the key.</param>
/// <param name="Path">Its path from the resource's root: <c>spec.to[0].default</c>; for a missing key that key's path (with a leading dot
/// at the root).</param>
/// <param name="Schema">The schema that it does not meet; for a missing key the object's.</param>
/// <param name="Expected">For <see cref="SchemaErrorKind.Type"/> and <see cref="SchemaErrorKind.IntegerFormat"/>: the type or format asked
/// for.</param>
/// <param name="Actual">For <see cref="SchemaErrorKind.Type"/>: the type found, as Universal shows it.</param>
internal sealed record SchemaError(
    SchemaErrorKind Kind, Node Node, string Path, SchemaNode Schema, string Expected = "", string Actual = "");
