namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>kuma: pkg/core/resources/apis/workload/api/v1alpha1/validator.go.</summary>
internal static class WorkloadValidator
{
    public static void Validate(Validation v) => ResourceNames.CheckLength(v, v.DisplayName, 253);
}
