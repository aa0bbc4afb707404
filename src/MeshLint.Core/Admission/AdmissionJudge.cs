using MeshLint.Core.Decoding;
using MeshLint.Core.Documents;
using MeshLint.Core.Resources;
using MeshLint.Core.Schemas;

namespace MeshLint.Core.Admission;

/// <summary>Judges a document as the control plane that receives it would. Thread-safe; holds no state.</summary>
public static class AdmissionJudge
{
    /// <summary>The control plane's answer to a document that is created (not updated) there.</summary>
    public static AdmissionVerdict Judge(MeshResource resource, AdmissionWorld world) =>
        resource.IsKubernetes ? JudgeKubernetes(resource, world) : UniversalPipeline.Judge(resource, world);

    private static AdmissionVerdict JudgeKubernetes(MeshResource resource, AdmissionWorld world)
    {
        if (resource.KindInfo is not { } kind || !kind.ExistsIn(world.Version))
            return new AdmissionVerdict { Resource = resource, Status = 404, Title = "404: Page Not Found", DetailLocation = resource.Location };
        var spec = DecodeKubernetes(resource, kind, world.Version);
        var labels = LabelComputer.Compute(resource, LabelSet.From(resource.LabelsNode), spec, world.Version, out _);
        return new AdmissionVerdict
        {
            Resource = resource,
            Stored = new StoredResource { Resource = resource, Labels = LabelComputer.AddAdapterLabels(resource, labels), Spec = spec },
        };
    }

    /// <summary>The body as Kuma's webhooks decode it; the body as written where they cannot.</summary>
    private static Node DecodeKubernetes(MeshResource resource, KindInfo kind, KumaVersion version)
    {
        var spec = resource.Spec;
        switch (kind.Family)
        {
            case KindFamily.Plugin when SchemaCatalog.Instance.FindKind(version, resource.Kind)?.Find("spec") is { } field:
                var validator = new StructuralValidator(resource.Root, defaults: true, checkedValues: true);
                validator.Visit(spec, field.Schema);
                if (!validator.NeedsDecoding && resource.Root.Index == 0)
                    return spec;
                var decoded = GoDecoder.Decode(resource.Root, "spec", field.Schema, resource.Kind, GoDecoding.Kubernetes with { IsPlain = !validator.MayFail });
                return decoded.Error is null ? decoded.Body : spec;
            case KindFamily.Proto when SchemaCatalog.Instance.FindBody(version, resource.Kind) is { } message:
                var inspector = new ProtoInspector();
                inspector.Visit(spec, message);
                if (!inspector.NeedsDecoding && resource.Root.Index == 0)
                    return spec;
                return ProtoErrorFinder.Find(spec, message, out _) is null
                    ? ProtoDecoder.Normalize(spec, "spec", resource.Root, message, default, version)
                    : spec;
            default:
                return spec;
        }
    }
}
