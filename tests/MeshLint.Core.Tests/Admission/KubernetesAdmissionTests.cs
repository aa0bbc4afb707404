using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Admission;

/// <summary>What recordings of 2.14 and 3.0 do not show: older lines, lists, open worlds, odd texts.</summary>
public sealed class KubernetesAdmissionTests
{
    private const string Timeout = """
        apiVersion: kuma.io/v1alpha1
        kind: MeshTimeout
        metadata:
          name: timeouts
          namespace: NAMESPACE
          labels:
            kuma.io/mesh: default
        spec:
          to:
            - targetRef: {kind: Mesh}
              default: {idleTimeout: 90s}
        """;

    private static readonly ControlPlane Zone = new() { Environment = ControlPlaneEnvironment.Kubernetes };

    private static readonly ControlPlane Federated = Zone with { Role = ControlPlaneRole.FederatedZone, Zone = "east" };

    [Theory]
    [InlineData(KumaVersion.V2_10, true)]
    [InlineData(KumaVersion.V2_11, false)]
    [InlineData(KumaVersion.V3_0, false)]
    public void Namespaces_without_the_label_are_served_up_to_2_10(KumaVersion version, bool served)
    {
        var verdict = Judge(Timeout, version, Zone, ns: "bare", labels: LabelSet.Empty);
        Assert.True(verdict.Accepted);
        Assert.Equal(served ? "consumer" : null, verdict.Stored?.Labels[WellKnown.PolicyRole]);
        Assert.Equal("1m30s", verdict.Stored?.Spec["to"][0]["default"]["idleTimeout"].Text);
    }

    [Theory]
    [InlineData(KumaVersion.V2_10, "kube-system")]
    [InlineData(KumaVersion.V3_0, "kube-system")]
    public void No_webhook_serves_the_namespace_of_the_cluster(KumaVersion version, string ns) =>
        Assert.Null(Judge(Timeout, version, Zone, ns).Stored?.Labels[WellKnown.Origin]);

