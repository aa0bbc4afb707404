using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission;

/// <summary>Knows the labels of the namespaces that a repository states.</summary>
internal static class NamespaceIndex
{
    /// <summary>The lookup that <see cref="AdmissionWorld.NamespaceLabels"/> wants: null for a namespace that no document states.</summary>
    public static Func<ControlPlane, string, LabelSet?> Of(ImmutableArray<KubernetesObject> objects)
    {
        Dictionary<(ControlPlaneId Place, string Name), LabelSet>? labels = null;
        foreach (var item in objects)
        {
            if (item.Kind == "Namespace")
                (labels ??= [])[(item.Place.Id, item.Name)] = item.Labels;
        }

        return labels is null ? static (_, _) => null : (place, name) => labels.GetValueOrDefault((place.Id, name));
    }
}
