using MeshLint.Kuma.Admission.Validators.Core;
using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Admission;

/// <summary>
/// Judges a PUT of a new resource to a Universal control plane, step by step as its API server does (kuma:
/// pkg/api-server/resource_endpoints.go; docs/kuma/admission.md#universal-pipeline).
/// </summary>
/// <remarks>A step that finds something ends the request; inside a step everything is collected.</remarks>
internal static class UniversalPipeline
{
    private const string NotProcessed = "Could not process a resource";

    private const string GlobalReadOnly =
        "On global control plane you can not modify dataplane resources with 'kumactl apply' or via the HTTP API. "
        + "You can still use 'kumactl' or the HTTP API to modify them on the zone control plane.\n";

    private const string ZoneReadOnly =
        "On zone control plane you can only modify zone resources with 'kumactl apply' or via the HTTP API. "
        + "You can still use 'kumactl' or the HTTP API to modify the rest of the resource on the global control plane.\n";

    public static AdmissionVerdict Judge(MeshResource resource, AdmissionWorld world)
    {
        if (resource.KindInfo is not { } kind || !kind.ExistsIn(world.Version) || kind.Family == KindFamily.KubernetesOnly)
            return Refuse(resource, 404, "404: Page Not Found", null, resource.Root[resource.IsKubernetes ? "kind" : "type"]);
        var place = resource.Place;
        if (place.IsGlobal ? !kind.WritableOnGlobal : place.IsFederated && !kind.IsWritableOnZone(world.Version))
            return Refuse(resource, 405, "Method not allowed", place.IsGlobal ? GlobalReadOnly : ZoneReadOnly, resource.Root["type"]);
        if (kind.IsMeshScoped && !world.MeshExists(place, resource.Mesh))
            return Refuse(resource, 404, "Failed to retrieve Mesh", "Not found", resource.Root["mesh"]);
        return kind.IsPlugin ? JudgePlugin(resource, world) : JudgeProto(resource, kind, world);
    }

    private static AdmissionVerdict JudgePlugin(MeshResource resource, AdmissionWorld world)
    {
        var version = world.Version;
        if (SchemaCatalog.Instance.FindKind(version, resource.Kind) is not { } schema || schema.Find("spec") is not { } specField)
            return Refuse(resource, 404, "404: Page Not Found", null, resource.Root["type"]);
        var body = PluginBody.Inspect(resource, schema, version);
        if (body.Errors.Count > 0)
            return RefuseSchema(resource, body.Errors);
        if (UniversalHeader.FindError(resource.Root, out var headerNode) is { } headerError)
            return RefuseDecoding(resource, headerError, headerNode);
        var spec = resource.Root["spec"];
        var how = GoDecoding.Universal(version) with { IsPlain = !body.MayFail };
        // Later lines have a default for it; in 2.9 the status updater writes it at once.
        if (!version.Behaviour.UniversalSchemaDefaults && resource.Kind == "MeshService" && !spec["state"].Exists)
            how = how with { Filled = ("state", "Unavailable") };
        if (body.NeedsDecoding || how.Filled is not null || resource.Root.Index != 0)
        {
            var decoded = GoDecoder.Decode(resource.Root, "spec", specField.Schema, resource.Kind, how);
            if (decoded.Error is { } error)
                return RefuseDecoding(resource, error, decoded.ErrorNode);
            spec = decoded.Body;
        }

        return Finish(resource, world, spec, UniversalHeader.Labels(resource), default, body.UnknownFields);
    }

    private static AdmissionVerdict JudgeProto(MeshResource resource, KindInfo kind, AdmissionWorld world)
    {
        var version = world.Version;
        if (SchemaCatalog.Instance.FindBody(version, resource.Kind) is not { } message)
            return Refuse(resource, 404, "404: Page Not Found", null, resource.Root["type"]);
        if (UniversalHeader.FindError(resource.Root, out var metaNode) is { } metaError)
            return RefuseDecoding(resource, metaError, metaNode);
        var inspector = new ProtoInspector();
        inspector.Visit(resource.Root, message, hasHeader: true);
        var spec = resource.Root;
        if (inspector.NeedsDecoding || resource.Root.Index != 0)
        {
            if (ProtoErrorFinder.Find(resource.Root, message, out var at) is { } error)
                return RefuseDecoding(resource, error, at);
            spec = ProtoDecoder.Normalize(resource.Root, null, resource.Root, message, default, version);
        }

        var stored = StoringOf(resource, kind, world);
        return Finish(resource, world, spec, UniversalHeader.Labels(resource), stored, FieldsOf(resource, inspector.Unknown, version));
    }

