using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Decoding;

/// <summary>What is stored of a Universal document, and the decoder's words where it is not read.</summary>
public sealed class DecodingTests
{
    [Theory]
    [InlineData("{app: web, App: api}", "web")]
    [InlineData("{App: api, app: web}", "web")]
    public void Keys_of_a_map_keep_their_case(string labels, string expected)
    {
        var verdict = Judge($"type: MeshTrace\nname: a\nmesh: default\nspec:\n  targetRef: {{kind: MeshSubset, tags: {labels}}}\n  default: {{backends: []}}\n");
        Assert.Equal(expected, verdict.Stored?.Spec["targetRef"]["tags"]["app"].Text);
        Assert.Equal("api", verdict.Stored?.Spec["targetRef"]["tags"]["App"].Text);
    }

    [Fact]
    public void A_key_in_another_case_is_read_and_is_no_unknown_field()
    {
        var verdict = Judge("type: MeshTimeout\nname: a\nmesh: default\nspec:\n  to:\n  - targetRef: {kind: Mesh}\n    Default: {idleTimeout: 1h}\n");
        Assert.True(verdict.Accepted, verdict.Detail);
        Assert.Empty(verdict.UnknownFields);
        Assert.Equal("1h0m0s", verdict.Stored?.Spec["to"][0]["default"]["idleTimeout"].Text);
    }

    [Fact]
    public void Of_two_spellings_the_one_that_sorts_later_wins_field_by_field()
    {
        var verdict = Judge("type: MeshTimeout\nname: a\nmesh: default\nspec:\n  to:\n  - targetRef: {kind: Mesh}\n    default: {idleTimeout: 2s}\n    Default: {idleTimeout: 1s, connectionTimeout: 3s}\n");
        var conf = verdict.Stored?.Spec["to"][0]["default"] ?? default;
        Assert.Equal("2s", conf["idleTimeout"].Text);
        Assert.Equal("3s", conf["connectionTimeout"].Text);
    }

    [Fact]
    public void A_duration_without_unit_is_not_decoded()
    {
        var verdict = Judge("type: MeshTimeout\nname: a\nmesh: default\nspec:\n  to:\n  - targetRef: {kind: Mesh}\n    default: {idleTimeout: '5'}\n");
        Assert.Equal("invalid MeshTimeout object: \"time: missing unit in duration \\\"5\\\"\"", verdict.Detail);
        Assert.Equal(400, verdict.Status);
    }

    [Fact]
    public void Defaults_stand_where_their_parent_stands()
    {
        var verdict = Judge("type: MeshService\nname: a\nmesh: default\nspec:\n  ports:\n  - port: 80\n");
        var port = verdict.Stored?.Spec["ports"][0] ?? default;
        Assert.Equal("tcp", port["appProtocol"].Text);
        Assert.Equal(port.Span, port["appProtocol"].Span);
        Assert.Equal("spec.ports[0].appProtocol", port["appProtocol"].GetPath());
    }

    [Fact]
    public void An_unknown_field_tells_its_siblings_and_the_versions_that_know_it()
    {
        var verdict = Judge("type: MeshTimeout\nname: a\nmesh: default\nspec:\n  targetRf: {kind: Mesh}\n  rules:\n  - matches: []\n    default: {idleTimeout: 2s}\n", KumaVersion.V2_13);
        Assert.Equal(["spec.targetRf", "spec.rules[0].matches"], verdict.UnknownFields.Select(u => u.Path));
        Assert.Contains("targetRef", verdict.UnknownFields[0].KnownSiblings);
        Assert.Null(verdict.UnknownFields[0].Since);
        Assert.Equal(KumaVersion.V2_14, verdict.UnknownFields[1].Since);
    }

    [Fact]
    public void Protobuf_bodies_take_both_spellings_and_store_the_normal_form()
    {
        var verdict = Judge("""
            type: Timeout
            name: a
            mesh: default
            sources: [{match: {kuma.io/service: '*'}}]
            destinations: [{match: {kuma.io/service: '*'}}]
            conf: {connect_timeout: 1h, http: {idle_timeout: 10ms}}
            """);
        Assert.True(verdict.Accepted, verdict.Detail);
        Assert.Equal("3600s", verdict.Stored?.Spec["conf"]["connectTimeout"].Text);
        Assert.Equal("0.010s", verdict.Stored?.Spec["conf"]["http"]["idleTimeout"].Text);
        Assert.Equal("conf.http.idleTimeout", verdict.Stored?.Spec["conf"]["http"]["idleTimeout"].GetPath());
    }

