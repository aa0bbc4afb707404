using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>The ports that an item of a route means.</summary>
internal static class RoutePorts
{
    /// <summary>The items of <c>to</c> of all routes of a kind.</summary>
    public static IEnumerable<Reference> ItemsOf(RuleContext context, string kind) =>
        context.Compilation.References.Where(r => r.Edge == ReferenceEdge.To && r.From?.Kind == kind);

    /// <summary>The port that the target names, else every port of the destination.</summary>
    public static IEnumerable<(Destination Destination, MeshServicePort Port)> Of(ReferenceTarget target)
    {
        if (target.Destination is not { } instance)
            yield break;
        if (target.Port is { } one)
        {
            yield return (instance.Destination, one);
            yield break;
        }

        foreach (var port in instance.Destination.Ports)
            yield return (instance.Destination, port);
    }
}
