using MeshLint.Kuma.Binding;
using System.Collections.Immutable;
using System.Text.Json;
using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;

namespace MeshLint.Conformance.Tests.Universes;

/// <summary>One recorded mesh with the graph that MeshLint makes of its documents.</summary>
internal sealed class Universe
{
    private Universe(JsonElement json, Bindings bindings)
    {
        Json = json;
        Bindings = bindings;
    }

    public JsonElement Json { get; }

    public Bindings Bindings { get; }

    public MeshGraph Graph => Bindings.Graph;

    public ImmutableArray<Reference> References => Bindings.References;

    public string Id => Json.GetProperty("id").GetString() ?? "";

    public string Mesh => Json.GetProperty("mesh").GetString() ?? "";

    public JsonElement Expected => Json.GetProperty("expected");

    /// <summary>Builds the graph from the documents that the control planes accepted; counts where MeshLint judges otherwise.</summary>
    public static Universe Load(JsonElement json, Tally tally)
    {
        if (!KumaVersions.TryParse(json.GetProperty("version").GetString(), out var version))
            throw new InvalidOperationException("the universe names no known version");
        var places = new Dictionary<string, ControlPlane>(StringComparer.Ordinal);
        if (json.GetProperty("settings").GetProperty("topology").GetString() == "global")
            places["global"] = new ControlPlane { Role = ControlPlaneRole.Global, Zone = "" };
        foreach (var zone in json.GetProperty("settings").GetProperty("zoneNames").EnumerateObject())
        {
            places[zone.Name] = new ControlPlane
            {
                Role = places.ContainsKey("global") ? ControlPlaneRole.FederatedZone : ControlPlaneRole.Zone,
                Zone = zone.Value.GetString() ?? "",
            };
        }

        var world = new AdmissionWorld { Version = version, MeshExists = static (_, _) => true };
        var stored = ImmutableArray.CreateBuilder<StoredResource>();
        var order = 0;
        foreach (var shared in json.GetProperty("shared").EnumerateArray())
        {
            Add(shared, shared.GetProperty("accepted").GetBoolean());
        }

        var documents = json.GetProperty("documents");
        var admission = json.GetProperty("expected").GetProperty("admission");
        for (var i = 0; i < documents.GetArrayLength(); i++)
            Add(documents[i], admission[i].GetProperty("accepted").GetBoolean());

        var graph = GraphBuilder.Build(new GraphInput { Version = version, ControlPlanes = [.. places.Values], Resources = stored.ToImmutable() });
        return new Universe(json, ReferenceBinder.Bind(graph));

        void Add(JsonElement document, bool isAccepted)
        {
            var place = places[document.GetProperty("place").GetString() ?? ""];
            var source = JsonNodes.ToDocument(document.GetProperty("resource"), $"{order:0000}.json");
            foreach (var resource in ResourceReader.Read(source, place, order++).Resources)
            {
                var verdict = AdmissionJudge.Judge(resource, world);
                tally.Compare("Admission", $"{json.GetProperty("id").GetString()} {resource}", isAccepted ? "accepted" : "refused", verdict.Accepted ? "accepted" : "refused");
                // The graph is judged on its own: what was refused in truth is no part of it.
                if (isAccepted && verdict.Stored is { } accepted)
                    stored.Add(accepted);
            }
        }
    }

    /// <summary>The view of a recorded place.</summary>
    public ZoneView ViewOf(string place)
    {
        foreach (var view in Graph.Views)
        {
            if (place == "global" ? view.ControlPlane.IsGlobal : !view.ControlPlane.IsGlobal && view.ControlPlane.Zone == ZoneOf(place))
                return view;
        }

        throw new InvalidOperationException($"no view of {place}");
    }

    private string ZoneOf(string place) => Json.GetProperty("settings").GetProperty("zoneNames").GetProperty(place).GetString() ?? "";
}
