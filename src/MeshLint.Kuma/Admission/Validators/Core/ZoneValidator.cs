namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>kuma: pkg/core/resources/apis/system/zone_validator.go.</summary>
internal static class ZoneValidator
{
    public static void Validate(Validation v) => ResourceNames.CheckLabel1035(v);
}
