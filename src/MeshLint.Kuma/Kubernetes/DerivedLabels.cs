using MeshLint.Kuma.Admission;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>
/// Labels of what controllers make: computed by the controller, and again by the defaulting webhook where the namespace is one that webhooks
/// see (kuma: pkg/plugins/runtime/k8s/webhooks/defaulter.go, pkg/plugins/resources/k8s/store.go). <see cref="LabelComputer"/> computes.
/// </summary>
internal static class DerivedLabels
{
    /// <summary>Whether Kuma's webhooks default and validate Kuma objects of a namespace.</summary>
    public static bool HasWebhooks(KumaVersion version, NamespaceModel ns) =>
        ns.Name != "kube-system" && (!version.Behaviour.NamespaceNeedsInjectionLabel || ns.HasInjectionKey);

    /// <summary>An object that a controller makes, of a kind that is known.</summary>
    public static LabelSubject Subject(string kind, string mesh, string name, string ns) =>
        new(KindCatalog.Find(kind) ?? throw new ArgumentException($"'{kind}' is no kind", nameof(kind)), mesh, name, ns, IsKubernetes: true);

    /// <summary>The object's metadata after admission.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="labels">Labels as the controller sends them.</param>
    /// <param name="subject">What it is.</param>
    /// <param name="seen">The labels as the control plane sees them.</param>
    public static StoredMetadata Admit(Cluster cluster, NamespaceModel ns, Dictionary<string, string> labels, LabelSubject subject, out LabelSet seen)
    {
        if (!HasWebhooks(cluster.Version, ns))
        {
            var stored = LabelSet.Create(labels);
            seen = stored.With(WellKnown.DisplayName, subject.Name);
            return new StoredMetadata(stored, LabelSet.Empty);
        }

        // The webhook reads the object through the adapter, which takes the display name from the name.
        labels[WellKnown.DisplayName] = subject.Name;
        // 3.0 leaves alone what its own control plane writes with the origin of another one (a Service label brings it there).
        var isImported = cluster.Version.Behaviour.ComputedLabelsWin && labels.GetValueOrDefault(WellKnown.Origin) is not (null or "" or "zone");
        if (!isImported)
            LabelComputer.Compute(subject with { ServiceAccount = "", Workload = "" }, cluster.Place, labels, cluster.Version, out _);
        seen = LabelSet.Create(labels);
        var annotations = new KeyValuePair<string, string>[3];
        var count = 0;
        foreach (var key in (ReadOnlySpan<string>)[WellKnown.DisplayName, WellKnown.ServiceAccount, WellKnown.Workload])
        {
            if (LabelComputer.IsKeptAsAnnotation(key, cluster.Version) && labels.Remove(key, out var value))
                annotations[count++] = new(key, value);
        }

        return new StoredMetadata(LabelSet.Create(labels), LabelSet.FromPairs(annotations, count));
    }

    /// <summary>The API server's words for label values that are too long, or null (kuma stores long names as labels where no webhook moves them).</summary>
    public static string? InvalidLabels(string kind, string name, StoredMetadata metadata)
    {
        List<string>? errors = null;
        foreach (var (_, value) in metadata.Labels)
        {
            if (System.Text.Encoding.UTF8.GetByteCount(value) > 63)
            {
                var error = $"metadata.labels: Invalid value: {KumaAnnotations.Quote(value)}: must be no more than 63 bytes";
                if (errors?.Contains(error) != true)
                    (errors ??= []).Add(error);
            }
        }

        if (errors is null)
            return null;
        return $"{kind}.kuma.io \"{name}\" is invalid: {(errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors)}]")}";
    }
}
