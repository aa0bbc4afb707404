namespace MeshLint.Yaml;

/// <summary>A collection that is being read.</summary>
internal struct YamlFrame
{
    public bool IsMapping;

    /// <summary>Whether the collection is the value of '&lt;&lt;' or an item of it.</summary>
    public bool IsMergeSource;
    public bool IsFlow;
    public YamlExpectation Expects;
    public int Node;

    /// <summary>Position in the list of anchors; -1 for none.</summary>
    public int Anchor;

    /// <summary>How many decoding steps came before it.</summary>
    public int StepsBefore;

    /// <summary>End of the last thing in it.</summary>
    public int Last;

    /// <summary>Where its keys begin in the list of all open keys.</summary>
    public int FirstKey;

    /// <summary>The keys of a large mapping by text.</summary>
    public Dictionary<string, int>? KeyIndex;

    /// <summary>The mappings to merge, in the order of the list.</summary>
    public List<int>? Sources;
}

/// <summary>What may come next in a collection.</summary>
internal enum YamlExpectation : byte
{
    Item,
    Key,
    Value,
    MergeValue,
    MergeItem,
}
