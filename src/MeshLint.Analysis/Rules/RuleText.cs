using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules;

/// <summary>Words that rules share, so that one thing is always called the same.</summary>
internal static class RuleText
{
    /// <summary><c>1 Dataplane</c>, <c>3 Dataplanes</c>.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary><c>'a'</c>, <c>'a' and 'b'</c>, <c>'a', 'b' and 3 more</c>.</summary>
    public static string Quoted(IEnumerable<string> words, int most = 4)
    {
        var all = words.ToList();
        if (all.Count == 0)
            return "nothing";
        var shown = all.Take(all.Count > most ? most - 1 : most).Select(w => $"'{w}'").ToList();
        if (shown.Count < all.Count)
            return $"{string.Join(", ", shown)} and {all.Count - shown.Count} more";
        return shown.Count == 1 ? shown[0] : $"{string.Join(", ", shown.Take(shown.Count - 1))} and {shown[^1]}";
    }

    /// <summary>A destination for a message: <c>MeshService 'cart'</c>, with its namespace where it has one.</summary>
    public static string Name(Destination destination) =>
        destination.Namespace.Length > 0
            ? $"{destination.KindName} '{destination.DisplayName}' of namespace '{destination.Namespace}'"
            : $"{destination.KindName} '{destination.DisplayName}'";

    /// <summary>A Dataplane for a message: its workload or its own name.</summary>
    public static string Name(Dataplane dataplane) =>
        dataplane.DerivedFrom is { } source ? $"{source.Kind} '{source.Name}'" : $"Dataplane '{dataplane.CoreName}'";

    /// <summary>The resource that a finding about a destination names: its document, or the Service that it comes from.</summary>
    public static ResourceIdentity? Identity(Destination destination) =>
        destination.Declared?.Resource.Identity ?? destination.Derived?.Service.Identity
        ?? new ResourceIdentity(
            destination.KindName,
            destination.Mesh,
            destination.Namespace.Length > 0 ? destination.Namespace : null,
            destination.DisplayName);

    /// <summary>The resource that a finding about a Dataplane names.</summary>
    public static ResourceIdentity? Identity(Dataplane dataplane) =>
        dataplane.Declared?.Resource.Identity ?? dataplane.DerivedFrom?.Identity;

    /// <summary>A node's place where it is written, else the fallback.</summary>
    public static Location At(Node node, Location fallback) => node.Exists ? Location.Of(node) : fallback;
}
