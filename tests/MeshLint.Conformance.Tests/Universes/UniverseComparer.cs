using System.Globalization;
using System.Text.Json;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Versions;

namespace MeshLint.Conformance.Tests.Universes;

/// <summary>Compares the graph of a universe with the resources that its control planes answered.</summary>
internal sealed class UniverseComparer(Tally tally)
{
    private static readonly (string Collection, DestinationKind Kind)[] Destinations =
    [
        ("meshservices", DestinationKind.MeshService), ("meshmultizoneservices", DestinationKind.MeshMultiZoneService),
        ("meshexternalservices", DestinationKind.MeshExternalService),
    ];

    public void Compare(Universe universe)
    {
        foreach (var place in universe.Expected.GetProperty("resources").EnumerateObject())
        {
            var view = universe.ViewOf(place.Name);
            foreach (var (collection, kind) in Destinations)
            {
                if (place.Value.TryGetProperty(collection, out var expected))
                    CompareDestinations(universe, view, kind, place.Name, expected);
            }

            if (place.Value.TryGetProperty("workloads", out var workloads))
                CompareWorkloads(universe, view, place.Name, workloads);
            if (place.Value.TryGetProperty("dataplanes", out var dataplanes))
                CompareDataplanes(universe, view, place.Name, dataplanes);
            foreach (var collection in place.Value.EnumerateObject())
            {
                if (collection.Name is not ("meshservices" or "meshmultizoneservices" or "meshexternalservices" or "workloads" or "dataplanes"))
                    ComparePolicies(universe, view, place.Name, collection);
            }
        }

        CompareGenerators(universe);
    }

    private void CompareDestinations(Universe universe, ZoneView view, DestinationKind kind, string place, JsonElement expected)
    {
        var actual = view.Destinations.Where(d => d.Kind == kind && d.Mesh == universe.Mesh).ToDictionary(d => d.CoreName, StringComparer.Ordinal);
        var name = kind.ToString();
        var collisions = new CollisionTally();
        foreach (var json in expected.EnumerateArray())
        {
            var core = Text(json, "name");
            var subject = $"{universe.Id} {place} {name} {core}";
            if (!actual.Remove(core, out var instance))
            {
                tally.Compare($"{name} names", subject, core, null);
                continue;
            }

            tally.Compare($"{name} names", subject, core, instance.CoreName);
            tally.Compare($"{name} labels", subject, Labels(json.GetProperty("labels")), instance.Labels.ToString());
            if (json.TryGetProperty("kri", out var kri) && kri.ValueKind == JsonValueKind.String)
                tally.Compare($"{name} kri", subject, kri.GetString(), KriOf(instance));
            ComparePorts(json.GetProperty("spec"), instance, subject);
            var status = json.GetProperty("status");
            if (kind == DestinationKind.MeshService)
                CompareStatus(universe, json.GetProperty("spec"), status, instance, view, subject);
            if (kind == DestinationKind.MeshMultiZoneService)
                CompareMatches(universe, status, instance, view, subject);
            if (!view.ControlPlane.IsGlobal)
                CompareHostnames(universe, status, instance, name, subject, collisions);
        }

        foreach (var extra in actual.Values)
            tally.Compare($"{name} names", $"{universe.Id} {place} {name} {extra.CoreName}", null, extra.CoreName);
        collisions.Report(tally, $"{universe.Id} {place} {name}");
    }

    private static string KriOf(DestinationInstance instance) => Kri.Format(
        instance.Destination.KindInfo, instance.Mesh, instance.Labels[WellKnown.Zone] ?? "", instance.Labels[WellKnown.Namespace] ?? "", instance.DisplayName, "");

