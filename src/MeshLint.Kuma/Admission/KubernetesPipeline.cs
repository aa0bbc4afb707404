using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Schemas;

namespace MeshLint.Kuma.Admission;

/// <summary>
/// Judges the create of an object by an ordinary user as an API server with Kuma's webhooks does: decode, prune and default; mutating
/// webhooks; metadata and schema; validating webhook (docs/kuma/admission.md#kubernetes-pipeline). One instance a document.
/// </summary>
/// <remarks>
/// A stage that refuses ends the request. The webhooks run before the schema is looked at and write the object back, so the schema
/// sees what Kuma's structs made of the document.
/// </remarks>
internal sealed partial class KubernetesPipeline
{
    private const string ApiVersion = "kuma.io/v1alpha1";

    private readonly MeshResource resource;
    private readonly KindInfo kind;
    private readonly AdmissionWorld world;
    private readonly KumaVersion version;
    private readonly SchemaNode? schema;
    private readonly KubernetesWebhooks webhooks;

    /// <summary>
    /// What holds <c>spec</c>, <c>status</c> and <c>mesh</c> as the API server has them: the document, or a tree of its own.
    /// </summary>
    private Node root;

    /// <summary>What <see cref="root"/> was when the webhooks were called.</summary>
    private Node request;

    /// <summary>The body so far; missing where there is none.</summary>
    private Node spec;

    /// <summary>What the last look at the schema found.</summary>
    private StructuralValidator body;

    /// <summary>The labels as the control plane sees them.</summary>
    private LabelSet labels = LabelSet.Empty;

    private ImmutableArray<UnknownField> unknownFields = [];

    /// <summary>The Mesh that the control plane makes the owner; null where it does not.</summary>
    private string? owner;

    private KubernetesPipeline(MeshResource resource, KindInfo kind, AdmissionWorld world)
    {
        this.resource = resource;
        this.kind = kind;
        this.world = world;
        version = world.Version;
        schema = SchemaCatalog.Instance.FindKind(version, resource.Kind);
        webhooks = KubernetesWebhooks.Of(resource, kind, world);
        root = resource.Root;
        spec = root["spec"];
        body = new StructuralValidator(root, defaults: true, checkedValues: true);
    }

    public static AdmissionVerdict Judge(MeshResource resource, AdmissionWorld world)
    {
        var apiVersion = resource.Root["apiVersion"].Text ?? "";
        if (resource.KindInfo is { Group: not KindGroup.Secret } kind && kind.ExistsIn(world.Version) && apiVersion == ApiVersion)
            return new KubernetesPipeline(resource, kind, world).Run();
        var node = resource.Root["kind"];
        return new AdmissionVerdict
        {
            Resource = resource,
            Status = 404,
            Stage = "kind",
            Violations = [new Violation("kind", $"no matches for kind \"{resource.Kind}\" in version \"{apiVersion}\"", node.Exists ? Location.Of(node) : resource.Location)],
        };
    }

    private AdmissionVerdict Run()
    {
        if (KubernetesMetadata.FindDecodingError(root["metadata"], out var at) is { } error)
            return Refuse("metadata", 400, [new Violation("metadata", error, at.Exists ? Location.Of(at) : resource.Location)]);
        Read();
        if (resource.Namespace is { } ns && !(KubernetesMetadata.IsNamespaceName(ns) && world.NamespaceExists(resource.Place, ns)))
        {
            at = root["metadata"]["namespace"];
            return Refuse(
                "metadata",
                404,
                [new Violation("metadata.namespace", $"namespaces \"{ns}\" not found", at.Exists ? Location.Of(at) : resource.Location)]);
        }

        return (webhooks.Defaulter ? Default() : KeepAsWritten())
               ?? (webhooks.OwnerReference ? SetOwner() : null)
               ?? CheckObject()
               ?? (webhooks.Validator ? Validate() : null)
               ?? Accept();
    }