    [Theory]
    [InlineData("port: 80", null)]
    [InlineData("port: '80'", null)]
    [InlineData("port: tcp", "invalid character 'c' in literal true (expecting 'r')")]
    [InlineData("port: ''", "unexpected end of JSON input")]
    [InlineData("port: -1", "json: cannot unmarshal number -1 into Go value of type uint32")]
    [InlineData("port: [80]", "json: cannot unmarshal array into Go value of type uint32")]
    [InlineData("state: Up", "unknown value \"\\\"Up\\\"\" for enum kuma.mesh.v1alpha1.Dataplane.Networking.Inbound.State")]
    public void Protobuf_values_fail_in_the_words_of_jsonpb(string field, string? error)
    {
        var verdict = Judge($"type: Dataplane\nname: a\nmesh: default\nnetworking:\n  address: 10.0.0.1\n  inbound:\n  - tags: {{kuma.io/service: a}}\n    {(field.StartsWith("port", StringComparison.Ordinal) ? "" : "port: 80\n    ")}{field}\n");
        Assert.Equal(error is null ? null : $"invalid Dataplane object: {GoText.Quote(error)}", verdict.Detail);
    }

    [Fact]
    public void A_zone_writes_its_tag_into_inbounds()
    {
        var verdict = Judge("type: Dataplane\nname: a\nmesh: default\nnetworking:\n  address: 10.0.0.1\n  inbound:\n  - port: 80\n    tags: {kuma.io/service: a}\n    serviceProbe: {tcp: {}}\n");
        var inbound = verdict.Stored?.Spec["networking"]["inbound"][0] ?? default;
        Assert.Equal("default", inbound["tags"]["kuma.io/zone"].Text);
        Assert.Equal("NotReady", inbound["state"].Text);
        Assert.True(inbound["health"].IsMapping);
    }

    [Fact]
    public void A_resource_in_a_list_has_the_paths_of_one_that_stands_alone()
    {
        var document = Assert.Single(DocumentReader.Read(new SourceText("a.yaml", """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: kuma.io/v1alpha1
              kind: MeshTimeout
              metadata: {name: a, namespace: b}
              spec: {to: [{targetRef: {kind: Mesh}, default: {idleTimeout: 2s}}]}
            """)));
        var resource = Assert.Single(ResourceReader.Read(document, new ControlPlane { Environment = ControlPlaneEnvironment.Kubernetes }, 0).Resources);
        var verdict = AdmissionJudge.Judge(resource, new AdmissionWorld { Version = KumaVersion.V2_14, MeshExists = static (_, _) => true });
        Assert.Equal("spec.to[0].default", verdict.Stored?.Spec["to"][0]["default"].GetPath());
    }

    [Theory]
    [InlineData("type: MeshTimeout\nname: a\nmesh: nowhere\nspec: {}\n", 404, "Failed to retrieve Mesh")]
    [InlineData("type: Workload\nname: a\nmesh: default\nspec: {}\n", 404, "404: Page Not Found")]
    public void Steps_before_the_body_end_the_request(string yaml, int status, string title)
    {
        var verdict = Judge(yaml, KumaVersion.V2_12);
        Assert.False(verdict.Accepted);
        Assert.Equal((status, title), (verdict.Status, verdict.Title));
    }

    [Theory]
    [InlineData("type: MeshTimeout\nname: a\nmesh: default\nspec: {to: {a: 1}}\n")]
    [InlineData("type: MeshTimeout\nname: [a]\nmesh: 5\nlabels: x\nspec: [1]\n")]
    [InlineData("type: Dataplane\nname: a\nmesh: default\nnetworking: [1, {a: b}]\n")]
    [InlineData("type: Mesh\nname: a\nmetrics: {backends: [{type: prometheus, conf: [1]}]}\n")]
    [InlineData("type: Secret\nname: a\nmesh: default\ndata: [300, a, {}]\n")]
    public void Odd_documents_get_an_answer(string yaml)
    {
        foreach (var version in KumaVersions.All)
            Assert.NotNull(Judge(yaml, version));
    }

    private static AdmissionVerdict Judge(string yaml, KumaVersion version = KumaVersion.V2_14)
    {
        var document = Assert.Single(DocumentReader.Read(new SourceText("a.yaml", yaml)));
        var resource = Assert.Single(ResourceReader.Read(document, new ControlPlane(), 0).Resources);
        return AdmissionJudge.Judge(resource, new AdmissionWorld { Version = version, MeshExists = static (_, mesh) => mesh == "default" });
    }
}
