using MeshLint.Kuma.Admission.Validators.Core;

namespace MeshLint.Kuma.Admission;

internal static partial class ValidatorCatalog
{
    // Secret, GlobalSecret and ContainerPatch have no validator of their own.
    private static KindValidator? FindCore(string kind) => kind switch
    {
        "Dataplane" => DataplaneValidator.Validate,
        "HostnameGenerator" => HostnameGeneratorValidator.Validate,
        "Mesh" => MeshValidator.Validate,
        "MeshExternalService" => MeshExternalServiceValidator.Validate,
        "MeshIdentity" => MeshIdentityValidator.Validate,
        "MeshMultiZoneService" => MeshMultiZoneServiceValidator.Validate,
        "MeshOpenTelemetryBackend" => MeshOpenTelemetryBackendValidator.Validate,
        "MeshService" => MeshServiceValidator.Validate,
        "MeshTrust" => MeshTrustValidator.Validate,
        "MeshZoneAddress" => MeshZoneAddressValidator.Validate,
        "Workload" => WorkloadValidator.Validate,
        "Zone" => ZoneValidator.Validate,
        "ZoneEgress" => ZoneProxyValidator.ValidateEgress,
        "ZoneIngress" => ZoneProxyValidator.ValidateIngress,
        _ => null,
    };

    private static KindValidator? FindCoreDeprecations(string kind) => kind switch
    {
        "Mesh" or "Zone" => Validators.ResourceNames.WarnLabel1035,
        "MeshExternalService" => MeshExternalServiceValidator.Warn,
        "MeshMultiZoneService" => MeshMultiZoneServiceValidator.Warn,
        "MeshService" => MeshServiceValidator.Warn,
        "MeshTrust" => MeshTrustValidator.Warn,
        _ => null,
    };
}
