using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshhealthcheck/api/v1alpha1/validator.go.</summary>
internal static class MeshHealthCheckValidator
{
    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        PolicyParts.ValidateTop(v, spec, Mesh | MeshSubset | MeshGateway | MeshService | MeshServiceSubset | Dataplane);
        foreach (var item in spec["to"].Items)
        {
            PolicyParts.ValidateTo(
                spec, item["targetRef"], Mesh | MeshService | MeshExternalService | MeshMultiZoneService,
                v.Behaviour.ToMeshExternalService);
            ValidateDefault(item["default"]);
        }
    }

    private static void ValidateDefault(Field conf)
    {
        Checks.DurationGreaterThanZeroOrNil(conf["interval"]);
        Checks.DurationGreaterThanZeroOrNil(conf["timeout"]);
        Checks.ValueGreaterThanZeroOrNil(conf["unhealthyThreshold"]);
        Checks.ValueGreaterThanZeroOrNil(conf["healthyThreshold"]);
        Checks.DurationGreaterThanZeroOrNil(conf["initialJitter"]);
        Checks.DurationGreaterThanZeroOrNil(conf["intervalJitter"]);
        Checks.WholePercentageOrNil(conf["intervalJitterPercent"]);
        Checks.PercentageOrNil(conf.Where(conf.Behaviour.HealthCheckPanicThreshold, "healthyPanicThreshold"));
        Checks.DurationGreaterThanZeroOrNil(conf["noTrafficInterval"]);
        Checks.PathOrNil(conf["eventLogPath"]);

        var http = conf["http"];
        if (http["path"].IsSet)
            Checks.StringDefined(http["path"]);
        foreach (var status in http["expectedStatuses"].Items)
            Checks.StatusCode(status);

        conf.ReportIf(!http.IsSet && !conf["tcp"].IsSet && !conf["grpc"].IsSet, Messages.AtLeastOne("http", "tcp", "grpc"));
    }
}
