using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Schemas;

namespace MeshLint.Kuma.Admission;

/// <summary>An accepted object as the API server stores it; what is not named here is stored as written.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Annotations">Its annotations.</param>
/// <param name="Owners">Its owners in order, as (apiVersion, kind, name).</param>
/// <param name="Spec">Its body; missing where it has none.</param>
/// <param name="Status">Its status; missing where it has none.</param>
internal sealed record StoredKubernetesObject(
    LabelSet Labels, LabelSet Annotations, ImmutableArray<(string ApiVersion, string Kind, string Name)> Owners, Node Spec, Node Status);

/// <content>The stored object, put together only when somebody asks: the graph needs no more than <see cref="StoredResource"/>.</content>
internal sealed partial class KubernetesPipeline
{
    /// <summary>What an API server stores of a document; null where it is refused.</summary>
    public static StoredKubernetesObject? Store(MeshResource resource, AdmissionWorld world)
    {
        if (resource.KindInfo is not { } kind || !Judge(resource, world).Accepted)
            return null;
        var pipeline = new KubernetesPipeline(resource, kind, world);
        pipeline.Run();
        return pipeline.Describe();
    }

    private StoredKubernetesObject Describe()
    {
        var writtenAnnotations = LabelSet.From(resource.AnnotationsNode);
        var storedLabels = webhooks.Defaulter
            ? LabelSet.Create(labels.Where(l => !LabelComputer.IsKeptAsAnnotation(l.Key, version)))
            : LabelSet.From(resource.LabelsNode);
        var storedAnnotations = webhooks.Defaulter
            ? LabelSet.Create(writtenAnnotations.Concat(labels.Where(l => LabelComputer.IsKeptAsAnnotation(l.Key, version))))
            : writtenAnnotations;
        return new StoredKubernetesObject(storedLabels, storedAnnotations, Owners(), webhooks.Defaulter ? spec : root["spec"], Status());
    }

    private ImmutableArray<(string ApiVersion, string Kind, string Name)> Owners()
    {
        var owners = ImmutableArray.CreateBuilder<(string, string, string)>();
        var hasMesh = false;
        foreach (var reference in resource.Root["metadata"]["ownerReferences"].Items)
        {
            hasMesh |= KubernetesMetadata.IsMesh(reference, owner);
            owners.Add((reference["apiVersion"].Text ?? "", reference["kind"].Text ?? "", reference["name"].Text ?? ""));
        }

        if (owner is not null && !hasMesh)
            owners.Add((ApiVersion, "Mesh", owner));
        return owners.ToImmutable();
    }

    private Node Status()
    {
        if (schema?.Find("status") is not { } field)
            return default;
        if (!webhooks.Defaulter)
            return root["status"];
        var status = GoDecoder.Decode(request, "status", field.Schema, resource.Kind, GoDecoding.Kubernetes).Body;
        return StructuralObject.AddDefaults(status.Parent, schema)["status"];
    }
}
