using System.Text.Json;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    private static readonly string[] Rules = ["ML0003", "duplicate-key"];

    private static ConfigurationResult Read(string text) => ConfigurationReader.Read(new SourceText(".meshlint.yaml", text), Rules);

    [Fact]
    public void Reads_everything()
    {
        var result = Read("""
            kumaVersion: 2.10
            controlPlanes:
              - path: global
                role: global
                environment: universal
              - path: zones/east
                role: federated-zone
                zone: east
                environment: kubernetes
                systemNamespace: mesh-system
                inboundTagsDisabled: true
                workloadLabels: [app.kubernetes.io/name]
            world:
              open: [Secret, "*"]
            rules:
              duplicate-key: off
              ML0003: warning
            exclude: ["**/testdata"]
            """);
        Assert.Empty(result.Problems);
        Assert.True(result.HasVersion);
        Assert.Equal(KumaVersion.V2_10, result.Options.Version);
        Assert.Equal(["global", "east"], result.Options.ControlPlanes.Select(c => c.Name));
        var east = result.Options.ControlPlanes[1];
        Assert.Equal(ControlPlaneRole.FederatedZone, east.Role);
        Assert.True(east.IsKubernetes);
        Assert.Equal("mesh-system", east.SystemNamespace);
        Assert.True(east.InboundTagsDisabled);
        Assert.Equal(["app.kubernetes.io/name"], east.WorkloadLabels.AsEnumerable());
        Assert.True(result.Options.IsOpen("Mesh"));
        Assert.Null(result.Options.RuleSeverities["duplicate-key"]);
        Assert.Equal(Severity.Warning, result.Options.RuleSeverities["ML0003"]);
        Assert.Equal(["**/testdata"], result.Options.Exclude.AsEnumerable());
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("{}")]
    [InlineData("controlPlanes:\nrules:\nworld:\n")]
    public void Nothing_said_means_the_defaults(string text)
    {
        var result = Read(text);
        Assert.Empty(result.Problems);
        Assert.Empty(result.Options.ControlPlanes);
        Assert.Equal(KumaVersions.Default, result.Options.Version);
    }

    [Theory]
    [InlineData("kumaVersoin: 2.14", "1:1: unknown key 'kumaVersoin' in the configuration, did you mean 'kumaVersion'?")]
    [InlineData("kumaVersion: 2.8", "1:14: unknown Kuma version '2.8'; choose 2.9, 2.10, 2.11, 2.12, 2.13, 2.14, 3.0")]
    [InlineData("- a", "1:1: the configuration must be a mapping")]
    [InlineData("controlPlanes: {}", "1:16: 'controlPlanes' must be a list")]
    [InlineData("controlPlanes:\n  - role: globl", "2:11: 'role' must be one of zone, global, federated-zone, did you mean 'global'?")]
    [InlineData("controlPlanes:\n  - roel: global", "2:5: unknown key 'roel' in a control plane, did you mean 'role'?")]
    [InlineData("controlPlanes:\n  - role: federated-zone", "2:5: a federated zone needs a 'zone'")]
    [InlineData("controlPlanes:\n  - role: global\n    zone: x", "3:11: a global control plane has no zone")]
    [InlineData("controlPlanes:\n  - path: ../x", "2:11: path '../x' must lie below the folder of the configuration")]
    [InlineData("controlPlanes:\n  - path: a\n  - path: ./a/", "3:11: path './a/' is given to two control planes")]
    [InlineData("controlPlanes:\n  - {path: a, zone: z}\n  - {path: b, zone: z, environment: kubernetes}", "3:5: control plane 'z' is defined twice with different settings")]
    [InlineData("controlPlanes:\n  - zone: 5", "2:11: 'zone' must be text")]
    [InlineData("controlPlanes:\n  - inboundTagsDisabled: 1", "2:26: 'inboundTagsDisabled' must be true or false")]
    [InlineData("world:\n  open: MeshService", "2:9: 'open' must be a list")]
    [InlineData("world:\n  open: [MeshServic]", "2:10: 'MeshServic' is not a kind that MeshLint knows, did you mean 'MeshService'?")]
    [InlineData("rules:\n  duplicate-keys: off", "2:3: 'duplicate-keys' is not a rule, did you mean 'duplicate-key'?")]
    [InlineData("rules:\n  ML0003: fatal", "2:11: 'ML0003' must be one of error, warning, info, off")]
    [InlineData("exclude: [1]", "1:11: an entry of 'exclude' must be text")]
    [InlineData("rules: {}\nrules: {}", "2:1: key 'rules' appears twice in this mapping")]
    [InlineData("a: [", "1:5: not valid YAML")]
    [InlineData("rules: {}\n---\nrules: {}", "3:1: the configuration must be one document; a second one begins here")]
    public void Every_fault_has_its_place(string text, string expected)
    {
        var problem = Assert.Single(Read(text).Problems);
        Assert.StartsWith($".meshlint.yaml:{expected}", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_and_the_reader_know_the_same_keys()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "schema", "meshlint.schema.json")));
        var top = schema.RootElement.GetProperty("properties");
        var plane = schema.RootElement.GetProperty("$defs").GetProperty("controlPlane").GetProperty("properties");
        Assert.Equal(ConfigurationReader.TopKeys.Order(), Names(top));
        Assert.Equal(ConfigurationReader.ControlPlaneKeys.Order(), Names(plane));
        Assert.Equal(ConfigurationReader.WorldKeys.Order(), Names(top.GetProperty("world").GetProperty("properties")));
        Assert.Equal(ConfigurationReader.Roles, Values(plane.GetProperty("role")));
        Assert.Equal(ConfigurationReader.Environments, Values(plane.GetProperty("environment")));
        Assert.Equal(ConfigurationReader.Severities, Values(top.GetProperty("rules").GetProperty("additionalProperties")));
        Assert.Equal(KumaVersions.All.Select(v => v.Text()), Values(top.GetProperty("kumaVersion")));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name).Order();

    private static IEnumerable<string> Values(JsonElement element) =>
        element.GetProperty("enum").EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString() ?? "");

    [Fact]
    public void The_environment_is_assumed_only_where_nobody_names_it()
    {
        var options = Read("controlPlanes: [{path: a}, {path: b, zone: b, environment: universal}]").Options;
        var map = ControlPlaneMap.Create(options.ControlPlanes, anyKubernetesForm: true);
        Assert.True(map.Find("a/x.yaml")?.IsKubernetes);
        Assert.False(map.Find("b/x.yaml")?.IsKubernetes);
        Assert.False(ControlPlaneMap.Create(options.ControlPlanes, anyKubernetesForm: false).Find("a/x.yaml")?.IsKubernetes);
    }

    [Fact]
    public void The_most_specific_path_wins()
    {
        var map = ControlPlaneMap.Create(
            Read("""
                controlPlanes:
                  - {zone: everything}
                  - {path: zones/*, zone: any}
                  - {path: zones/east, zone: east}
                  - {path: "**/prod", zone: prod}
                """).Options.ControlPlanes,
            anyKubernetesForm: false);
        Assert.Equal("everything", map.Find("a.yaml")?.Zone);
        Assert.Equal("any", map.Find("zones/west/a.yaml")?.Zone);
        Assert.Equal("east", map.Find("zones/east/a.yaml")?.Zone);
        Assert.Equal("east", map.Find("zones/east/b/c.yaml")?.Zone);
        Assert.Equal("everything", map.Find("zones.yaml")?.Zone);
        Assert.Equal("prod", map.Find("x/prod/a.yaml")?.Zone);
    }
}
