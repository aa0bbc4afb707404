using System.Buffers;
using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Admission;

/// <content>What Kuma's own webhooks do (kuma: pkg/plugins/runtime/k8s/webhooks).</content>
internal sealed partial class KubernetesPipeline
{
    private const string Defaulter = "defaulter";
    private const string OwnerReference = "owner-reference";
    private const string Validator = "validator";

    private static readonly SearchValues<char> MeshCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz-_.");

    /// <summary>
    /// The mesh as Kuma's structs give it: a field of protobuf kinds, a label of plugin kinds. A label that is there and empty stays empty.
    /// </summary>
    private string Mesh => kind.IsPlugin ? labels[WellKnown.Mesh] ?? WellKnown.DefaultMesh : root["mesh"].Text ?? "";

    /// <summary>Where the mesh is stated.</summary>
    private Node MeshNode => kind.IsPlugin ? resource.LabelsNode[WellKnown.Mesh] : root["mesh"];

    /// <summary>defaulter.go: decodes the object, checks where it may be applied, computes labels, writes everything back.</summary>
    private AdmissionVerdict? Default()
    {
        if (FindDecodingError(Defaulter) is { } undecodable)
            return undecodable;
        var found = LabelComputer.ReadKubernetes(resource, version);
        if (CheckPlacement(Defaulter, found.GetValueOrDefault(WellKnown.Origin) ?? "", found.GetValueOrDefault(WellKnown.Zone)) is { } misplaced)
            return misplaced;
        labels = LabelComputer.Compute(resource, found, spec, version, out var roleError);
        if (roleError is not null)
            return RefuseByWebhook(Defaulter, 500, roleError, PolicySpec.ToNode(resource.Spec));

        // The API server puts defaults into what the webhook gives back, too: into fields that Go leaves out when they are empty.
        if (schema is not null && root != request)
        {
            Look();
            if (body.LacksDefaults)
            {
                root = StructuralObject.AddDefaults(root, schema);
                spec = root["spec"];
            }
        }

        return null;
    }

    /// <summary>Decodes the object into Kuma's structs; afterwards <see cref="spec"/> is what these write.</summary>
    private AdmissionVerdict? FindDecodingError(string webhook)
    {
        if (!kind.IsPlugin)
            return FindProtoError(webhook);
        if (schema?.Find("spec") is not { } field)
            return null;
        var how = GoDecoding.Kubernetes with { IsPlain = !body.MayFail };
        var status = root["status"];
        var hasStatus = status.Exists && schema.Find("status") is not null;
        if (!body.NeedsDecoding && spec.Exists && root.Index == 0)
            return null;
        var decoded = GoDecoder.Decode(root, "spec", field.Schema, resource.Kind, how);
        var error = decoded.Error;
        var at = decoded.ErrorNode;
        if (error is null && hasStatus && schema.Find("status") is { } statusField)
        {
            var decodedStatus = GoDecoder.Decode(root, "status", statusField.Schema, resource.Kind, how);
            error = decodedStatus.Error;
            at = decodedStatus.ErrorNode;
        }

        if (error is not null)
            return RefuseByWebhook(webhook, 400, error, at) with { IsDecodingError = true };
        spec = decoded.Body;
        root = spec.Parent;
        return null;
    }

    private AdmissionVerdict? FindProtoError(string webhook)
    {
        var mesh = root["mesh"];
        if (!mesh.IsString && !mesh.IsNullOrMissing)
            return RefuseByWebhook(
                webhook,
                400,
                $"json: cannot unmarshal {GoValues.TypeName(mesh)} into Go struct field {kind.Name}.mesh of type string",
                mesh) with
            {
                IsDecodingError = true,
            };
        if (SchemaCatalog.Instance.FindBody(version, resource.Kind) is not { } message)
            return null;
        var isDefaulter = webhook == Defaulter;
        var status = isDefaulter ? 500 : 400;
        var inspector = new ProtoInspector();
        inspector.Visit(spec, message);
        AddVanishing(inspector);
        var needsDefaults = isDefaulter && kind.Name == "Mesh" && version.Behaviour.MeshMetricsDefaults
            && spec["metrics"]["backends"].Count > 0;
        if (!inspector.NeedsDecoding && !needsDefaults && root.Index == 0)
            return null;
        if (FindProtoError(message, needsDefaults, out var at) is { } first
            && (StructuralObject.IsRespelled(at) ? FindErrorRespelled(message, needsDefaults, out at) : first) is { } error)
            return RefuseByWebhook(webhook, status, error, at) with { IsDecodingError = true };
        spec = ProtoDecoder.Normalize(spec, "spec", root, message, new ProtoStoring(null, false, false, needsDefaults), version);
        return null;
    }