    /// <summary>Steps 6 to 10, for a decoded body.</summary>
    private static AdmissionVerdict Finish(
        MeshResource resource, AdmissionWorld world, Node spec, LabelSet written, ProtoStoring storing,
        ImmutableArray<UnknownField> unknown)
    {
        var version = world.Version;
        var labels = InitialPolicies.KeepsLabels(resource, version)
            ? written
            : LabelComputer.Compute(resource, written, spec, version, out _);
        var validator = ValidatorCatalog.Find(resource.Kind);
        // The manager's run sees the labels as they were written; the store, and so the warnings, those that were computed.
        var complete = new Validation(version, resource, spec, written, hasMeta: true)
        {
            SecretExists = (mesh, name) => world.SecretExists(resource.Place, mesh, name),
        };
        validator?.Invoke(complete);

        // Step 6 knows neither name nor labels. Only a hand-written role can make it find what the complete run does not.
        if (validator is not null && (complete.Violations.Count > 0 || complete.Role != PolicyRole.System))
        {
            var bare = new Validation(version, resource, spec, LabelSet.Empty, hasMeta: false);
            validator(bare);
            if (bare.Violations.Count > 0)
                return RefuseViolations(resource, NotProcessed, bare.Violations);
        }

        var meta = new Validation(version, resource, spec, LabelSet.Empty, hasMeta: false);
        LabelChecks.Check(meta, written);
        if (meta.Violations.Count > 0)
            return RefuseViolations(resource, NotProcessed, meta.Violations);
        if (FindWorkloadProblem(resource, written, version) is { } workload)
            return Refuse(resource, 400, "Bad Request", workload, resource.LabelsNode[WellKnown.Workload]);
        if (complete.Violations.Count > 0)
            return RefuseViolations(resource, CreateTitle(version), complete.Violations);

        // The API answers "Internal Server Error" and keeps the reason to its log.
        if (resource.Kind == "Dataplane" && version.Behaviour.MembershipConstraints
            && MembershipCheck.FindProblem(
                spec, world.FindMesh(resource.Place, resource.Mesh), storing.Zone, out var refused) is { } membership)
            return Refuse(resource, 500, CreateTitle(version), membership, refused);

        if ((storing.ChangesDataplane || storing.MeshDefaults) && SchemaCatalog.Instance.FindBody(version, resource.Kind) is { } message)
            spec = ProtoDecoder.Normalize(spec, null, resource.Root, message, storing, version);
        return new AdmissionVerdict
        {
            Resource = resource,
            Warnings = Warnings(resource, version, spec, labels),
            UnknownFields = unknown,
            Stored = new StoredResource { Resource = resource, Labels = labels, Spec = spec },
        };
    }

    private static string CreateTitle(KumaVersion version) => version.Behaviour.CreateFailedTitle;

    internal static ImmutableArray<string> Warnings(MeshResource resource, KumaVersion version, Node spec, LabelSet labels)
    {
        if (ValidatorCatalog.FindDeprecations(resource.Kind) is not { } deprecations)
            return [];
        var validation = new Validation(version, resource, spec, labels, hasMeta: true);
        deprecations(validation);
        return [.. validation.Warnings];
    }

    private static ProtoStoring StoringOf(MeshResource resource, KindInfo kind, AdmissionWorld world) => kind.Name switch
    {
        "Dataplane" when !resource.Place.IsGlobal => new ProtoStoring(
            resource.Place.Zone,
            world.Version.Behaviour.InboundTags,
            world.Version.Behaviour.InboundTagsOptional && world.FindMesh(resource.Place, resource.Mesh) is { IsExclusive: true },
            false),
        "Mesh" when world.Version.Behaviour.MeshMetricsDefaults && resource.Root["metrics"]["backends"].Count > 0 =>
            new ProtoStoring(null, false, false, true),
        _ => default,
    };

    private static string? FindWorkloadProblem(MeshResource resource, LabelSet written, KumaVersion version)
    {
        if (resource.Kind != "Dataplane" || !version.Behaviour.Workloads || written[WellKnown.Workload] is not { Length: > 0 } workload)
            return null;
        const string field = "bad request: labels[\"kuma.io/workload\"]: ";
        if (resource.Place.IsGlobal)
            return field + "not allowed on Global control plane";
        var problems = string.Join("; ", DnsLabels.Problems1035(workload));
        return problems.Length == 0
            ? null
            : $"{field}must be a valid DNS-1035 label (at most 63 characters, matching regex [a-z]([-a-z0-9]*[a-z0-9])?): {problems}";
    }

    internal static ImmutableArray<UnknownField> FieldsOf(
        MeshResource resource, IReadOnlyList<(Node Node, ProtoMessage Parent)> unknown, KumaVersion version)
    {
        if (unknown.Count == 0)
            return [];
        var fields = ImmutableArray.CreateBuilder<UnknownField>(unknown.Count);
        foreach (var (node, parent) in unknown)
        {
            var (since, until) = SchemaHistory.Find(resource, node, version);
            fields.Add(new UnknownField(node, node.GetPath(resource.Root), [.. parent.Fields.Select(f => f.JsonName)], since, until));
        }

        return fields.MoveToImmutable();
    }

    private static AdmissionVerdict RefuseSchema(MeshResource resource, IReadOnlyList<SchemaError> errors)
    {
        var violations = ImmutableArray.CreateBuilder<Violation>(errors.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var error in errors)
        {
            var text = UniversalSchemaText.Render(error);
            if (!seen.Add(text))
                continue;
            var (field, reason) = UniversalSchemaText.Split(text);
            violations.Add(new Violation(field, reason, Location.Of(error.Node)));
        }

        return new AdmissionVerdict { Resource = resource, Status = 400, Title = NotProcessed, Violations = violations.ToImmutable() };
    }

    private static AdmissionVerdict RefuseViolations(MeshResource resource, string title, IReadOnlyList<Violation> violations) =>
        new() { Resource = resource, Status = 400, Title = title, Violations = [.. violations] };

    private static AdmissionVerdict RefuseDecoding(MeshResource resource, string error, Node at) =>
        Refuse(resource, 400, "Bad Request", $"invalid {resource.Kind} object: {GoText.Quote(error)}", at) with { IsDecodingError = true };

    private static AdmissionVerdict Refuse(MeshResource resource, int status, string title, string? detail, Node at) => new()
    {
        Resource = resource,
        Status = status,
        Title = title,
        Detail = detail,
        DetailLocation = at.Exists ? Location.Of(at) : resource.Location,
    };
}
