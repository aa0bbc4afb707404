using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>Binds what is named outright: the mesh of a document, secrets, observability and mTLS backends.</summary>
internal static class NamedBinder
{
    private const int MaxDepth = 16;
    private const string MeshLabelPath = $"metadata.labels[\"{WellKnown.Mesh}\"]";

    /// <summary>The mesh that a document belongs to.</summary>
    public static void BindMesh(ReferenceCollector collector, StoredResource from)
    {
        var resource = from.Resource;
        var byLabel = resource.IsKubernetes && from.KindInfo.IsPlugin;
        var node = byLabel ? resource.LabelsNode[WellKnown.Mesh] : resource.Root["mesh"];
        collector.AddAt(ReferenceEdge.Mesh, node, byLabel ? MeshLabelPath : "mesh", o => OfMesh(o.Scope, from.Mesh));
    }

    /// <summary>The mesh that a derived Dataplane belongs to.</summary>
    public static ReferenceOutcome OfMesh(BindingScope scope, string mesh)
    {
        if (scope.HasMesh(mesh))
            return scope.MeshOutcome(mesh) ?? Outcomes.Resolved(scope, ImmutableArray<ReferenceTarget>.Empty);
        return Outcomes.Unresolved(scope, ReferenceReason.NoSuchMesh, $"the mesh '{mesh}' does not exist", ReferenceEffect.DocumentUnused, scope.Candidates.ForMesh(mesh));
    }

    /// <summary>Secrets that a MeshExternalService, a MeshIdentity, an ExternalService or a MeshGateway takes certificates from.</summary>
    public static void BindSecrets(ReferenceCollector collector, StoredResource from, Node part, string path) => BindSecrets(collector, from.Mesh, part, path, 0);

    /// <summary>2.x: the backends that a Mesh enables, and the secrets of its certificate authorities. The Mesh is its own mesh.</summary>
    public static void BindMeshDocument(ReferenceCollector collector, StoredResource from)
    {
        if (!collector.Occurrences.IsEmpty && !collector.Occurrences[0].Scope.Version.Behaviour.MeshSettings)
            return;
        var mesh = from.Resource.Name;
        foreach (var (part, field) in new[] { ("mtls", "enabledBackend"), ("tracing", "defaultBackend"), ("logging", "defaultBackend"), ("metrics", "enabledBackend") })
        {
            var node = from.Spec[part];
            if (node[field].Word() is { Length: > 0 } name)
                collector.Add(ReferenceEdge.Backend, node[field], $"{part}.{field}", o => OfMeshBackend(o.Scope, mesh, node["backends"], name, part));
        }

        var index = 0;
        foreach (var backend in from.Spec["mtls"]["backends"].Items)
        {
            BindSecrets(collector, mesh, backend["conf"], $"mtls.backends[{index}].conf", 0);
            index++;
        }
    }

    /// <summary>2.x: <c>conf.backend</c> of TrafficTrace and TrafficLog; without one the mesh's default counts.</summary>
    public static void BindMeshBackend(ReferenceCollector collector, StoredResource from)
    {
        var part = from.Kind == "TrafficTrace" ? "tracing" : "logging";
        var node = from.Spec["conf"]["backend"];
        var name = node.Word();
        collector.Add(ReferenceEdge.Backend, node, "conf.backend", o =>
        {
            var written = o.Scope.MeshOf(from.Mesh)?.Document?.Spec[part] ?? default;
            var wanted = name.Length > 0 ? name : written["defaultBackend"].Word();
            return wanted.Length > 0
                ? OfMeshBackend(o.Scope, from.Mesh, written["backends"], wanted, part)
                : Outcomes.Unresolved(
                    o.Scope, ReferenceReason.NamesNothing, $"no backend is named, and the mesh '{from.Mesh}' has no '{part}.defaultBackend'", ReferenceEffect.BackendSkipped);
        });
    }

    /// <summary>2.14 and later: <c>openTelemetry.backendRef</c> of MeshAccessLog, MeshMetric and MeshTrace.</summary>
    public static void BindOpenTelemetry(ReferenceCollector collector, StoredResource from)
    {
        if (from.Kind is "MeshMetric" or "MeshTrace")
        {
            BindBackends(collector, from.Mesh, from.Policy.Default["backends"], "default.backends");
            return;
        }

        foreach (var item in from.Policy.Items)
            BindBackends(collector, from.Mesh, item.Default["backends"], $"{item.Path}.default.backends");
    }

