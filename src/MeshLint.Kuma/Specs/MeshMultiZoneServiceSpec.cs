namespace MeshLint.Kuma.Specs;

/// <summary>The body of a MeshMultiZoneService: where its parts are written.</summary>
public sealed class MeshMultiZoneServiceSpec
{
    private MeshMultiZoneServiceSpec(Node node)
    {
        LabelsNode = node["selector"]["meshService"]["matchLabels"];
        Labels = LabelSet.From(LabelsNode);
    }

    /// <summary><c>selector.meshService.matchLabels</c>; may be missing.</summary>
    public Node LabelsNode { get; }

    /// <summary>The same as labels.</summary>
    public LabelSet Labels { get; }

    public static MeshMultiZoneServiceSpec Read(Node spec) => new(spec);
}