    private void ComparePorts(JsonElement spec, DestinationInstance instance, string subject)
    {
        var destination = instance.Destination;
        if (destination.Kind == DestinationKind.MeshExternalService)
        {
            var match = spec.GetProperty("match");
            tally.Compare("MeshExternalService ports", subject, $"{match.GetProperty("port")} {Text(match, "protocol")}", string.Join(';', destination.Ports.Select(p => $"{p.Port} {p.AppProtocol}")));
            return;
        }

        var expected = new List<string>();
        if (spec.TryGetProperty("ports", out var ports) && ports.ValueKind == JsonValueKind.Array)
        {
            foreach (var port in ports.EnumerateArray())
                expected.Add($"{(port.TryGetProperty("name", out var n) ? n.GetRawText() : "-")} {port.GetProperty("port")} {(port.TryGetProperty("targetPort", out var t) ? t.GetRawText() : "-")} {Text(port, "appProtocol")}");
        }

        var actual = destination.Ports.Select(p =>
            $"{(p.Name is { } name ? JsonSerializer.Serialize(name) : "-")} {p.Port} {(p.TargetPort.Name is { } target ? JsonSerializer.Serialize(target) : p.TargetPort.Number?.ToString(CultureInfo.InvariantCulture) ?? "-")} {p.AppProtocol}");
        tally.Compare($"{destination.Kind} ports", subject, string.Join("; ", expected), string.Join("; ", actual));
    }

    private void CompareStatus(Universe universe, JsonElement spec, JsonElement status, DestinationInstance instance, ZoneView view, string subject)
    {
        var state = universe.Graph.StateOf(instance.Destination);
        tally.Compare("MeshService state", subject, Text(spec, "state"), state.IsAvailable ? "Available" : "Unavailable");
        var identities = spec.TryGetProperty("identities", out var list) && list.ValueKind == JsonValueKind.Array
            ? string.Join(", ", list.EnumerateArray().Select(i => $"{Text(i, "type")} {Text(i, "value")}"))
            : "";
        tally.Compare("MeshService identities", subject, identities, string.Join(", ", state.Identities.Select(i => $"{i.Type} {i.Value}")));
        // A copy in another zone has no status; the Global shows that of the origin.
        var hasStatus = instance.IsLocal || view.ControlPlane.IsGlobal;
        var proxies = status.TryGetProperty("dataplaneProxies", out var p) ? p : default;
        tally.Compare("MeshService dataplaneProxies", subject, $"{Int(proxies, "total")} {Int(proxies, "healthy")}",
            hasStatus ? $"{state.Selected.Length} {state.HealthyDataplanes}" : "0 0");
        var tls = status.TryGetProperty("tls", out var t) ? Text(t, "status") : "";
        var ownTls = !hasStatus ? "" : state.TlsReady == true ? "Ready" : "NotReady";
        tally.Compare(TlsAspect(instance.Destination, state, view, tls, ownTls), subject, tls, ownTls);
    }

    /// <summary>
    /// With mTLS readiness follows from certificates that proxies report (and stays, once given); a trust domain that names no mesh may be trusted through
    /// another mesh that was recorded on the same control plane. Neither is in the documents.
    /// </summary>
    private static string TlsAspect(Destination destination, ServiceState state, ZoneView view, string expected, string actual)
    {
        if (state.TlsReady is null)
            return "(MeshService tls, by certificates)";
        var isForeign = expected == "Ready" && actual == "NotReady" && view.ResourcesOf("MeshIdentity", destination.Mesh)
            .All(i => i.Spec["spiffeID"]["trustDomain"].AsString() is { } domain && !domain.Contains(".Mesh", StringComparison.Ordinal));
        return isForeign ? "(MeshService tls, by a foreign mesh)" : "MeshService tls";
    }

