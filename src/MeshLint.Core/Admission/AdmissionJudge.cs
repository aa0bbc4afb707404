using MeshLint.Core.Resources;

namespace MeshLint.Core.Admission;

/// <summary>Judges a document as the control plane that receives it would. Thread-safe; holds no state.</summary>
public static class AdmissionJudge
{
    /// <summary>The control plane's answer to a document that is created (not updated) there.</summary>
    public static AdmissionVerdict Judge(MeshResource resource, AdmissionWorld world)
    {
        if (resource.KindInfo is not { } kind || !kind.ExistsIn(world.Version))
            return new AdmissionVerdict { Resource = resource, Status = 404, Title = "404: Page Not Found", Detail = "", DetailLocation = resource.Location };
        var spec = resource.Spec;
        var labels = LabelComputer.Compute(resource, LabelSet.From(resource.LabelsNode), spec, world.Version, out _);
        return new AdmissionVerdict
        {
            Resource = resource,
            Stored = new StoredResource { Resource = resource, Labels = LabelComputer.AddAdapterLabels(resource, labels), Spec = spec },
        };
    }
}
