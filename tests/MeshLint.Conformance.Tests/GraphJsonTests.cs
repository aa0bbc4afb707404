using MeshLint.Output.Graph;
using System.Text.Json;
using MeshLint.Conformance.Tests.Universes;
using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Sources;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests;

/// <summary>graph.json, made from files by the whole line of stages, against what real control planes answered (tests/recordings/README.md).</summary>
public sealed class GraphJsonTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2.14", "universes-zone")]
    [InlineData("3.0", "universes-zone")]
    [InlineData("2.14", "universes-multizone")]
    [InlineData("3.0", "universes-multizone")]
    public void Graph_json_holds_the_services_of_every_control_plane(string version, string file)
    {
        var tally = new Tally($"graph-json-{file}-{version}");
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "schema", "graph.schema.json")));
        foreach (var line in Recordings.Open(file, version))
        {
            using (line)
            {
                using var graph = JsonDocument.Parse(GraphJson.Write(GraphDocument.Of(Compile(line.RootElement).Bindings)));
                var errors = JsonSchema.Validate(schema.RootElement, graph.RootElement);
                tally.Compare("schema", Text(line.RootElement, "id"), "", string.Join("; ", errors.Take(3)));
                Compare(tally, line.RootElement, graph.RootElement);
            }
        }

        output.WriteLine(tally.Report());
        Assert.All(tally.Aspects, aspect => Assert.True(tally.Share(aspect) >= 0.999, aspect));
    }

    // The documents as files, a folder for each control plane, in the order in which they were applied.
    private static Compilation Compile(JsonElement universe)
    {
        _ = KumaVersions.TryParse(Text(universe, "version"), out var version);
        var settings = universe.GetProperty("settings");
        var hasGlobal = Text(settings, "topology") == "global";
        var places = settings.GetProperty("zoneNames").EnumerateObject()
            .Select(z => new ControlPlane { Path = z.Name, Zone = z.Value.GetString() ?? "", Role = hasGlobal ? ControlPlaneRole.FederatedZone : ControlPlaneRole.Zone }).ToList();
        if (hasGlobal)
            places.Insert(0, new ControlPlane { Path = "global", Role = ControlPlaneRole.Global, Zone = "" });
        var files = universe.GetProperty("shared").EnumerateArray().Where(s => s.GetProperty("accepted").GetBoolean()).Concat(universe.GetProperty("documents").EnumerateArray())
            .Select((d, i) => new SourceFile($"{Text(d, "place")}/{i:00000}.yaml", d.GetProperty("resource").GetRawText()));
        return Compilation.Create(SourceSet.Create(files), new MeshLintOptions { Version = version, ControlPlanes = [.. places] });
    }

    private static void Compare(Tally tally, JsonElement universe, JsonElement graph)
    {
        var mesh = Text(universe, "mesh");
        var services = graph.GetProperty("services").EnumerateArray().Where(s => Text(s, "mesh") == mesh).ToList();
        var zoneNames = universe.GetProperty("settings").GetProperty("zoneNames");
        foreach (var place in universe.GetProperty("expected").GetProperty("resources").EnumerateObject())
        {
            var controlPlane = place.Name == "global" ? "global" : zoneNames.GetProperty(place.Name).GetString() ?? "";
            var actual = new Dictionary<string, (JsonElement Service, JsonElement Labels)>(StringComparer.Ordinal);
            foreach (var service in services)
            {
                if (Text(service, "controlPlane") == controlPlane)
                    actual[$"{Text(service, "kind")} {Text(service, "name")}"] = (service, service.GetProperty("labels"));
                foreach (var copy in service.GetProperty("copies").EnumerateArray().Where(c => Text(c, "controlPlane") == controlPlane))
                    actual[$"{Text(service, "kind")} {Text(copy, "name")}"] = (service, copy.GetProperty("labels"));
            }

            foreach (var (collection, kind) in ((string, string)[])[("meshservices", "MeshService"), ("meshmultizoneservices", "MeshMultiZoneService"), ("meshexternalservices", "MeshExternalService")])
            {
                if (!place.Value.TryGetProperty(collection, out var expected))
                    continue;
                foreach (var json in expected.EnumerateArray())
                {
                    var key = $"{kind} {Text(json, "name")}";
                    var subject = $"{Text(universe, "id")} {place.Name} {key}";
                    var isThere = actual.Remove(key, out var found);
                    tally.Compare("names", subject, key, isThere ? key : null);
                    if (isThere)
                        CompareService(tally, subject, kind, controlPlane, json, found.Service, found.Labels);
                }
            }

            foreach (var extra in actual.Keys)
                tally.Compare("names", $"{Text(universe, "id")} {place.Name}", null, extra);
        }
    }

    private static void CompareService(Tally tally, string subject, string kind, string controlPlane, JsonElement expected, JsonElement service, JsonElement labels)
    {
        var spec = expected.GetProperty("spec");
        tally.Compare("labels", subject, Canonical.Text(expected.GetProperty("labels")), Canonical.Text(labels));
        if (kind != "MeshExternalService")
        {
            var ports = spec.TryGetProperty("ports", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(Port) : [];
            tally.Compare("ports", subject, string.Join("; ", ports), string.Join("; ", service.GetProperty("ports").EnumerateArray().Select(Port)));
        }

        if (kind == "MeshService")
        {
            tally.Compare("state", subject, Text(spec, "state"), Text(service, "state"));
            tally.Compare("identities", subject, spec.TryGetProperty("identities", out var identities) && identities.ValueKind == JsonValueKind.Array ? Canonical.Text(identities) : "[]", Canonical.Text(service.GetProperty("identities")));
        }

        if (controlPlane == "global")
            return;
        // What hangs on the order of creation is left out on both sides: documents do not tell it.
        var own = service.GetProperty("hostnames").EnumerateArray().Concat(service.TryGetProperty("hostnameProblems", out var problems) ? problems.EnumerateArray() : [])
            .Where(h => Text(h, "controlPlane") == controlPlane).ToList();
        var contested = own.Where(h => h.TryGetProperty("dependsOnOrder", out _)).Select(h => Text(h, "generator")).ToHashSet(StringComparer.Ordinal);
        var addresses = expected.GetProperty("status").TryGetProperty("addresses", out var a) && a.ValueKind == JsonValueKind.Array ? a.EnumerateArray().ToList() : [];
        tally.Compare(
            "hostnames",
            subject,
            string.Join(", ", addresses.Select(x => (Generator: Text(x.GetProperty("hostnameGeneratorRef"), "coreName"), Host: Text(x, "hostname"))).Where(x => !contested.Contains(x.Generator)).Select(x => $"{x.Generator}: {x.Host}").Order(StringComparer.Ordinal)),
            string.Join(", ", own.Where(h => !h.TryGetProperty("reason", out _) && !contested.Contains(Text(h, "generator"))).Select(h => $"{Text(h, "generator")}: {Text(h, "hostname")}").Order(StringComparer.Ordinal)));
    }

    private static string Port(JsonElement port) =>
        string.Join(' ', ((string[])["name", "port", "targetPort", "appProtocol"]).Select(key => port.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetRawText() : "-"));

    private static string Text(JsonElement json, string key) => json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}
