using MeshLint.Kuma.Binding;
using MeshLint.Output.Json;

namespace MeshLint.Output.Graph;

/// <summary>A reference as the outputs show it.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="Location">Where it is written: the reference itself, else the document or workload that makes it.</param>
/// <param name="Index">Its place in the graph, from 0.</param>
public sealed record GraphReference(Reference Reference, Location Location, int Index)
{
    /// <summary>The edge, such as <c>backend-ref</c>.</summary>
    public string Edge => JsonParts.Kebab(Reference.Edge.ToString());

    /// <summary>What becomes of it over all control planes.</summary>
    public string Status => NameOf(Reference.Status);

    /// <summary>It finds nothing, several or only some of what it names.</summary>
    public bool IsFault => Reference.Status is ReferenceStatus.Unresolved or ReferenceStatus.Ambiguous or ReferenceStatus.Partial;

    /// <summary>What it finds in any control plane, repeated for each.</summary>
    public IEnumerable<ReferenceTarget> Targets() => Reference.Outcomes.SelectMany(static o => o.Targets);

    /// <summary>A status in words.</summary>
    public static string NameOf(ReferenceStatus status) => status switch
    {
        ReferenceStatus.Resolved => "resolved",
        ReferenceStatus.Unresolved => "unresolved",
        ReferenceStatus.Ambiguous => "ambiguous",
        ReferenceStatus.Partial => "partial",
        _ => "ignored",
    };

    internal static Location LocationOf(Reference reference)
    {
        if (reference.Node.Source is { } source)
            return new Location(source, reference.Node.Span);
        return reference.From?.Resource.Location ?? reference.FromDataplane?.Location
            ?? throw new InvalidOperationException("a reference comes from a document");
    }
}
