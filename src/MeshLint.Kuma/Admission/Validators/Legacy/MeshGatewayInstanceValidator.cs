namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>
/// kuma 2.x: pkg/plugins/runtime/k8s/webhooks/gateway_instance_validator.go; docs/kuma/admission.md#kubernetes-validator. Its paths do
/// not begin with <c>spec</c>.
/// </summary>
internal static class MeshGatewayInstanceValidator
{
    private static readonly TagRules Rules = new() { ForbidService = true };

    public static void Validate(Validation v) => TagCheck.Tags(Field.Of(v, v.Spec)["tags"].Named("tags"), Rules);
}