    private static void BindBackends(ReferenceCollector collector, string mesh, Node backends, string path)
    {
        var index = 0;
        foreach (var backend in backends.Items)
        {
            if (BackendRef.ReadOpenTelemetry(backend) is { } reference)
            {
                collector.Add(
                    ReferenceEdge.Backend, reference, $"{path}[{index}].openTelemetry.backendRef", o => OfOpenTelemetry(o.Scope, mesh, reference.Labels));
            }

            index++;
        }
    }

    private static ReferenceOutcome OfOpenTelemetry(BindingScope scope, string mesh, LabelSet labels)
    {
        const string kind = "MeshOpenTelemetryBackend";
        if (!scope.Version.Behaviour.OpenTelemetryBackends)
            return Outcomes.Ignored(scope, ReferenceReason.NotReadByVersion, $"{scope.Version.Text()} does not read 'backendRef'");
        var found = scope.View.FindResources(kind, mesh, labels);
        if (found.IsEmpty)
        {
            return Outcomes.Unresolved(
                scope, labels.Count == 0 ? ReferenceReason.NamesNothing : ReferenceReason.NoLabelMatch,
                labels.Count == 0 ? "the reference has no labels" : $"no {kind} of the mesh '{mesh}' has the labels {DestinationResolver.Show(labels)}", ReferenceEffect.BackendSkipped,
                scope.Candidates.ForResource(scope, kind, mesh, labels[WellKnown.DisplayName] ?? ""));
        }

        ImmutableArray<ReferenceTarget> targets = [.. found.Select(BindingScope.TargetOf)];
        return found.Length == 1 ? Outcomes.Resolved(scope, targets) : Outcomes.Ambiguous(scope, $"{found.Length} {kind}s have the labels", ReferenceEffect.OldestTaken, targets);
    }

    private static ReferenceOutcome OfMeshBackend(BindingScope scope, string mesh, Node backends, string name, string part)
    {
        foreach (var backend in backends.Items)
        {
            if (backend["name"].Word() == name && scope.MeshTarget(mesh, name) is { } target)
                return Outcomes.Resolved(scope, target);
        }

        var near = NearMiss.Find(name, backends.Items.Select(static b => b["name"].Word()));
        return Outcomes.Unresolved(
            scope, ReferenceReason.NoSuchName, $"the mesh '{mesh}' has no {part} backend '{name}'", ReferenceEffect.BackendSkipped,
            near is null ? [] : [new ReferenceCandidate(CandidateDifference.Spelling, near)]);
    }

    /// <summary>Every <c>secret: name</c> (2.x) and <c>secretRef: {name}</c> (2.12 and later) below a node.</summary>
    private static void BindSecrets(ReferenceCollector collector, string mesh, Node node, string path, int depth)
    {
        if (depth > MaxDepth)
            return;
        foreach (var entry in node.Entries)
        {
            var entryPath = $"{path}.{entry.Key}";
            if (entry.Key == "secret" && entry.Word() is { Length: > 0 } name)
                collector.Add(ReferenceEdge.Secret, entry, entryPath, o => OfSecret(o.Scope, mesh, name));
            else if (entry.Key == "secretRef" && entry["name"].Word() is { Length: > 0 } referred)
                collector.Add(ReferenceEdge.Secret, entry["name"], $"{entryPath}.name", o => OfSecret(o.Scope, mesh, referred));
            else
                BindSecrets(collector, mesh, entry, entryPath, depth + 1);
        }

        var index = 0;
        foreach (var item in node.Items)
        {
            BindSecrets(collector, mesh, item, $"{path}[{index}]", depth + 1);
            index++;
        }
    }

    private static ReferenceOutcome OfSecret(BindingScope scope, string mesh, string name)
    {
        if (scope.FindSecret(mesh, name) is { } secret)
            return Outcomes.Resolved(scope, secret);
        return Outcomes.Unresolved(
            scope, ReferenceReason.NoSuchName, $"the mesh '{mesh}' has no secret '{name}'", ReferenceEffect.CertificatesMissing, scope.Candidates.ForResource(scope, "Secret", mesh, name));
    }
}
