using System.Collections.Immutable;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Graph;

/// <summary>Builds graphs of small repositories; two federated zones with <see cref="TwoZones"/>.</summary>
public abstract class GraphTestBase
{
    /// <summary>Configuration of a Global with the Universal zones <c>east</c> and <c>west</c>.</summary>
    protected const string TwoZones = """
        # file: .meshlint.yaml
        controlPlanes:
        - {path: global, role: global}
        - {path: east, role: federated-zone, zone: east}
        - {path: west, role: federated-zone, zone: west}

        """;

    protected static MeshGraph Build(string repository, KumaVersion version = KumaVersion.V2_14, Func<ControlPlane, ControlPlane>? change = null)
    {
        var compilation = TestRepository.Compile(repository, version);
        foreach (var verdict in compilation.Verdicts)
            Assert.True(verdict.Accepted, $"{verdict.Resource}: {verdict.Detail}{string.Join("; ", verdict.Violations.Select(v => $"{v.Field}: {v.Reason}"))}");
        var stored = ImmutableArray.CreateBuilder<StoredResource>();
        foreach (var verdict in compilation.Verdicts)
            stored.Add(verdict.Stored ?? throw new InvalidOperationException("accepted and not stored"));
        return GraphBuilder.Build(new GraphInput
        {
            Version = version,
            ControlPlanes = [.. compilation.Places.All.Select(p => change?.Invoke(p) ?? p)],
            Resources = stored.ToImmutable(),
        });
    }

    protected static ZoneView View(MeshGraph graph, string name) => graph.Views.Single(v => v.ControlPlane.Name == name);

    protected static DestinationInstance Find(ZoneView view, string displayName, DestinationKind kind = DestinationKind.MeshService) =>
        view.Destinations.Single(d => d.Kind == kind && d.DisplayName == displayName);

    protected static string Endpoints(MeshGraph graph, DestinationInstance instance, int port = 0) =>
        string.Join(' ', graph.EndpointsOf(instance)[port].Select(e => $"{e.Address}:{e.Port}").Order(StringComparer.Ordinal));

    /// <summary>A Dataplane with one inbound per <c>name:port:service[:protocol]</c>.</summary>
    protected static string Dataplane(string name, string address, string inbounds, string labels = "{}") =>
        $$"""
        ---
        type: Dataplane
        mesh: default
        name: {{name}}
        labels: {{labels}}
        networking:
          address: {{address}}
          inbound:
        {{string.Join('\n', inbounds.Split(' ').Select(Inbound))}}

        """;

    private static string Inbound(string text)
    {
        var parts = text.Split(':');
        return $"  - {{name: '{parts[0]}', port: {parts[1]}, tags: {{kuma.io/service: {parts[2]}{(parts.Length > 3 ? $", kuma.io/protocol: {parts[3]}" : "")}}}}}";
    }

    protected static string Mesh(string mode, string more = "") => $$"""
        ---
        type: Mesh
        name: default
        meshServices: {mode: {{mode}}}
        {{more}}

        """;
}