    [Theory]
    [InlineData("labels: {kuma.io/display-name: LONG}", false)]
    [InlineData("labels: {kuma.io/workload: LONG}", false)]
    [InlineData("annotations: {kuma.io/workload: LONG}", true)]
    public void Only_the_webhooks_save_long_labels(string metadata, bool acceptedWithout)
    {
        var text = Timeout.Replace("labels:\n    kuma.io/mesh: default", metadata.Replace("LONG", new string('a', 70), StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(Judge(text, KumaVersion.V2_14, Zone, "apps").Accepted);
        Assert.Equal(acceptedWithout, Judge(text, KumaVersion.V2_14, Zone, "bare", LabelSet.Empty).Accepted);
    }

    [Fact]
    public void A_namespace_that_no_document_states_exists_and_is_served() =>
        Assert.Equal("consumer", Judge(Timeout, KumaVersion.V3_0, Zone, "apps").Stored?.Labels[WellKnown.PolicyRole]);

    [Theory]
    [InlineData(KumaVersion.V2_11, "Applying policies on Zone CP requires 'kuma.io/origin' label to be set to 'zone'.")]
    [InlineData(KumaVersion.V2_12, "Applying policies on Zone CP on a system namespace requires 'kuma.io/origin' label to be set to 'zone'.")]
    public void The_origin_is_asked_for_in_the_words_of_the_line(KumaVersion version, string words)
    {
        var verdict = Judge(Timeout, version, Federated, "kuma-system");
        Assert.Equal((403, "webhook", "defaulter"), (verdict.Status, verdict.Stage, verdict.Webhook));
        Assert.Equal($"Operation not allowed. {words}", verdict.Detail);
        Assert.Equal("metadata.labels[kuma.io/origin]", Assert.Single(verdict.Violations).Field);
    }

    [Theory]
    [InlineData(KumaVersion.V2_10, "Operation not allowed. kuma.io/zone label should have east value, got west")]
    [InlineData(KumaVersion.V2_11, "Operation not allowed. 'kuma.io/zone' label should have 'east' value, got 'west'")]
    public void The_zone_is_asked_for_in_the_words_of_the_line(KumaVersion version, string words)
    {
        var text = Timeout.Replace("kuma.io/mesh: default", "{kuma.io/mesh: default, kuma.io/origin: zone, kuma.io/zone: west}", StringComparison.Ordinal).Replace("labels:\n    {", "labels: {", StringComparison.Ordinal);
        Assert.Equal(words, Judge(text, version, Federated, "apps").Detail);
    }

    [Fact]
    public void The_zone_label_of_a_policy_without_origin_is_found_by_the_validator()
    {
        var text = Timeout.Replace("kuma.io/mesh: default", "kuma.io/zone: west", StringComparison.Ordinal);
        var verdict = Judge(text, KumaVersion.V2_14, Federated, "apps");
        Assert.Equal(("validator", "Operation not allowed. 'kuma.io/zone' label should have 'east' value, got 'west'"), (verdict.Webhook, verdict.Detail));
    }

    [Fact]
    public void An_item_of_a_list_is_judged_like_a_document()
    {
        const string list = """
            apiVersion: v1
            kind: List
            items:
              - apiVersion: kuma.io/v1alpha1
                kind: TrafficRoute
                mesh: default
                metadata: {name: a}
                spec:
                  sources: [{match: {kuma.io/service: "*"}}]
                  destinations: []
              - apiVersion: kuma.io/v1alpha1
                kind: MeshExternalService
                metadata: {name: b, namespace: kuma-system}
                spec:
                  match: {type: HostnameGenerator, port: 70000, protocol: http, bogus: 1}
            """;
        var document = Assert.Single(DocumentReader.Read(new SourceText("list.yaml", list)));
        var verdicts = ResourceReader.Read(document, Zone, 0).Resources.Select(r => AdmissionJudge.Judge(r, World(KumaVersion.V2_14, null))).ToList();
        Assert.Equal(["spec.destinations", "spec.conf"], verdicts[0].Violations.Select(v => v.Field));
        Assert.Equal("spec.match.port", Assert.Single(verdicts[1].Violations).Field);
        Assert.Equal("schema", verdicts[1].Stage);
        var unknown = Assert.Single(verdicts[1].UnknownFields);
        Assert.Equal(("spec.match.bogus", true), (unknown.Path, unknown.FailsStrictValidation));
    }

    [Fact]
    public void Open_schemas_take_every_field_and_the_control_plane_reads_past_it()
    {
        var verdict = Judge("apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata: {name: m}\nspec: {routing: {zoneEgres: true}}", KumaVersion.V2_14, Zone, null);
        Assert.True(verdict.Accepted);
        var unknown = Assert.Single(verdict.UnknownFields);
        Assert.Equal(("spec.routing.zoneEgres", false), (unknown.Path, unknown.FailsStrictValidation));
        Assert.False(verdict.Stored?.Spec["routing"]["zoneEgres"].Exists);
    }

    [Theory]
    [InlineData("8080.0", null)]
    [InlineData("8080.5", "json: cannot unmarshal number 8080.5 into Go value of type uint32")]
    [InlineData("1e3", null)]
    [InlineData("18446744073709551616", "json: cannot unmarshal number 18446744073709552000 into Go value of type uint32")]
    public void The_API_server_spells_numbers_anew(string port, string? detail)
    {
        var text = $"apiVersion: kuma.io/v1alpha1\nkind: ZoneIngress\nmetadata: {{name: i, namespace: kuma-system}}\nspec: {{networking: {{address: 1.1.1.1, port: {port}}}}}";
        Assert.Equal(detail, Judge(text, KumaVersion.V2_14, Zone, null).Detail);
    }

    [Fact]
    public void A_name_may_be_left_to_the_API_server() =>
        Assert.True(Judge(Timeout.Replace("name: timeouts", "generateName: timeouts-", StringComparison.Ordinal), KumaVersion.V2_14, Zone, "apps").Accepted);

    [Theory]
    [InlineData("metadata: 5", "metadata: json: cannot unmarshal number into Go value of type v1.ObjectMeta")]
    [InlineData("metadata: {name: x, namespace: 1, labels: {a: []}}", "metadata: json: cannot unmarshal array into Go struct field ObjectMeta.labels of type string")]
    [InlineData("metadata: {name: x, finalizers: [1]}", "metadata: json: cannot unmarshal number into Go struct field ObjectMeta.finalizers of type string")]
    [InlineData("metadata: {name: x, ownerReferences: [{name: 5}]}", "metadata: json: cannot unmarshal number into Go struct field OwnerReference.ownerReferences.name of type string")]
    [InlineData("metadata: {name: x, generation: 1.5}", "metadata: json: cannot unmarshal number 1.5 into Go struct field ObjectMeta.generation of type int64")]
    [InlineData("metadata: {name: x, finalizers: ['a b']}", "metadata.finalizers: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")]
    [InlineData("metadata: {name: x, ownerReferences: [{apiVersion: v1, kind: Pod, name: '', uid: u}]}", "metadata.ownerReferences.name: Invalid value: \"\": must not be empty")]
    public void Metadata_is_refused_in_the_words_of_the_API_server(string metadata, string expected)
    {
        var verdict = Judge($"apiVersion: kuma.io/v1alpha1\nkind: Zone\n{metadata}\nspec: {{enabled: true}}", KumaVersion.V2_14, Zone, null);
        Assert.Equal("metadata", verdict.Stage);
        var violation = Assert.Single(verdict.Violations);
        Assert.Equal(expected, $"{violation.Field}: {violation.Reason}");
    }

    [Theory]
    [InlineData("2024-02-29T10:00:00Z", null)]
    [InlineData("2024-02-29T10:00:00.123+02:00", null)]
    [InlineData("2023-02-29T10:00:00Z", "parsing time \"2023-02-29T10:00:00Z\": day out of range")]
    [InlineData("2024-13-01T10:00:00Z", "parsing time \"2024-13-01T10:00:00Z\": month out of range")]
    [InlineData("2024-02-01", "parsing time \"2024-02-01\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"T\"")]
    [InlineData("2024-02-01T10:00:00", "parsing time \"2024-02-01T10:00:00\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"Z07:00\"")]
    [InlineData("2024-02-01T10:00:00Zx", "parsing time \"2024-02-01T10:00:00Zx\": extra text: \"x\"")]
    public void Times_are_read_as_Go_does(string text, string? error) => Assert.Equal(error, GoTime.FindError(text));

    [Fact]
    public void A_Mesh_given_as_owner_gets_its_identity_from_the_control_plane()
    {
        var text = Timeout.Replace("  labels:", "  ownerReferences: [{apiVersion: kuma.io/v1alpha1, kind: Mesh, name: default}]\n  labels:", StringComparison.Ordinal);
        var resource = Read(text, Zone, "apps");
        Assert.Equal([("kuma.io/v1alpha1", "Mesh", "default")], KubernetesPipeline.Store(resource, World(KumaVersion.V2_14, null))?.Owners);
    }

    [Theory]
    [InlineData("type: system.kuma.io/secret\ndata: {value: dGVzdA==}", "")]
    [InlineData("type: system.kuma.io/secret\nstringData: {value: test}", "")]
    [InlineData("type: system.kuma.io/secret\ndata: {other: dGVzdA==}", "data.value: cannot be empty.")]
    [InlineData("type: system.kuma.io/secret\ndata: {value: '%'}", "data.value: illegal base64 data at input byte 0")]
    [InlineData("type: system.kuma.io/global-secret\ndata: {value: dGVzdA==}", "metadata.labels[\"kuma.io/mesh\"]: mesh cannot be set on global secret")]
    public void Secrets_are_checked_by_a_webhook_of_their_own(string body, string expected)
    {
        var compilation = TestRepository.Compile($"apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  namespace: kuma-system\n  labels:\n    kuma.io/mesh: default\n{body}\n");
        var found = compilation.Diagnostics.Where(d => d.Descriptor.Slug == "refused-document").Select(d => $"{d.Admission?.Field}: {d.Admission?.Reason}");
        Assert.Equal(expected, string.Join(" + ", found));
    }

    private static AdmissionVerdict Judge(string text, KumaVersion version, ControlPlane place, string? ns, LabelSet? labels = null) =>
        AdmissionJudge.Judge(Read(text, place, ns), World(version, labels));

    private static MeshResource Read(string text, ControlPlane place, string? ns)
    {
        var document = Assert.Single(DocumentReader.Read(new SourceText("document.yaml", text.Replace("NAMESPACE", ns, StringComparison.Ordinal))));
        return Assert.Single(ResourceReader.Read(document, place, 0).Resources);
    }

    private static AdmissionWorld World(KumaVersion version, LabelSet? labels) =>
        new() { Version = version, MeshExists = static (_, _) => true, NamespaceLabels = (_, _) => labels };
}
