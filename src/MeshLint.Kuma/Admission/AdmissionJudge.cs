using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission;

/// <summary>Judges a document as the control plane that receives it would. Thread-safe; holds no state.</summary>
public static class AdmissionJudge
{
    /// <summary>The control plane's answer to a document that is created (not updated) there.</summary>
    /// <remarks>
    /// The form decides, not the place's environment: what says <c>apiVersion</c> goes through <c>kubectl</c> to an API server, whatever
    /// the configuration says of the control plane, since <c>kumactl</c> reads no such document.
    /// </remarks>
    public static AdmissionVerdict Judge(MeshResource resource, AdmissionWorld world) =>
        resource.IsKubernetes ? KubernetesPipeline.Judge(resource, world) : UniversalPipeline.Judge(resource, world);
}
