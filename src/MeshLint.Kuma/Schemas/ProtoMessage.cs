namespace MeshLint.Kuma.Schemas;

/// <summary>
/// A protobuf message of one version; its fields in the order of their declaration, which is the order in which jsonpb reads them.
/// </summary>
internal sealed class ProtoMessage
{
    private readonly Dictionary<string, ProtoField> byName;

    public ProtoMessage(string name, ImmutableArray<ProtoField> fields)
    {
        Name = name;
        Fields = fields;
        byName = new Dictionary<string, ProtoField>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            byName[field.JsonName] = field;
            byName[field.ProtoName] = field;
        }
    }

    /// <summary>Full name: <c>kuma.mesh.v1alpha1.Timeout.Conf</c>.</summary>
    public string Name { get; }

    public ImmutableArray<ProtoField> Fields { get; }

    /// <summary>The field with that JSON name or proto name, or null.</summary>
    public ProtoField? Find(string key) => byName.GetValueOrDefault(key);
}

/// <summary>A field of a protobuf message.</summary>
internal sealed class ProtoField
{
    private readonly Func<ProtoMessage?> message;
    private readonly Func<ProtoEnum?> enumeration;

    public ProtoField(Func<ProtoMessage?> message, Func<ProtoEnum?> enumeration)
    {
        this.message = message;
        this.enumeration = enumeration;
    }

    public required int Index { get; init; }

    public required string ProtoName { get; init; }

    public required string JsonName { get; init; }

    public required ProtoType Type { get; init; }

    public required bool IsRepeated { get; init; }

    /// <summary>Name of the oneof that it belongs to, or "".</summary>
    public required string Oneof { get; init; }

    /// <summary>Message of a message field, or of the values of a map of messages.</summary>
    public ProtoMessage Message => field ??= message() ?? throw new InvalidOperationException($"{ProtoName} is no message");

    public ProtoEnum Enum => field ??= enumeration() ?? throw new InvalidOperationException($"{ProtoName} is no enum");
}

/// <summary>A protobuf enum of one version.</summary>
internal sealed record ProtoEnum(string Name, ImmutableArray<(string Name, int Number)> Values)
{
    public int? NumberOf(string name)
    {
        foreach (var (valueName, number) in Values)
        {
            if (valueName == name)
                return number;
        }

        return null;
    }

    public string? NameOf(long number)
    {
        foreach (var (name, valueNumber) in Values)
        {
            if (valueNumber == number)
                return name;
        }

        return null;
    }
}
