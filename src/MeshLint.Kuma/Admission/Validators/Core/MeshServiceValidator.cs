namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>
/// kuma: pkg/core/resources/apis/meshservice/api/v1alpha1/{validator,deprecated}.go; docs/kuma/mesh-services.md#spec-and-validation.
/// </summary>
internal static class MeshServiceValidator
{
    public static void Validate(Validation v)
    {
        var selector = v.Spec["selector"];
        if (!v.Behaviour.NamesAreLabels1035)
        {
            ResourceNames.CheckLength(v, v.DisplayName, 63);
            var selectors = Count(selector["dataplaneTags"]) + Count(selector["dataplaneRef"]) + Count(selector["dataplaneLabels"]);
            if (v.Behaviour.DataplaneLabelsSelector && selectors > 1)
                v.Report(v.Spec, "selector", "must specify only one of: dataplaneTags, dataplaneRef, or dataplaneLabels");
            return;
        }

        ResourceNames.CheckLabel1035(v);
        foreach (var port in v.Spec["ports"].Items)
        {
            var protocol = port["appProtocol"].Str();
            if (protocol.Length > 0 && !Protocols.Supported(v.Version).Contains(protocol.ToLowerInvariant()))
                v.Report(port, "appProtocol", Messages.OneOf("appProtocol", Protocols.Supported(v.Version).AsSpan()));
        }

        if (Count(selector["dataplaneRef"]) + Count(selector["dataplaneLabels"]) > 1)
            v.Report(v.Spec, "selector", "must specify only one of: dataplaneRef or dataplaneLabels");
    }

    public static void Warn(Validation v)
    {
        ResourceNames.WarnLabel1035(v);
        var selector = v.Spec["selector"];
        if (!v.Behaviour.DataplaneTagsSelector && !selector["dataplaneRef"].IsSet() && !selector["dataplaneLabels"].IsSet())
        {
            v.Warn($"MeshService resource '{v.DisplayName}' has no selector, so it matches no data plane proxies. Set "
                + "'spec.selector.dataplaneRef' or "
                   + "'spec.selector.dataplaneLabels'. The 'spec.selector.dataplaneTags' selector was removed, migrate it to "
                       + "'dataplaneLabels'.");
        }

        foreach (var port in v.Spec["ports"].Items)
            ServerNames.Warn(v, port["name"].IsSet() ? port["name"].Str() : $"{port["port"].Int()}");
    }

    private static int Count(Node selector) => selector.IsSet() ? 1 : 0;
}