    private string? FindProtoError(ProtoMessage message, bool needsDefaults, out Node at) =>
        ProtoErrorFinder.Find(spec, message, out at)
            ?? (needsDefaults && FindPrometheusError(out at) is { } error ? $"could not convert the backend: {error}" : null);

    /// <summary>jsonpb takes numbers as they are spelled, and here the API server spells them.</summary>
    private string? FindErrorRespelled(ProtoMessage message, bool needsDefaults, out Node at)
    {
        root = StructuralObject.Respell(root);
        spec = root["spec"];
        return FindProtoError(message, needsDefaults, out at);
    }

    /// <summary>The schema of protobuf kinds is open, so the API server keeps what the control plane then drops.</summary>
    private void AddVanishing(ProtoInspector inspector)
    {
        if (inspector.Unknown.Count > 0)
            unknownFields = [.. unknownFields, .. UniversalPipeline.FieldsOf(resource, inspector.Unknown, version)];
    }

    private string? FindPrometheusError(out Node at)
    {
        at = default;
        if (SchemaCatalog.Instance.FindMessage(version, "PrometheusMetricsBackendConfig") is not { } message)
            return null;
        foreach (var backend in spec["metrics"]["backends"].Items)
        {
            if (backend["type"].Text == "prometheus" && ProtoErrorFinder.Find(backend["conf"], message, out at) is { } error)
                return error;
        }

        return null;
    }

    private AdmissionVerdict? CheckPlacement(string webhook, string origin, string? zone)
    {
        if (KubernetesPlacement.Find(resource, kind, origin, zone, spec, version) is not { } refusal)
            return null;
        var verdict = RefuseByWebhook(webhook, 403, refusal.Text, refusal.At);
        return refusal.LacksOrigin
            ? verdict with
            {
                Violations = [new Violation(KubernetesPlacement.OriginField, "cannot be empty", verdict.DetailLocation ?? resource.Location)],
            }
            : verdict;
    }

    /// <summary>owner_reference_mutator.go: makes the Mesh the owner, so that the object goes with it.</summary>
    private AdmissionVerdict? SetOwner()
    {
        var written = root["mesh"];
        if (!kind.IsPlugin && !written.IsString && !written.IsNullOrMissing)
            return FindProtoError(OwnerReference);
        if (kind.Name == "MeshService" || !kind.IsMeshScoped)
            return null;
        if (CheckMesh(OwnerReference) is { } invalid)
            return invalid;
        if (labels[WellKnown.Origin] == (resource.Place.IsGlobal ? "zone" : "global"))
            return null;
        if (!world.MeshExists(resource.Place, Mesh))
            return RefuseByWebhook(OwnerReference, 400, $"meshs.kuma.io \"{Mesh}\" not found", MeshNode);
        owner = Mesh;
        return null;
    }

    /// <summary>kuma: pkg/core/resources/apis/mesh/meta_validator.go ValidateMesh.</summary>
    private AdmissionVerdict? CheckMesh(string webhook)
    {
        if (!kind.IsMeshScoped)
            return null;
        var mesh = Mesh;
        var reason = mesh.Length == 0 ? "cannot be empty"
            : System.Text.Encoding.UTF8.GetByteCount(mesh) > 253 ? "value length must less or equal 253"
            : mesh.AsSpan().ContainsAnyExcept(MeshCharacters)
                ? "invalid characters. Valid characters are numbers, lowercase latin letters and '-', '_', '.' symbols."
            : null;
        return reason is null
            ? null
            : RefuseByWebhook(webhook, [new Violation("mesh", reason, MeshNode.Exists ? Location.Of(MeshNode) : resource.Location)]);
    }

