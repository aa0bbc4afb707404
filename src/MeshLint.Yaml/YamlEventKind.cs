namespace MeshLint.Yaml;

/// <summary>What the event reader found.</summary>
internal enum YamlEventKind : byte
{
    StreamEnd,
    DocumentStart,
    DocumentEnd,
    Alias,
    Scalar,
    SequenceStart,
    SequenceEnd,
    MappingStart,
    MappingEnd,
}