    private void CompareMatches(Universe universe, JsonElement status, DestinationInstance instance, ZoneView view, string subject)
    {
        if (view.ControlPlane.IsGlobal)
        {
            tally.Count("MeshMultiZoneService matches", !status.TryGetProperty("meshServices", out _) && universe.Graph.MatchesOf(instance).IsEmpty, () => subject);
            return;
        }

        var expected = status.TryGetProperty("meshServices", out var list) && list.ValueKind == JsonValueKind.Array
            ? string.Join(", ", list.EnumerateArray().Select(m => $"{Text(m, "name")}/{Text(m, "namespace")}/{Text(m, "zone")}/{Text(m, "mesh")}"))
            : "";
        var actual = universe.Graph.MatchesOf(instance).Where(m => m.Mesh == universe.Mesh).Select(m => $"{m.DisplayName}/{m.Labels[WellKnown.Namespace]}/{m.Labels[WellKnown.Zone]}/{m.Mesh}");
        tally.Compare("MeshMultiZoneService matches", subject, expected, string.Join(", ", actual));
    }

    private void CompareHostnames(Universe universe, JsonElement status, DestinationInstance instance, string kind, string subject, CollisionTally collisions)
    {
        var addresses = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (status.TryGetProperty("addresses", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var address in list.EnumerateArray())
                addresses[Text(address.GetProperty("hostnameGeneratorRef"), "coreName")] = Text(address, "hostname");
        }

        var conditions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (status.TryGetProperty("hostnameGenerators", out var generators) && generators.ValueKind == JsonValueKind.Array)
        {
            foreach (var generator in generators.EnumerateArray())
            {
                var condition = generator.GetProperty("conditions")[0];
                conditions[Text(generator.GetProperty("hostnameGeneratorRef"), "coreName")] = $"{Text(condition, "reason")} {Text(condition, "message")}";
            }
        }

        var contested = universe.Graph.HostnamesOf(instance).Where(h => h.DependsOnOrder).ToDictionary(h => h.Generator.CoreName, StringComparer.Ordinal);
        foreach (var (generator, outcome) in contested)
        {
            var collided = conditions.TryGetValue(generator, out var condition) && condition.StartsWith("Collision", StringComparison.Ordinal);
            collisions.Add(generator, outcome.Hostname, collided, outcome.Reason == HostnameReason.Collision, subject);
            addresses.Remove(generator);
            conditions.Remove(generator);
        }

        var decided = universe.Graph.HostnamesOf(instance).Where(h => !h.DependsOnOrder).ToList();
        tally.Compare($"{kind} hostnames", subject, string.Join(", ", addresses.Select(a => $"{a.Key}: {a.Value}")),
            string.Join(", ", decided.Where(h => h.Reason == HostnameReason.Generated).Select(h => $"{h.Generator.CoreName}: {h.Hostname}")));
        tally.Compare($"{kind} conditions", subject, string.Join(", ", conditions.Select(c => $"{c.Key}: {c.Value}")),
            string.Join(", ", decided.Select(h => $"{h.Generator.CoreName}: {h.Reason} {h.Message}")));
    }

    private void CompareWorkloads(Universe universe, ZoneView view, string place, JsonElement expected)
    {
        var actual = view.Workloads.Where(w => w.Workload.Mesh == universe.Mesh).ToDictionary(w => w.CoreName, StringComparer.Ordinal);
        foreach (var json in expected.EnumerateArray())
        {
            var core = Text(json, "name");
            actual.Remove(core, out var workload);
            var status = json.GetProperty("status").GetProperty("dataplaneProxies");
            tally.Compare("Workloads", $"{universe.Id} {place} Workload {core}", $"{Labels(json.GetProperty("labels"))} {Int(status, "total")} {Int(status, "healthy")}",
                workload is null ? null : $"{workload.Labels} {workload.Workload.Dataplanes.Length} {workload.Workload.Healthy}");
        }

        foreach (var extra in actual.Values)
            tally.Compare("Workloads", $"{universe.Id} {place} Workload {extra.CoreName}", null, extra.CoreName);
    }

