namespace MeshLint.Kuma.Specs;

/// <summary>The body of a MeshService: where its parts are written. What it selects and which ports it has, the graph knows.</summary>
public sealed class MeshServiceSpec
{
    private MeshServiceSpec(Node node) => Selector = node["selector"];

    /// <summary><c>selector</c>; missing where there is none.</summary>
    public Node Selector { get; }

    /// <summary><c>selector.dataplaneRef</c>: one Dataplane by name.</summary>
    public Node DataplaneRef => Selector["dataplaneRef"];

    /// <summary><c>selector.dataplaneTags</c> (2.x).</summary>
    public Node DataplaneTags => Selector["dataplaneTags"];

    /// <summary><c>selector.dataplaneLabels</c>.</summary>
    public Node DataplaneLabels => Selector["dataplaneLabels"];

    public static MeshServiceSpec Read(Node spec) => new(spec);
}
