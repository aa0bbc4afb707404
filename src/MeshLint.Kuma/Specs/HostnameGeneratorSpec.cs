namespace MeshLint.Kuma.Specs;

/// <summary>The body of a HostnameGenerator.</summary>
public sealed class HostnameGeneratorSpec
{
    private static readonly ImmutableArray<(string Field, string Kind)> Fields =
    [
        ("meshService", "MeshService"), ("meshExternalService", "MeshExternalService"), ("meshMultiZoneService", "MeshMultiZoneService"),
    ];

    private HostnameGeneratorSpec(Node node)
    {
        Template = node["template"];
        HasExtension = node["extension"].Exists;
        var selector = node["selector"];
        Selectors = [.. Fields.Select(f => (f.Field, f.Kind, Node: selector[f.Field])).Where(static s => s.Node.IsMapping)
            .Select(static s => new GeneratorSelector(s.Kind, $"selector.{s.Field}", s.Node, LabelSet.From(s.Node["matchLabels"])))];
    }

    /// <summary><c>template</c>.</summary>
    public Node Template { get; }

    /// <summary>Somebody else than Kuma makes the hostnames.</summary>
    public bool HasExtension { get; }

    /// <summary>The selectors that are written, at most one a kind of destination.</summary>
    public ImmutableArray<GeneratorSelector> Selectors { get; }

    public static HostnameGeneratorSpec Read(Node spec) => new(spec);
}