    private void CompareDataplanes(Universe universe, ZoneView view, string place, JsonElement expected)
    {
        var actual = view.ControlPlane.IsGlobal
            ? view.DataplaneCopies.Where(d => d.Dataplane.Mesh == universe.Mesh).ToDictionary(d => d.CoreName, d => d.Labels, StringComparer.Ordinal)
            : view.Dataplanes.Where(d => d.Mesh == universe.Mesh).ToDictionary(d => d.CoreName, d => d.Labels, StringComparer.Ordinal);
        foreach (var json in expected.EnumerateArray())
        {
            var core = Text(json, "name");
            actual.Remove(core, out var labels);
            tally.Compare("Dataplanes", $"{universe.Id} {place} Dataplane {core}", Labels(json.GetProperty("labels")), labels?.ToString());
        }

        foreach (var (extra, labels) in actual)
            tally.Compare("Dataplanes", $"{universe.Id} {place} Dataplane {extra}", null, labels.ToString());
    }

    private void ComparePolicies(Universe universe, ZoneView view, string place, JsonProperty collection)
    {
        var actual = view.Resources.Where(r => r.Mesh == universe.Mesh && Plural(r.Kind) == collection.Name).ToDictionary(r => r.CoreName, StringComparer.Ordinal);
        foreach (var json in collection.Value.EnumerateArray())
        {
            var core = Text(json, "name");
            actual.Remove(core, out var resource);
            var kri = json.TryGetProperty("kri", out var k) && k.ValueKind == JsonValueKind.String ? k.GetString() : resource?.Kri;
            tally.Compare("Policies", $"{universe.Id} {place} {collection.Name} {core}", $"{kri} {Labels(json.GetProperty("labels"))}", resource is null ? null : $"{resource.Kri} {resource.Labels}");
            if (json.TryGetProperty("spec", out var spec) && resource is not null)
                tally.Compare("Default policy specs", $"{universe.Id} {place} {collection.Name} {core}", Canonical.Text(spec), Canonical.Text(resource.Spec));
        }

        foreach (var extra in actual.Values)
            tally.Compare("Policies", $"{universe.Id} {place} {collection.Name} {extra.CoreName}", null, extra.CoreName);
    }

    private void CompareGenerators(Universe universe)
    {
        foreach (var place in universe.Json.GetProperty("settings").GetProperty("existing").EnumerateObject())
        {
            var actual = universe.ViewOf(place.Name).ResourcesOf("HostnameGenerator", "").Where(r => r.IsDefault).ToDictionary(r => r.CoreName, StringComparer.Ordinal);
            foreach (var json in place.Value.EnumerateArray())
            {
                var core = Text(json, "name");
                actual.Remove(core, out var generator);
                tally.Compare("Default generators", $"{universe.Id} {place.Name} {core}", $"{Labels(json.GetProperty("labels"))} {Canonical.Text(json.GetProperty("spec"))}",
                    generator is null ? null : $"{generator.Labels} {Canonical.Text(generator.Spec)}");
            }

            foreach (var extra in actual.Values)
                tally.Compare("Default generators", $"{universe.Id} {place.Name} {extra.CoreName}", null, extra.CoreName);
        }
    }

    private static string Plural(string kind) => kind.ToLowerInvariant() switch
    {
        var k when k.EndsWith("retry", StringComparison.Ordinal) => k[..^1] + "ies",
        var k when k.EndsWith("strategy", StringComparison.Ordinal) => k[..^1] + "ies",
        var k when k.EndsWith("identity", StringComparison.Ordinal) => k[..^1] + "ies",
        var k when k.EndsWith('s') => k + "es",
        var k when k.EndsWith("patch", StringComparison.Ordinal) => k + "es",
        var k => k + "s",
    };

    internal static string Text(JsonElement json, string property) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    internal static int Int(JsonElement json, string property) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;

    private static string Labels(JsonElement json) =>
        LabelSet.Create(json.EnumerateObject().Select(p => new KeyValuePair<string, string>(p.Name, p.Value.GetString() ?? ""))).ToString();
}
