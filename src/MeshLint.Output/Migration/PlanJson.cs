using MeshLint.Analysis.Migration;
using System.Text.Json;
using MeshLint.Diagnostics;
using MeshLint.Output.Emit;
using MeshLint.Output.Json;
using MeshLint.Yaml;
using MeshLint.Kuma.Topology;

namespace MeshLint.Output.Migration;

/// <summary>Writes <c>plan.json</c>, version 1 (docs/migration-plan.md, docs/schema/plan.schema.json).</summary>
public static class PlanJson
{
    /// <summary>Version of the format; changes when a reader of the old one would go wrong.</summary>
    public const int Version = 1;

    /// <summary>The plan as indented JSON.</summary>
    public static string Write(MigrationPlan plan) => JsonNodeWriter.ToText(writer => Write(writer, plan));

    /// <summary>The plan as JSON in UTF-8, for readers in the same process.</summary>
    public static ReadOnlyMemory<byte> WriteUtf8(MigrationPlan plan) => JsonNodeWriter.ToUtf8(writer => Write(writer, plan));

    /// <summary>Writes the plan as the next value.</summary>
    public static void Write(Utf8JsonWriter writer, MigrationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(plan);
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteString("kumaVersion", plan.Version.Text());
        writer.WriteString("targetVersion", plan.Target.Text());
        WriteTotals(writer, plan);
        JsonParts.WriteArray(writer, "meshes", plan.Meshes, WriteMesh);
        JsonParts.WriteArray(writer, "references", plan.References, WriteReference);
        JsonParts.WriteArray(writer, "findings", plan.Findings, WriteFinding);
        JsonParts.WriteStrings(writer, "notAnalysed", plan.NotAnalysed);
        writer.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter writer, MigrationPlan plan)
    {
        var services = plan.Meshes.SelectMany(static m => m.Services).ToList();
        writer.WriteStartObject("totals");
        writer.WriteNumber("meshes", plan.Meshes.Length);
        writer.WriteNumber("remainingSteps", plan.Meshes.Sum(static m => m.Steps.Count(static s => s.Remains)));
        writer.WriteNumber("services", services.Count);
        writer.WriteNumber(
            "servicesReady",
            services.Count(static s => s.Obstacles.IsEmpty && s.Resources.All(static r => r.State == PlannedState.Exists)));
        writer.WriteNumber("servicesToDecide", services.Count(static s => s.Confidence == Confidence.Ask));
        writer.WriteNumber("obstacles", services.Sum(static s => s.Obstacles.Length));
        writer.WriteNumber("references", plan.References.Length);
        writer.WriteNumber("findings", plan.Findings.Length);
        writer.WriteNumber("documents", plan.Findings.Select(static f => (f.Location.Source.Path, f.Resource)).Distinct().Count());
        writer.WriteNumber("mechanical", plan.Findings.Count(static f => f.Class == RewriteClass.Mechanical));
        writer.WriteNumber("needsGraph", plan.Findings.Count(static f => f.Class == RewriteClass.NeedsGraph));
        writer.WriteNumber("needsHuman", plan.Findings.Count(static f => f.Class == RewriteClass.NeedsHuman));
        writer.WriteNumber("changesTraffic", plan.Findings.Count(static f => f.Effect == LeftInPlace.ChangesTraffic));
        writer.WriteEndObject();
    }

    private static void WriteMesh(Utf8JsonWriter writer, MeshPlan mesh)
    {
        writer.WriteStartObject();
        writer.WriteString("name", mesh.Name);
        writer.WriteString("controlPlane", mesh.ControlPlane);
        writer.WriteString("mode", mesh.Mode.ToString());
        if (mesh.Location is { } location)
            JsonParts.WriteSource(writer, location);
        JsonParts.WriteArray(writer, "steps", mesh.Steps, WriteStep);
        JsonParts.WriteArray(writer, "services", mesh.Services, WriteService);
        writer.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter writer, PlanStep step)
    {
        writer.WriteStartObject();
        writer.WriteString("id", step.Id);
        writer.WriteString("phase", step.Phase);
        writer.WriteString("title", step.Title);
        writer.WriteString("status", JsonParts.Kebab(step.Status.ToString()));
        JsonParts.WriteStrings(writer, "blockedBy", step.BlockedBy);
        JsonParts.WriteArray(writer, "rows", step.Rows, static (w, row) =>
        {
            w.WriteStartObject();
            w.WriteString("row", row.Row);
            w.WriteNumber("count", row.Count);
            w.WriteEndObject();
        });
        JsonParts.WriteStrings(writer, "details", step.Details);
        writer.WriteString("rollback", step.Rollback);
        writer.WriteEndObject();
    }

