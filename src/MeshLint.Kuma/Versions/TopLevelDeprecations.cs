namespace MeshLint.Kuma.Versions;

/// <summary>Which kinds of a top-level targetRef are taken with a warning.</summary>
public enum TopLevelDeprecations
{
    /// <summary>No kind: those once deprecated are refused.</summary>
    None,

    /// <summary>MeshService, in favour of MeshSubset.</summary>
    Service,

    /// <summary>MeshService in favour of MeshSubset, and MeshSubset in favour of Dataplane.</summary>
    ServiceAndSubset,

    /// <summary>Every kind that selects by tags; the text says MeshSubset whatever the kind is.</summary>
    TagsCalledSubset,

    /// <summary>Every kind that selects by tags, and MeshHTTPRoute.</summary>
    TagsAndRoutes,
}
