using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Kubernetes;

/// <summary>What the events of one control plane have in common.</summary>
/// <remarks>Belongs to one walk over the events of one control plane; not thread-safe.</remarks>
internal sealed class KubernetesScene(RuleContext context, IEnumerable<KubernetesEvent> events)
{
    private readonly HashSet<string> assumedNamespaces = events.OfType<NamespaceAssumed>().Select(static e => e.Namespace)
        .ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<(KubernetesObject Service, int Port), NamedPortFound> firstPorts = [];

    private readonly HashSet<KubernetesObject> skipped = events.OfType<MeshServiceSkipped>().Select(static e => e.Object).ToHashSet();

    public KumaVersion Version => context.Version;

    /// <summary>No document declares the namespace: whether its Pods are injected at all is an assumption.</summary>
    public bool IsAssumed(string ns) => assumedNamespaces.Contains(ns);

    /// <summary>The control plane makes no MeshService of the Service: it is ignored, a gateway's, or the mode is Disabled.</summary>
    public bool HasNoMeshService(KubernetesObject service) => skipped.Contains(service);

    /// <summary>Where the named port of the same Service was found first; the event itself where it is the first.</summary>
    public NamedPortFound FirstOf(NamedPortFound found)
    {
        var key = (found.Service, found.Node.Span.Start);
        firstPorts.TryAdd(key, found);
        return firstPorts[key];
    }
}
