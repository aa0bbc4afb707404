using System.Globalization;
using System.Text;
using System.Text.Json;
using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests;

/// <summary>
/// Holds the judge against what API servers with Kuma's webhooks answered to creates. <c>MESHLINT_KIND=MeshRetry,Mesh</c> looks at
/// some kinds only; the differences are written to <c>admission/</c> below the test's output folder.
/// </summary>
public sealed class AdmissionKubernetesTests(ITestOutputHelper output)
{
    private static readonly string[] Columns = ["verdict", "strict", "stage", "errors", "stored", "warnings", "unknown"];

    [Theory]
    [InlineData("2.14", 2243)]
    [InlineData("3.0", 2176)]
    public void Recorded_answers(string line, int documents)
    {
        Assert.True(KumaVersions.TryParse(line, out var version));
        var only = Environment.GetEnvironmentVariable("MESHLINT_KIND")?.Split(',');
        var tally = new AdmissionTally(Columns);
        var stages = new SortedDictionary<string, (int Agreed, int Total)>(StringComparer.Ordinal);
        foreach (var recorded in Recordings.Open("admission-kubernetes", line))
        {
            using (recorded)
            {
                var kind = recorded.RootElement.GetProperty("document").GetProperty("kind").GetString() ?? "";
                if (only is null || only.Contains(kind, StringComparer.Ordinal))
                    Compare(recorded.RootElement, kind, version, tally, stages);
            }
        }

        output.WriteLine(tally.Table());
        foreach (var (stage, (agreed, total)) in stages)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stage,-28}{agreed,8}/{total}"));
        output.WriteLine(tally.Write($"kubernetes-{line}.txt"));
        if (only is not null)
            return;
        Assert.Equal(Recordings.IsSample ? Recordings.SampleCount("admission-kubernetes", line) : documents, tally.Total(0));
        for (var i = 0; i < Columns.Length; i++)
            Assert.True(tally.Agreed(i) == tally.Total(i), $"{Columns[i]}: {tally.Agreed(i)} of {tally.Total(i)} agree");
    }

    private static void Compare(JsonElement recorded, string kind, KumaVersion version, AdmissionTally tally, SortedDictionary<string, (int Agreed, int Total)> stages)
    {
        var resource = ReadResource(JsonNodes.ToDocument(recorded.GetProperty("document")), kind, PlaceOf(recorded.GetProperty("mode").GetString()));
        var world = ReadWorld(recorded.GetProperty("world"), version);
        var expected = recorded.GetProperty("expected");
        var verdict = AdmissionJudge.Judge(resource, world);
        var header = $"{recorded.GetProperty("id").GetString()} {recorded.GetProperty("mode").GetString()} {recorded.GetProperty("document").GetRawText()}";
        var accepted = expected.GetProperty("accepted").GetBoolean();
        tally.Count(kind, 0, accepted == verdict.Accepted ? null : $"{Answer(verdict)} | {expected.GetProperty("errors").GetRawText()}", header);
        var strict = verdict.Accepted && !verdict.UnknownFields.Any(f => f.FailsStrictValidation);
        tally.Count(kind, 1, strict == expected.GetProperty("acceptedStrict").GetBoolean() ? null : $"strict {strict}", header);

        var wantedStage = expected.GetProperty("stage").GetString() + (expected.TryGetProperty("webhook", out var webhook) ? $" {webhook.GetString()}" : "");
        var stage = (verdict.Stage ?? "none") + (verdict.Webhook is { } name ? $" {name}" : "");
        tally.Count(kind, 2, stage == wantedStage ? null : $"{stage}, expected {wantedStage}", header);

        var errors = CompareErrors(verdict, expected);
        tally.Count(kind, 3, errors, header);
        var count = stages.GetValueOrDefault(wantedStage);
        stages[wantedStage] = (count.Agreed + (stage == wantedStage && errors is null ? 1 : 0), count.Total + 1);
        if (accepted)
        {
            tally.Count(kind, 4, verdict.Accepted ? CompareStored(resource, world, verdict, expected.GetProperty("stored")) : "refused", header);
            tally.Count(kind, 5, CompareSets(expected.GetProperty("warnings").EnumerateArray().Select(w => w.GetString() ?? ""), verdict.Warnings), header);
        }

        var strictFields = verdict.UnknownFields.Where(f => f.FailsStrictValidation).Select(f => f.Path);
        tally.Count(kind, 6, CompareSets(expected.GetProperty("unknownFields").EnumerateArray().Select(f => f.GetString() ?? ""), strictFields), header);
    }

    private static ControlPlane PlaceOf(string? mode) => mode switch
    {
        "global" => new ControlPlane { Role = ControlPlaneRole.Global, Zone = "", Environment = ControlPlaneEnvironment.Kubernetes },
        "federated-zone" => new ControlPlane { Role = ControlPlaneRole.FederatedZone, Zone = "zone-1", Environment = ControlPlaneEnvironment.Kubernetes },
        _ => new ControlPlane { Environment = ControlPlaneEnvironment.Kubernetes },
    };

    private static AdmissionWorld ReadWorld(JsonElement world, KumaVersion version)
    {
        var meshes = world.GetProperty("meshes").EnumerateArray().Select(m => m.GetString() ?? "").ToHashSet(StringComparer.Ordinal);
        var namespaces = world.GetProperty("namespaces").EnumerateObject().ToDictionary(
            n => n.Name,
            n => LabelSet.Create(n.Value.EnumerateObject().Select(l => KeyValuePair.Create(l.Name, l.Value.GetString() ?? ""))),
            StringComparer.Ordinal);
        return new AdmissionWorld
        {
            Version = version,
            MeshExists = (_, mesh) => meshes.Contains(mesh),
            NamespaceExists = (_, ns) => namespaces.ContainsKey(ns),
            NamespaceLabels = (_, ns) => namespaces.GetValueOrDefault(ns),
            SecretExists = static (_, _, _) => false,
        };
    }

    private static MeshResource ReadResource(SourceDocument document, string kind, ControlPlane place)
    {
        var resources = ResourceReader.Read(document, place, 0).Resources;
        if (!resources.IsEmpty)
            return resources[0];
        return new MeshResource
        {
            KindInfo = KindCatalog.Find(kind),
            Kind = kind,
            Form = ResourceForm.Kubernetes,
            Document = document,
            Root = document.Root,
            Place = place,
            Order = 0,
            Name = document.Root["metadata"]["name"].AsString() ?? "",
            Mesh = WellKnown.DefaultMesh,
        };
    }

    private static string? CompareErrors(AdmissionVerdict verdict, JsonElement expected)
    {
        var wanted = expected.GetProperty("errors").EnumerateArray().Select(e =>
        {
            // A refusal without a cause has its status where causes have their type.
            var type = e.TryGetProperty("type", out var value) ? value.GetString() : null;
            var isStatus = type is { Length: 3 };
            return $"{(isStatus ? type : "")} {e.GetProperty("field").GetString()}: {e.GetProperty("reason").GetString()}";
        });
        var given = verdict.Violations.Select(v => $" {v.Field}: {v.Reason}");
        if (verdict.Detail is { } detail)
            given = given.Append(string.Create(CultureInfo.InvariantCulture, $"{verdict.Status} : {detail}"));
        return CompareSets(wanted, given);
    }

    private static string Answer(AdmissionVerdict verdict) =>
        string.Create(CultureInfo.InvariantCulture, $"{verdict.Stage} {verdict.Webhook} {verdict.Status} {verdict.Detail} {string.Join(" + ", verdict.Violations.Select(v => $"{v.Field}: {v.Reason}"))}");

    private static string? CompareSets(IEnumerable<string> wanted, IEnumerable<string> given)
    {
        var expected = new SortedSet<string>(wanted, StringComparer.Ordinal);
        var actual = new SortedSet<string>(given, StringComparer.Ordinal);
        var differences = new StringBuilder();
        foreach (var text in expected.Except(actual))
            differences.Append("- ").Append(text).Append('\n');
        foreach (var text in actual.Except(expected))
            differences.Append("+ ").Append(text).Append('\n');
        return differences.Length == 0 ? null : differences.ToString().TrimEnd();
    }

    /// <summary>Compares the whole object, and the labels that the control plane sees with those that it would read from that object.</summary>
    private static string? CompareStored(MeshResource resource, AdmissionWorld world, AdmissionVerdict verdict, JsonElement expected)
    {
        if (KubernetesPipeline.Store(resource, world) is not { } stored || verdict.Stored is not { } seen)
            return "refused";
        var metadata = expected.GetProperty("metadata");
        var labels = Texts(metadata, "labels");
        var annotations = Texts(metadata, "annotations");
        var owners = metadata.TryGetProperty("ownerReferences", out var list)
            ? string.Join(',', list.EnumerateArray().Select(o => $"{o.GetProperty("apiVersion").GetString()}/{o.GetProperty("kind").GetString()}/{o.GetProperty("name").GetString()}"))
            : "";
        var givenOwners = string.Join(',', stored.Owners.Select(o => $"{o.ApiVersion}/{o.Kind}/{o.Name}"));
        if (!stored.Labels.Equals(labels))
            return $"labels {stored.Labels}\nexpected {labels}";
        if (!stored.Annotations.Equals(annotations))
            return $"annotations {stored.Annotations}\nexpected {annotations}";
        if (givenOwners != owners)
            return $"owners {givenOwners}\nexpected {owners}";
        var name = metadata.GetProperty("name").GetString() ?? "";
        var read = labels.With(WellKnown.DisplayName, annotations[WellKnown.DisplayName] ?? name);
        foreach (var key in (string[])[WellKnown.ServiceAccount, WellKnown.Workload])
            read = annotations[key] is { } value ? read.With(key, value) : read;
        if (!seen.Labels.Equals(read))
            return $"seen labels {seen.Labels}\nexpected {read}";
        return CompareBody(stored.Spec, expected, "spec") ?? CompareBody(stored.Status, expected, "status");
    }

    private static string? CompareBody(Node actual, JsonElement expected, string field)
    {
        if (expected.TryGetProperty(field, out var value))
            return JsonComparison.FindDifference(actual, value, field);
        return actual.Exists ? $"{field}: is not expected" : null;
    }

    private static LabelSet Texts(JsonElement metadata, string field) =>
        metadata.TryGetProperty(field, out var map) ? LabelSet.Create(map.EnumerateObject().Select(l => KeyValuePair.Create(l.Name, l.Value.GetString() ?? ""))) : LabelSet.Empty;
}