    /// <summary>validation.go and the validators of single kinds.</summary>
    private AdmissionVerdict? Validate()
    {
        if (kind.Family == KindFamily.KubernetesOnly)
            return ValidateKubernetesOnly();
        if (!webhooks.Defaulter && FindDecodingError(Validator) is { } undecodable)
            return undecodable;
        var origin = labels[WellKnown.Origin] ?? "";
        if (CheckPlacement(Validator, origin, labels[WellKnown.Zone]) is { } misplaced)
            return misplaced;
        if (CheckMesh(Validator) is { } invalid)
            return invalid;
        if (origin is not ("" or "global" or "zone"))
        {
            var at = resource.LabelsNode[WellKnown.Origin];
            return RefuseByWebhook(
                Validator,
                [new Violation($"labels[\"{WellKnown.Origin}\"]", $"unknown resource origin {GoText.Quote(origin)}", at.Exists ? Location.Of(at) : resource.Location)]);
        }

        if (CheckOwners() is { } moved)
            return moved;
        var validation = new Validation(version, resource, spec, labels, hasMeta: true)
        {
            SecretExists = (mesh, name) => world.SecretExists(resource.Place, mesh, name),
        };
        ValidatorCatalog.Find(kind.Name)?.Invoke(validation);
        if (validation.Violations.Count > 0)
            return RefuseByWebhook(Validator, validation.Violations);
        if (kind.Name != "Dataplane" || world.MeshExists(resource.Place, Mesh))
            return null;
        return RefuseByWebhook(
            Validator, 500, $"{version.Behaviour.NotFoundSubject} not found: type=\"Mesh\" name={GoText.Quote(Mesh)} mesh=\"\"", MeshNode);
    }

    /// <summary>3.0: an object that another Mesh owns cannot be moved.</summary>
    private AdmissionVerdict? CheckOwners()
    {
        if (!version.Behaviour.OwnerMeshChecked || !kind.IsMeshScoped)
            return null;
        List<Violation>? violations = null;
        var position = 0;
        foreach (var reference in resource.Root["metadata"]["ownerReferences"].Items)
        {
            var group = reference["apiVersion"].Text ?? "";
            var name = reference["name"].Text ?? "";
            if (group.StartsWith("kuma.io/", StringComparison.Ordinal) && reference["kind"].Text == "Mesh" && name != Mesh)
            {
                (violations ??= []).Add(new Violation(
                    $"metadata.ownerReferences[{position}].name",
                    $"must be the same as the mesh of the resource {GoText.Quote(Mesh)}, got {GoText.Quote(name)}. A resource cannot be "
                        + "moved between meshes, delete it and apply it again in the new mesh",
                    Location.Of(reference)));
            }

            position++;
        }

        return violations is null ? null : RefuseByWebhook(Validator, violations);
    }

    private AdmissionVerdict? ValidateKubernetesOnly()
    {
        var place = resource.Place;
        if (kind.Name == "ContainerPatch")
        {
            return resource.Namespace == place.SystemNamespace
                ? null
                : RefuseByWebhook(
                    Validator,
                    403,
                    $"ContainerPatch can only be placed in {place.SystemNamespace} namespace. It can be however referenced by pods in all "
                        + "namespaces",
                    resource.Root["metadata"]["namespace"]);
        }

        if (place.IsGlobal)
        {
            return RefuseByWebhook(
                Validator,
                403,
                $"Operation not allowed. Kuma resources like {kind.Name} can be created only from the 'zone' control plane and not from a "
                    + "'global' control plane.",
                resource.Root["kind"]);
        }

        var validation = new Validation(version, resource, spec, labels, hasMeta: true);
        ValidatorCatalog.Find(kind.Name)?.Invoke(validation);
        return validation.Violations.Count > 0 ? RefuseByWebhook(Validator, validation.Violations) : null;
    }

    /// <summary>
    /// The body as the control plane reads it from the store, where no webhook has written it in that form; as stored where it cannot.
    /// </summary>
    private Node Decode()
    {
        if (kind.Family == KindFamily.Proto && SchemaCatalog.Instance.FindBody(version, resource.Kind) is { } message)
        {
            var inspector = new ProtoInspector();
            inspector.Visit(spec, message);
            if (!inspector.NeedsDecoding && root.Index == 0)
                return spec;
            return ProtoErrorFinder.Find(spec, message, out _) is null
                ? ProtoDecoder.Normalize(spec, "spec", root, message, default, version)
                : spec;
        }

        if (!kind.IsPlugin || schema?.Find("spec") is not { } field || (!body.NeedsDecoding && spec.Exists && root.Index == 0))
            return spec;
        var decoded = GoDecoder.Decode(root, "spec", field.Schema, resource.Kind, GoDecoding.Kubernetes);
        return decoded.Error is null ? decoded.Body : spec;
    }
}
