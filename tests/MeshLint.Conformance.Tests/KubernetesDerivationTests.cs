using System.Text.Json;
using System.Text.Json.Nodes;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests;

/// <summary>
/// Compares the derivation with what Kuma's own controllers, injector and webhooks made of the recorded objects (conformance/LIVE.md, kubernetes.jsonl).
/// Out of scope: the content of <c>traffic.kuma.io/transparent-proxy-config</c> (3.0; that it is there is compared), the rendering of
/// the inbounds in "generated n inbound interfaces" (protobuf text with random spaces), events, and hand-written MeshServices as
/// such (admission's matter; whether the controller deletes them is compared).
/// </summary>
public sealed class KubernetesDerivationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void DerivesWhatTheControllersDerive(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        var score = new Score();
        foreach (var line in Recordings.Open("kubernetes", versionText))
        {
            using (line)
                Compare(line.RootElement, version, score);
        }

        output.WriteLine(score.ToString());
        Assert.True(score.IsFull, score.ToString());
    }

    private static void Compare(JsonElement row, KumaVersion version, Score score)
    {
        var id = row.GetProperty("id").GetString() ?? "";
        var expected = row.GetProperty("expected");
        var derivation = Derive(row, version);
        var events = derivation.Events;
        var existing = derivation.Pods.Where(static p => p.Rejection is null).Select(static p => $"{p.Object.Namespace}/{p.Name}").ToHashSet(StringComparer.Ordinal);

        var pods = derivation.Pods.ToDictionary(static p => $"{p.Object.Namespace}/{p.Name}", StringComparer.Ordinal);
        foreach (var pod in expected.GetProperty("pods").EnumerateArray())
            ComparePod(id, pod, pods[pod.GetProperty("pod").GetString() ?? ""], score);

        var dataplanes = derivation.Dataplanes.ToDictionary(static d => $"{d.Namespace}/{d.Name}", static d => KubernetesRendering.Render(d), StringComparer.Ordinal);
        foreach (var proxy in derivation.ZoneProxies)
            dataplanes.Add($"{proxy.Namespace}/{proxy.Name}", KubernetesRendering.Render(proxy));
        var podErrors = events.OfType<DataplaneError>().Where(static e => e.Reason != DataplaneErrorReason.InvalidGatewayTags)
            .ToDictionary(static e => $"{e.Object.Namespace}/{e.Object.Name}", static e => e.Text, StringComparer.Ordinal);
        foreach (var item in expected.GetProperty("dataplanes").EnumerateArray())
        {
            var key = item.GetProperty("pod").GetString() ?? "";
            if (item.TryGetProperty("dataplane", out var dataplane))
                score.Json("Dataplanes", $"{id} {key}", JsonNode.Parse(dataplane.GetRawText()), (JsonNode?)dataplanes.GetValueOrDefault(key) ?? JsonValue.Create(podErrors.GetValueOrDefault(key) ?? "none"));
            else if (item.TryGetProperty("error", out var error))
                score.Text("Dataplane errors", $"{id} {key}", CutInterfaces(error.GetString()), CutInterfaces(podErrors.GetValueOrDefault(key) ?? dataplanes.GetValueOrDefault(key)?.ToJsonString()));
            else
                score.Text("no Dataplane", $"{id} {key}", null, podErrors.GetValueOrDefault(key) ?? dataplanes.GetValueOrDefault(key)?.ToJsonString());
        }

        Assert.Equal(existing.Count, expected.GetProperty("dataplanes").GetArrayLength());
        CompareServices(id, row, expected, derivation, score);
    }

    private static void CompareServices(string id, JsonElement row, JsonElement expected, ControlPlaneDerivation derivation, Score score)
    {
        var serviceErrors = derivation.Events.OfType<MeshServiceError>().ToLookup(static e => $"{e.Object.Namespace}/{e.Object.Name}", static e => e.Text, StringComparer.Ordinal);
        var addressErrors = derivation.Events.OfType<MeshZoneAddressSkipped>().Where(static e => e.Text.Length > 0)
            .ToDictionary(static e => $"{e.Object.Namespace}/{e.Object.Name}", static e => e.Text, StringComparer.Ordinal);
        var made = derivation.MeshServices.ToLookup(static m => $"{m.Service.Namespace}/{m.Service.Name}", static m => m.Name, StringComparer.Ordinal);
        foreach (var service in expected.GetProperty("services").EnumerateArray())
        {
            var key = service.GetProperty("service").GetString() ?? "";
            score.Text("Service errors", $"{id} {key}", Get(service, "error"), serviceErrors[key].FirstOrDefault());
            score.Text("MeshZoneAddress errors", $"{id} {key}", Get(service, "meshZoneAddressError"), addressErrors.GetValueOrDefault(key));
            score.Text(
                "MeshServices of Service", $"{id} {key}", string.Join(',', service.GetProperty("meshServices").EnumerateArray().Select(static m => m.GetString()).Order(StringComparer.Ordinal)),
                string.Join(',', made[key].Order(StringComparer.Ordinal)));
        }

        var assumed = expected.GetProperty("assumed").TryGetProperty("clusterIPs", out var ips) && ips.ValueKind == JsonValueKind.Object
            ? ips.EnumerateObject().ToDictionary(static p => p.Name, static p => p.Value.GetString() ?? "", StringComparer.Ordinal)
            : [];
        var services = derivation.MeshServices.ToDictionary(static m => $"{m.Namespace}/{m.Name}", m => KubernetesRendering.Render(m, assumed), StringComparer.Ordinal);
        var deleted = derivation.Events.OfType<ResourceDeleted>().Select(static e => $"{e.Resource.Resource.Namespace}/{e.Resource.Resource.Name}").ToHashSet(StringComparer.Ordinal);
        var written = Documents(row).Where(d => Get(d, "kind") == "MeshService" && !IsRefused(expected, d)).Select(static d => Key(d.GetProperty("metadata"))).ToHashSet(StringComparer.Ordinal);
        foreach (var item in expected.GetProperty("meshServices").EnumerateArray())
        {
            var key = Key(item);
            if (Get(item, "owner") is { Length: > 0 })
                score.Json("MeshServices", $"{id} {key}", JsonNode.Parse(item.GetRawText()), services.GetValueOrDefault(key));
            else
                score.Text("hand-written MeshServices", $"{id} {key}", "kept", deleted.Contains(key) ? "deleted" : "kept");
            services.Remove(key);
            written.Remove(key);
        }

        foreach (var key in services.Keys)
            score.Text("MeshServices", $"{id} {key}", "none", "made");
        foreach (var key in written)
            score.Text("hand-written MeshServices", $"{id} {key}", "deleted", deleted.Contains(key) ? "deleted" : "kept");
        score.All("Workloads", id, expected.GetProperty("workloads"), derivation.Workloads.Select(KubernetesRendering.Render));
        score.All("MeshZoneAddresses", id, expected.GetProperty("meshZoneAddresses"), derivation.MeshZoneAddresses.Select(KubernetesRendering.Render));
        var workloadErrors = derivation.Events.OfType<WorkloadSkipped>().Where(static e => e.Reason == WorkloadSkipReason.InvalidName)
            .Select(static e => $"workload {e.Object.Namespace}/{e.Name}: {e.Text}").ToHashSet(StringComparer.Ordinal);
        foreach (var error in Items(expected, "errors").Select(static e => e.GetString() ?? "").Where(static e => e.StartsWith("workload ", StringComparison.Ordinal)).Distinct())
            score.Text("Workload errors", id, error, workloadErrors.Remove(error) ? error : string.Join(" | ", workloadErrors));
    }

    private static ControlPlaneDerivation Derive(JsonElement row, KumaVersion version)
    {
        var settings = row.GetProperty("settings");
        var place = new ControlPlane
        {
            Zone = Get(settings, "zoneName") ?? "",
            Role = settings.TryGetProperty("federated", out var federated) && federated.GetBoolean() ? ControlPlaneRole.FederatedZone : ControlPlaneRole.Zone,
            Environment = ControlPlaneEnvironment.Kubernetes,
            InboundTagsDisabled = settings.TryGetProperty("inboundTagsDisabled", out var disabled) && disabled.GetBoolean(),
            NativeSidecars = settings.TryGetProperty("sidecarContainers", out var native) ? native.GetBoolean() : null,
            IgnoredServiceSelectorLabels = [.. Items(settings, "ignoredServiceSelectorLabels").Select(static e => e.GetString() ?? "")],
            WorkloadLabels = [.. Items(settings, "workloadLabels").Select(static e => e.GetString() ?? "")],
        };
        if (settings.TryGetProperty("nodeLabelsToCopy", out var nodeLabels))
            place = place with { NodeLabelsToCopy = [.. nodeLabels.EnumerateArray().Select(static e => e.GetString() ?? "")] };
        var objects = new List<KubernetesObject>();
        var resources = new List<StoredResource>();
        var order = 0;
        foreach (var document in Documents(row))
        {
            var content = ResourceReader.Read(JsonNodes.ToDocument(document), place, order++);
            objects.AddRange(content.Objects);
            if (!IsRefused(row.GetProperty("expected"), document))
                resources.AddRange(content.Resources.Select(static r => new StoredResource { Resource = r, Labels = LabelSet.Empty, Spec = r.Spec }));
        }

        var derivation = KubernetesDeriver.Derive(new KubernetesInput { Version = version, Objects = [.. objects], Resources = [.. resources], IsClusterDump = true });
        return Assert.Single(derivation.ControlPlanes);
    }

    private static void ComparePod(string id, JsonElement expected, PodOutcome actual, Score score)
    {
        var key = $"{id} {actual.Object.Namespace}/{actual.Name}";
        score.Text("Pod webhooks", key, string.Join(',', Items(expected, "injectorWebhooks").Select(static w => w.GetString())), string.Join(',', actual.Webhooks));
        score.Text("Pod rejected", key, $"{Get(expected, "rejectedBy")}: {Get(expected, "rejected")}", $"{actual.RejectedBy}: {actual.Rejection}");
        if (actual.Rejection is not null)
            return;
        score.Text("Pod injected", key, expected.GetProperty("injected").GetRawText(), actual.Injected ? "true" : "false");
        var sidecar = actual.Sidecar switch { SidecarPlace.Container => "container", SidecarPlace.InitContainer => "initContainer", _ => "" };
        score.Text("Pod sidecar", key, Get(expected, "sidecar"), sidecar);
        score.Text("Pod labels", key, Map(expected, "kumaLabels"), Map(actual.Labels));
        score.Text("Pod annotations", key, Map(expected, "kumaAnnotations"), Map(actual.Annotations));
    }

    private static string Map(JsonElement element, string name) =>
        element.TryGetProperty(name, out var map) && map.ValueKind == JsonValueKind.Object
            ? Map(LabelSet.Create(map.EnumerateObject().Select(static p => KeyValuePair.Create(p.Name, p.Value.GetString() ?? ""))))
            : "";

    private static string Map(LabelSet labels) => string.Join(
        '\n',
        labels.Where(static p => p.Key.Contains("kuma.io/", StringComparison.Ordinal))
            .Select(static p => p.Key == "traffic.kuma.io/transparent-proxy-config" ? p.Key : $"{p.Key}={p.Value}"));

    private static bool IsRefused(JsonElement expected, JsonElement document) =>
        Items(expected, "errors").Any(e => e.GetString()?.StartsWith($"{Get(document, "kind")} {Key(document.GetProperty("metadata"))}: ", StringComparison.Ordinal) == true);

    private static string? CutInterfaces(string? text) => text is null ? null : text.IndexOf(" Interfaces: ", StringComparison.Ordinal) is >= 0 and var cut ? text[..cut] : text;

    private static IEnumerable<JsonElement> Documents(JsonElement row) => row.GetProperty("documents").EnumerateArray();

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Get(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Key(JsonElement metadata) => $"{Get(metadata, "namespace")}/{Get(metadata, "name")}";
}
