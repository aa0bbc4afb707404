namespace MeshLint.Yaml;

/// <summary>The JSON type of a node, after YAML 1.1 resolution as the control plane's own reader does it (sigs.k8s.io/yaml).</summary>
public enum NodeKind : byte
{
    /// <summary>Nothing is there: the result of looking up a key that is absent.</summary>
    Missing,
    Null,
    Boolean,
    Integer,
    Float,
    String,
    Sequence,
    Mapping,
}

/// <summary>How a scalar was written; JSON strings count as double quoted.</summary>
public enum ScalarStyle : byte
{
    None,
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}
