using MeshLint.Kuma.Kubernetes;

namespace MeshLint.Analysis.Rules.Kubernetes;

/// <summary>One thing that can go wrong where Kuma derives resources from Kubernetes objects.</summary>
internal abstract class KubernetesRule : FamilyRule
{
    /// <summary>What to say of an event; null where it is not the rule's, or nothing to tell.</summary>
    /// <param name="scene">The control plane that met it.</param>
    /// <param name="item">The event.</param>
    public abstract EventReport? Look(KubernetesScene scene, KubernetesEvent item);

    /// <summary>A Kubernetes object for a message: <c>Deployment 'cart'</c>.</summary>
    protected static string Name(KubernetesEvent item) => $"{item.Object.Kind} '{item.Object.Name}'";

    /// <summary>The control plane's words as one sentence without full stop.</summary>
    protected static string Sentence(string text) => text.TrimEnd('.', '\n').ReplaceLineEndings(" ");

    /// <summary>Begins a report.</summary>
    protected EventReport New(KubernetesEvent item, string message) => new(Finds, item, message);
}
