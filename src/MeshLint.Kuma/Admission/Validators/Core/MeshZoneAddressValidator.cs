namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>kuma 3.0: pkg/core/resources/apis/meshzoneaddress/api/v1alpha1/validator.go. 2.14 has none.</summary>
internal static class MeshZoneAddressValidator
{
    public static void Validate(Validation v)
    {
        if (!v.Behaviour.ZoneAddressChecked)
            return;
        var address = v.Spec["address"].Str();
        if (address.Length == 0)
            v.Report(v.Spec, "address", Messages.MustNotBeEmpty);
        else if (NetworkText.IsWildcard(address))
            v.Report(v.Spec, "address", "must not be 0.0.0.0 or ::");
        else if (!NetworkText.IsHost(address))
            v.Report(v.Spec, "address", "must be a valid IP address or domain name");
        if (!AddressChecks.IsPort(v.Spec["port"].Int()))
            v.Report(v.Spec, "port", Messages.ValidPort);
    }
}