    /// <summary>The API server decodes the body: unknown fields and nulls go, defaults come.</summary>
    private void Read()
    {
        List<(Node Node, SchemaNode Parent)>? outside = null;
        foreach (var child in root.Entries)
        {
            if (child.Key is "apiVersion" or "kind" or "metadata")
                continue;
            if (schema?.Find(child.Key ?? "") is { } field)
                body.Visit(child, field.Schema);
            else if (schema is not null)
                (outside ??= []).Add((child, schema));
        }

        var inside = body.Unknown;
        if (schema is not null && (body.Errors.Count > 0 || inside.Count > 0 || body.MayFail))
        {
            root = StructuralObject.Read(root, schema, out inside);
            Look();
        }

        request = root;
        ListUnknown(outside, inside);
    }

    private void ListUnknown(List<(Node Node, SchemaNode Parent)>? outside, IReadOnlyList<(Node Node, SchemaNode Parent)> inside)
    {
        foreach (var child in resource.Root["metadata"].Entries)
        {
            if (!KubernetesMetadata.Fields.Contains(child.Key ?? "", StringComparer.Ordinal))
                unknownFields = unknownFields.Add(
                    new UnknownField(child, child.GetPath(resource.Root), KubernetesMetadata.Fields, null, null)
                    {
                        FailsStrictValidation = true,
                    });
        }

        if (outside is null && inside.Count == 0)
            return;
        var fields = PluginBody.FieldsOf(resource, outside is null ? inside : [.. outside, .. inside], version, foldsCase: false);
        unknownFields = [.. unknownFields, .. fields.Select(f => f with { FailsStrictValidation = true })];
    }

    /// <summary>Without the defaulter the object stays as the API server has it; the control plane decodes it when it reads it.</summary>
    private AdmissionVerdict? KeepAsWritten()
    {
        if (schema is not null && body.LacksDefaults)
        {
            root = StructuralObject.AddDefaults(root, schema);
            Look();
        }

        labels = LabelSet.Create(LabelComputer.ReadKubernetes(resource, version));
        return null;
    }

    /// <summary>Holds the object that is about to be stored against the schema.</summary>
    private void Look()
    {
        spec = root["spec"];
        body = new StructuralValidator(root, defaults: true, checkedValues: true);
        foreach (var child in root.Entries)
        {
            if (schema?.Find(child.Key ?? "") is { } field)
                body.Visit(child, field.Schema);
        }
    }

    /// <summary>Metadata and schema, in one list.</summary>
    private AdmissionVerdict? CheckObject()
    {
        List<Violation>? violations = null;
        KubernetesMetadata.Check(resource, labels, webhooks.Defaulter, owner, version, ref violations);
        var stage = violations is null ? "schema" : "metadata";
        foreach (var error in body.Errors)
        {
            foreach (var (field, reason) in KubernetesSchemaText.Render(error))
                (violations ??= []).Add(new Violation(field, reason, Location.Of(error.Node)));
        }

        foreach (var (list, listSchema) in body.ListMaps)
        {
            foreach (var (item, reason) in KubernetesSchemaText.CheckKeys(list, listSchema))
                (violations ??= []).Add(new Violation(item.GetPath(root), reason, Location.Of(item)));
        }

        return violations is null ? null : Refuse(stage, 422, [.. violations.Distinct()]);
    }

    private AdmissionVerdict Accept() => new()
    {
        Resource = resource,
        Warnings = webhooks.Validator ? UniversalPipeline.Warnings(resource, version, spec, labels) : [],
        UnknownFields = unknownFields,
        Stored = new StoredResource { Resource = resource, Labels = labels, Spec = webhooks.Defaulter ? spec : Decode() },
    };

    private AdmissionVerdict Refuse(string stage, int status, ImmutableArray<Violation> violations) =>
        new() { Resource = resource, Stage = stage, Status = status, Violations = violations, UnknownFields = unknownFields };

    private AdmissionVerdict RefuseByWebhook(string webhook, IReadOnlyList<Violation> violations) =>
        Refuse("webhook", 422, [.. violations]) with { Webhook = webhook };

    private AdmissionVerdict RefuseByWebhook(string webhook, int status, string detail, Node at) => new()
    {
        Resource = resource,
        Stage = "webhook",
        Webhook = webhook,
        Status = status,
        Detail = detail,
        DetailLocation = at.Exists ? Location.Of(at) : resource.Location,
        UnknownFields = unknownFields,
    };
}
