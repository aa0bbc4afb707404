using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission;

/// <summary>
/// What Kuma's webhook says of a Kubernetes Secret that holds a Secret or GlobalSecret (kuma:
/// pkg/plugins/runtime/k8s/webhooks/secret_validator.go; docs/kuma/admission.md#kubernetes-secrets).
/// </summary>
internal static class KubernetesSecrets
{
    /// <summary>
    /// Why it is refused; empty where it is taken, and for what is no Secret of Kuma. The webhook looks at the system namespace only.
    /// </summary>
    public static IEnumerable<Violation> Check(KubernetesObject secret)
    {
        if (secret.Kind != "Secret" || secret.Namespace != secret.Place.SystemNamespace)
            yield break;
        var mesh = secret.Root["metadata"]["labels"][WellKnown.Mesh];
        if (mesh.Exists && secret.Root["type"].AsString() == "system.kuma.io/global-secret")
            yield return new Violation($"metadata.labels[\"{WellKnown.Mesh}\"]", "mesh cannot be set on global secret", Location.Of(mesh));
        // The API server moves what stringData has into data, over what stands there.
        var data = secret.Root["data"]["value"];
        var text = secret.Root["stringData"]["value"];
        var value = text.Exists ? text : data;
        if (value.Text is not { Length: > 0 })
            yield return new Violation("data.value", "cannot be empty.", value.Exists ? Location.Of(value) : secret.Location);
        else if (value == data && data.IsString && GoValues.FindBadBase64(data.Text ?? "") is >= 0 and var bad)
            yield return new Violation("data.value", $"illegal base64 data at input byte {bad}", Location.Of(data));
    }
}
