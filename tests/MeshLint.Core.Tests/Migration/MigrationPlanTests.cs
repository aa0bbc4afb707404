using MeshLint.Kuma.Topology;
using MeshLint.Analysis.Migration;
using MeshLint.Output.Migration;
using MeshLint.Kuma.Versions;
using MeshLint.Output.Templates;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Migration;

public sealed class MigrationPlanTests
{
    private static readonly string Legacy = File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "tests/MeshLint.Core.Tests/Migration/legacy-universal.txt"));

    [Fact]
    public void The_plan_of_a_legacy_mesh_reads_well() => Snapshot.Verify(PlanMarkdown.Render(TestRepository.Compile(Legacy).Plan), "legacy");

    [Fact]
    public void The_plan_of_a_legacy_mesh_as_json() => Snapshot.Verify(PlanJson.Write(TestRepository.Compile(Legacy).Plan), "legacy-json");

    [Fact]
    public void Every_line_that_names_a_service_the_old_way_is_found()
    {
        var plan = TestRepository.Compile(Legacy).Plan;
        var places = plan.References.Select(r => $"{r.Location.Source.Path}:{r.Location.Source.GetPosition(r.Location.Span.Start).Line} {r.Role} {r.Service}");
        Assert.Equal(
            [
                "east/dataplanes.yaml:10 Outbound backend",
                "east/dataplanes.yaml:11 Outbound payments_v2",
                "global/mesh.yaml:21 LegacySelector backend",
                "global/mesh.yaml:25 LegacyRoute backend",
                "global/mesh.yaml:27 LegacyRoute backend",
                "global/mesh.yaml:33 LegacySelector web",
                "global/mesh.yaml:35 LegacySelector payments_v2",
                "global/mesh.yaml:49 TopLevel web",
                "global/mesh.yaml:51 To backend",
                "global/mesh.yaml:60 From web",
                "global/mesh.yaml:67 TopLevel web",
                "global/mesh.yaml:69 To backend",
                "global/mesh.yaml:74 BackendRef backend",
                "global/mesh.yaml:75 BackendRef ghost",
                "west/dataplanes.yaml:11 Reachable payments_v2",
            ],
            places);
    }

    [Fact]
    public void A_name_in_two_zones_that_a_third_way_uses_becomes_a_multi_zone_service()
    {
        var backend = Service(TestRepository.Compile(Legacy).Plan, "backend");
        Assert.Equal(DestinationKind.MeshMultiZoneService, backend.Decision);
        Assert.Equal("east west", string.Join(' ', backend.Zones));
        Assert.Contains(backend.Obstacles, o => o.Kind == ObstacleKind.PortConflict && o.Message.Contains("http:3001/http", StringComparison.Ordinal) && o.Message.Contains("http:3002/http", StringComparison.Ordinal));
        Assert.Equal(2, backend.Obstacles.Count(o => o.Kind == ObstacleKind.NoIngress));
        Assert.Equal(PlannedState.WillBeGenerated, backend.Resources.Single(r => r is { Kind: DestinationKind.MeshService, ControlPlane: "west" }).State);
    }

    [Fact]
    public void In_mode_exclusive_each_zone_uses_its_own_service_already()
    {
        var plan = TestRepository.Compile(Legacy.Replace("type: Mesh\nname: default\n", "type: Mesh\nname: default\nmeshServices: {mode: Exclusive}\n", StringComparison.Ordinal)).Plan;
        var backend = Service(plan, "backend");
        Assert.Equal(DestinationKind.MeshService, backend.Decision);
        Assert.Equal(Confidence.Certain, backend.Confidence);
        Assert.All(backend.Resources, r => Assert.Equal(PlannedState.Exists, r.State));
    }

    [Fact]
    public void Standalone_zones_with_one_mesh_name_are_meshes_of_their_own()
    {
        const string dataplane = "type: Dataplane\nname: a\nmesh: default\nnetworking: {address: 10.0.0.1, inbound: [{port: 80, tags: {kuma.io/service: a}}]}\n---\ntype: Mesh\nname: default\n";
        var plan = TestRepository.Compile($"# file: .meshlint.yaml\ncontrolPlanes: [{{path: east, zone: east, environment: universal}}, {{path: west, zone: west, environment: universal}}]\n# file: east/a.yaml\n{dataplane}\n# file: west/a.yaml\n{dataplane}").Plan;
        Assert.Equal(2, plan.Meshes.Length);
        Assert.All(plan.Meshes, m => Assert.Equal(DestinationKind.MeshService, m.Services.Single().Decision));
    }

    [Fact]
    public void The_plan_follows_its_schema()
    {
        using var schema = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "schema", "plan.schema.json")));
        using var plan = System.Text.Json.JsonDocument.Parse(PlanJson.Write(TestRepository.Compile(Legacy).Plan));
        Assert.Empty(JsonSchema.Validate(schema.RootElement, plan.RootElement));
    }

    [Fact]
    public void A_name_that_is_no_label_gets_a_stable_candidate()
    {
        var payments = Service(TestRepository.Compile(Legacy).Plan, "payments_v2");
        Assert.Equal("payments-v2", payments.Resources.Single().Name);
        Assert.Equal(PlannedState.ToWrite, payments.Resources.Single().State);
        Assert.Contains(payments.Obstacles, o => o.Kind == ObstacleKind.NameNotRfc1035);
    }

    [Fact]
    public void A_name_that_nothing_produces_becomes_nothing()
    {
        var ghost = Service(TestRepository.Compile(Legacy).Plan, "ghost");
        Assert.Null(ghost.Decision);
        Assert.Equal(ObstacleKind.NoSuchDataplane, Assert.Single(ghost.Obstacles).Kind);
    }

    [Theory]
    [InlineData("Disabled", "A-1", StepStatus.Blocked)]
    [InlineData("Everywhere", "A-1", StepStatus.Done)]
    [InlineData("Everywhere", "C-1", StepStatus.Blocked)]
    [InlineData("Exclusive", "C-1", StepStatus.Done)]
    [InlineData("Exclusive", "0-2", StepStatus.Open)]
    [InlineData("Exclusive", "0-3", StepStatus.Blocked)]
    public void The_mode_decides_how_far_the_path_is(string mode, string step, StepStatus expected)
    {
        var plan = TestRepository.Compile(Legacy.Replace("type: Mesh\nname: default\n", $"type: Mesh\nname: default\nmeshServices: {{mode: {mode}}}\n", StringComparison.Ordinal)).Plan;
        Assert.Equal(expected, plan.Meshes.Single().Steps.Single(s => s.Id == step).Status);
    }

    [Fact]
    public void Without_mode_and_routes_the_first_step_is_open()
    {
        var plan = TestRepository.Compile("type: Mesh\nname: default\n---\ntype: Dataplane\nname: a\nmesh: default\nnetworking: {address: 10.0.0.1, inbound: [{port: 80, tags: {kuma.io/service: a}}]}\n").Plan;
        Assert.Equal(StepStatus.Open, plan.Meshes.Single(m => m.Name == "default").Steps.Single(s => s.Id == "A-1").Status);
    }

    [Fact]
    public void On_3_0_what_is_left_over_is_one_step()
    {
        var plan = TestRepository.Compile(Legacy, KumaVersion.V3_0).Plan;
        var step = Assert.Single(plan.Meshes.Single(m => m.Name == "default").Steps);
        Assert.Equal(StepStatus.Open, step.Status);
        Assert.Contains(step.Rows, r => r is { Row: "DP-1", Count: 5 });
    }

    [Fact]
    public void Kubernetes_names_are_taken_apart()
    {
        var plan = TestRepository.Compile(
            """
            apiVersion: kuma.io/v1alpha1
            kind: Mesh
            metadata: {name: default}
            ---
            apiVersion: kuma.io/v1alpha1
            kind: MeshTimeout
            metadata: {name: t, namespace: shop}
            spec:
              to:
                - targetRef: {kind: MeshService, name: backend_shop_svc_80}
                  default: {idleTimeout: 1s}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata:
                  labels: {app: web}
                  annotations: {kuma.io/transparent-proxying-reachable-services: "backend_shop_svc_80, other_shop_svc_1"}
                spec:
                  containers:
                    - name: web
                      image: web
                      env:
                        - {name: UPSTREAM, value: "http://backend_shop_svc_80.mesh:80/x"}
                        - {name: OTHER, value: "http://backend.svc.mesh.local"}
            """).Plan;
        Assert.Equal(
            ["To backend_shop_svc_80", "Reachable backend_shop_svc_80", "Reachable other_shop_svc_1", "Hostname backend_shop_svc_80"],
            plan.References.Select(r => $"{r.Role} {r.Service}").OrderBy(r => r.StartsWith("To", StringComparison.Ordinal) ? 0 : r[0] == 'R' ? 1 : 2).ThenBy(r => r, StringComparer.Ordinal));
        Assert.Contains(plan.Findings, f => f.Row == "TR-9" && f.Resource.Namespace == "shop");
        Assert.Contains(plan.Findings, f => f.Row == "AN-1");
    }

    [Fact]
    public void The_table_is_consistent()
    {
        Assert.All(RemovalTable.All, r =>
        {
            Assert.DoesNotContain('.', r.What[^1..]);
            Assert.Equal(r.Class == RewriteClass.Mechanical, r.Decides.Length == 0);
            Assert.All(r.Kinds.Split(' '), k => Assert.True(k is "*" or "@policy" or "OPAPolicy" or "MeshGlobalRateLimit" || KindCatalog.Find(k) is not null, k));
        });
    }

    private static ServicePlan Service(MigrationPlan plan, string name) => plan.Meshes.SelectMany(m => m.Services).Single(s => s.LegacyName == name);
}