    private static void WriteService(Utf8JsonWriter writer, ServicePlan service)
    {
        writer.WriteStartObject();
        writer.WriteString("legacyName", service.LegacyName);
        writer.WriteString("decision", service.Decision is { } kind ? ReplacementWriter.KindName(kind) : null);
        writer.WriteString("confidence", JsonParts.Kebab(service.Confidence.ToString()));
        writer.WriteString("reason", service.Reason);
        JsonParts.WriteStrings(writer, "zones", service.Zones);
        JsonParts.WriteStrings(writer, "consumerZones", service.ConsumerZones);
        writer.WriteStartArray("ports");
        foreach (var port in service.Ports)
            writer.WriteNumberValue(port);
        writer.WriteEndArray();
        writer.WriteNumber("dataplanes", service.Dataplanes);
        writer.WriteNumber("references", service.References);
        JsonParts.WriteArray(writer, "resources", service.Resources, static (w, resource) =>
        {
            w.WriteStartObject();
            w.WriteString("kind", ReplacementWriter.KindName(resource.Kind));
            w.WriteString("controlPlane", resource.ControlPlane);
            w.WriteString("namespace", resource.Namespace);
            w.WriteString("name", resource.Name);
            w.WriteString("state", JsonParts.Kebab(resource.State.ToString()));
            w.WriteString("kri", resource.Kri);
            w.WriteEndObject();
        });
        JsonParts.WriteArray(writer, "obstacles", service.Obstacles, static (w, obstacle) =>
        {
            w.WriteStartObject();
            w.WriteString("kind", JsonParts.Kebab(obstacle.Kind.ToString()));
            w.WriteString("message", obstacle.Message);
            if (obstacle.Location is { } location)
                JsonParts.WriteSource(w, location);
            w.WriteEndObject();
        });
        if (service.Location is { } place)
            JsonParts.WriteSource(writer, place);
        writer.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter writer, LegacyReference reference)
    {
        writer.WriteStartObject();
        writer.WriteString("mesh", reference.Mesh);
        writer.WriteString("service", reference.Service);
        writer.WriteString("role", JsonParts.Kebab(reference.Role.ToString()));
        writer.WriteString("controlPlane", reference.Place);
        WriteResource(writer, reference.Resource);
        writer.WriteString("path", reference.Path);
        writer.WriteString("file", reference.Location.Source.Path);
        JsonParts.WriteRange(writer, reference.Location);
        writer.WriteBoolean("pinsZone", reference.PinsZone);
        writer.WriteBoolean("isSubset", reference.IsSubset);
        writer.WriteString("replacement", reference.Replacement);
        writer.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter writer, PlanFinding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("row", finding.Row);
        writer.WriteString("class", ClassName(finding.Class));
        writer.WriteString("decides", finding.Decides);
        writer.WriteString("removedIn", finding.RemovedIn.Text());
        writer.WriteString("effect", EffectName(finding.Effect));
        writer.WriteString("what", finding.What);
        writer.WriteString("consequence", finding.Consequence);
        writer.WriteString("replacement", finding.Replacement);
        writer.WriteString("mesh", finding.Mesh);
        WriteResource(writer, finding.Resource);
        writer.WriteString("path", finding.Path);
        writer.WriteString("file", finding.Location.Source.Path);
        JsonParts.WriteRange(writer, finding.Location);
        writer.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter writer, ResourceIdentity resource)
    {
        writer.WriteStartObject("resource");
        writer.WriteString("kind", resource.Kind);
        writer.WriteString("mesh", resource.Mesh);
        writer.WriteString("namespace", resource.Namespace);
        writer.WriteString("name", resource.Name);
        writer.WriteEndObject();
    }

    private static string ClassName(RewriteClass rewriteClass) => rewriteClass switch
    {
        RewriteClass.Mechanical => "mechanical",
        RewriteClass.NeedsGraph => "graph",
        _ => "human",
    };

    private static string EffectName(LeftInPlace effect) => JsonParts.Kebab(effect.ToString());
}
