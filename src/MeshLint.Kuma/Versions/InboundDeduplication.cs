namespace MeshLint.Kuma.Versions;

/// <summary>Which of several inbounds of a Pod with one address and port stays.</summary>
public enum InboundDeduplication
{
    /// <summary>Every one.</summary>
    None,

    /// <summary>The first.</summary>
    First,

    /// <summary>The first of each state.</summary>
    FirstOfState,

    /// <summary>The one in the best state, at the place of the first.</summary>
    Best,
}
