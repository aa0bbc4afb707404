namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>
/// kuma: pkg/core/resources/apis/meshmultizoneservice/api/v1alpha1/{validator,deprecated}.go;
/// docs/kuma/multi-zone.md#meshmultizoneservices.
/// </summary>
internal static class MeshMultiZoneServiceValidator
{
    public static void Validate(Validation v)
    {
        ResourceNames.CheckLabel1035(v);
        if (v.Spec["selector"]["meshService"]["matchLabels"].Count == 0)
            v.Report(v.Spec, "selector.meshService.matchLabels", LegacyMessages.CannotBeEmpty);
        if (v.Spec["ports"].Count == 0)
            v.Report(v.Spec, "ports", LegacyMessages.CannotBeEmpty);
        if (!v.Behaviour.MultiZonePortsChecked)
            return;
        foreach (var port in v.Spec["ports"].Items)
        {
            if (port["name"].IsSet() && port["name"].Str().Length == 0)
                v.Report(port, "name", Messages.MustNotBeEmpty);
            if (!Protocols.Supported(v.Version).Contains(port["appProtocol"].Str()))
                v.Report(port, "appProtocol", Messages.OneOf("appProtocol", Protocols.Supported(v.Version).AsSpan()));
        }
    }

    public static void Warn(Validation v)
    {
        ResourceNames.WarnLabel1035(v);
        foreach (var port in v.Spec["ports"].Items)
            ServerNames.Warn(v, port["name"].Str() is { Length: > 0 } name ? name : $"{port["port"].Int()}");
    }
}
