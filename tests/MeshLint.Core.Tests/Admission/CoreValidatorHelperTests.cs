using MeshLint.Kuma.Admission;
using MeshLint.Kuma.Admission.Validators;
using MeshLint.Kuma.Admission.Validators.Core;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Admission;

public sealed class CoreValidatorHelperTests
{
    [Theory]
    [InlineData("a:1", "a", "1")]
    [InlineData("[::1]:80", "::1", "80")]
    [InlineData(":80", "", "80")]
    [InlineData("a:", "a", "")]
    [InlineData("a", null, null)]
    [InlineData("", null, null)]
    [InlineData("a:b:c", null, null)]
    [InlineData("[::1]", null, null)]
    [InlineData("[::1:80", null, null)]
    public void Splits_host_and_port_as_Go_does(string text, string? host, string? port)
    {
        Assert.Equal(host is not null, NetworkText.TrySplitHostPort(text, out var actualHost, out var actualPort));
        Assert.Equal((host ?? "", port ?? ""), (actualHost, actualPort));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("::", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("127.0.0.2", false)]
    [InlineData("::1", false)]
    [InlineData("localhost", false)]
    [InlineData("", false)]
    public void Loopback_is_covered_by_wildcards(string address, bool expected) => Assert.Equal(expected, NetworkText.CoversLoopback(address));

    [Theory]
    [InlineData("a-1", "")]
    [InlineData("1a", "start with an alphabetic")]
    [InlineData("a.b", "start with an alphabetic")]
    [InlineData("", "start with an alphabetic")]
    public void Names_must_be_labels_that_begin_with_a_letter(string name, string part)
    {
        var problems = string.Join(", ", DnsLabels.Problems1035(name));
        Assert.Equal(part.Length == 0, problems.Length == 0);
        Assert.Contains(part, problems, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_bad_name_has_two_problems() =>
        Assert.Equal(["must be no more than 63 characters", "must not contain dots"], DnsLabels.Problems1123(new string('a', 32) + "." + new string('a', 32)));

    [Theory]
    [InlineData("default", "", "", "api", "80", "")]
    [InlineData("default", "zone-1", "ns", "api", "", "mesh, name and sectionName must be non-empty")]
    [InlineData("default", "", "", "a.b", "80", "name \"a.b\" does not conform to RFC 1123: must not contain dots")]
    [InlineData("default", "", "n.s", "api", "80", "")]
    [InlineData("default", "z", "n.s", "api", "80", "namespace \"n.s\" does not conform to RFC 1123: must not contain dots")]
    public void Server_names_are_made_of_labels(string mesh, string zone, string ns, string name, string section, string expected) =>
        Assert.Equal(expected, string.Join('|', ServerNames.Check("msvc", mesh, zone, ns, name, section)));

    [Fact]
    public void A_server_name_has_a_limit()
    {
        var label = new string('a', 63);
        Assert.Equal(["computed SNI is 264 characters which exceeds the DNS hostname limit (253)"], ServerNames.Check("msvc", label, label, "", label, label));
    }

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "CERTIFICATE")]
    [InlineData("text\n-----BEGIN A B-----\nKey: value\n\nAA==\n-----END A B-----", "A B")]
    [InlineData("-----BEGIN A-----\nAAAA\n-----END B-----\n-----BEGIN C-----\nAAAA\n-----END C-----", "C")]
    [InlineData("-----BEGIN A-----\n*\n-----END A-----\n", null)]
    [InlineData("-----BEGIN A-----\nAAAA\n", null)]
    [InlineData("x-----BEGIN A-----\nAAAA\n-----END A-----\n", null)]
    [InlineData("", null)]
    public void Finds_the_first_pem_block(string text, string? type) => Assert.Equal(type, Pem.FindFirstType(text));

    [Theory]
    [InlineData("{port: 80, path: /x, aggregate: [{name: a, port: '5'}], tls: {mode: disabled}}", null)]
    [InlineData("{aggregate: {}}", "json: cannot unmarshal object into Go value of type []json.RawMessage")]
    [InlineData("{port: -1, path: 5}", "json: cannot unmarshal number -1 into Go value of type uint32")]
    [InlineData("{port: x}", "invalid character 'x' looking for beginning of value")]
    [InlineData("{path: 5}", "json: cannot unmarshal number into Go value of type string")]
    [InlineData("{skipMTLS: 'true'}", "json: cannot unmarshal string into Go value of type bool")]
    [InlineData("{tags: {a: 5}}", "json: cannot unmarshal number into Go value of type string")]
    [InlineData("{tls: {mode: x}}", "unknown value \"\\\"x\\\"\" for enum kuma.mesh.v1alpha1.PrometheusTlsConfig.Mode")]
    [InlineData("{tls: []}", "json: cannot unmarshal array into Go value of type map[string]json.RawMessage")]
    [InlineData("{unknown: 1, port: null}", null)]
    public void A_free_form_configuration_is_read_as_a_message(string yaml, string? error) =>
        Assert.Equal(error, ProtoErrorFinder.Find(Read(yaml), ConfigMessages.Prometheus, out _));

    [Theory]
    [InlineData("dGVzdA==", null)]
    [InlineData("dGVzdA==\n", null)]
    [InlineData("dGVzdA=", "illegal base64 data at input byte 7")]
    [InlineData("dGVz!A==", "illegal base64 data at input byte 4")]
    [InlineData("dGVzdA==x", "illegal base64 data at input byte 8")]
    [InlineData("dGVzd", "illegal base64 data at input byte 4")]
    public void Inline_certificates_are_base64(string text, string? error) =>
        Assert.Equal(error, ProtoErrorFinder.Find(Read($"{{cert: {{inline: {GoText.Quote(text)}}}}}"), ConfigMessages.ProvidedAuthority, out _));

    [Theory]
    [InlineData("type: File", "s.file: must be defined")]
    [InlineData("{type: File, file: {path: a/../b}}", "s.file.path: file path contains directory traversal sequence: a/../b")]
    [InlineData("{type: File, file: {path: a}}", "s.file.path: file path must be absolute: a")]
    [InlineData("{type: EnvVar, envVar: {}}", "s.envVar.name: must be defined")]
    [InlineData("{type: Secret, secretRef: {kind: X, name: a}}", "s.secretRef.kind: X must be one of: Secret")]
    [InlineData("{type: Other}", "s.type: Other must be one of: EnvVar, InsecureInline, File, Secret")]
    [InlineData("{type: InsecureInline, insecureInline: {value: x}}", "")]
    public void Data_sources_need_what_their_type_says(string yaml, string expected)
    {
        var validation = Validate("{s: " + (yaml.StartsWith('{') ? yaml : $"{{{yaml}}}") + "}", v => DataSources.CheckSecure(v, v.Spec["s"]));
        Assert.Equal(expected, string.Join('|', validation.Violations.Select(v => $"{v.Field}: {v.Reason}")));
    }

    [Theory]
    [InlineData("{}", "sources: must have at least one element")]
    [InlineData("{sources: [{match: {}}]}", "sources[0].match: must have at least one tag|sources[0].match: mandatory tag \"kuma.io/service\" is missing")]
    [InlineData("{sources: [{match: {kuma.io/service: 'a*'}}]}", "sources[0].match[\"kuma.io/service\"]: tag value must consist of alphanumeric characters, dots, dashes, slashes and underscores or be \"*\"")]
    [InlineData("{sources: [{match: {kuma.io/service: '*'}}, {match: {kuma.io/service: a/b}}]}", "")]
    public void Selectors_choose_by_tags(string yaml, string expected)
    {
        var validation = Validate(yaml, v => TagCheck.Selectors(v, "sources", TagRules.AnyTagWithService));
        Assert.Equal(expected, string.Join('|', validation.Violations.Select(v => $"{v.Field}: {v.Reason}")));
    }

    // Texts as Go prints them.
    [Theory]
    [InlineData("[a", "missing closing ]: `[a`")]
    [InlineData("(a", "missing closing ): `(a`")]
    [InlineData("a)", "unexpected ): `a)`")]
    [InlineData("*", "missing argument to repetition operator: `*`")]
    [InlineData("a**", "invalid nested repetition operator: `**`")]
    [InlineData("[z-a]", "invalid character class range: `z-a`")]
    [InlineData("[[:x:]]", "invalid character class range: `[:x:]`")]
    [InlineData("a{1001}", "invalid repeat count: `{1001}`")]
    [InlineData("(?=a)", "invalid or unsupported Perl syntax: `(?=`")]
    [InlineData("\\y", "invalid escape sequence: `\\y`")]
    [InlineData("a\\", "trailing backslash at end of expression: ``")]
    [InlineData("(?P<a", "invalid named capture: `(?P<a`")]
    [InlineData("\\pX", "invalid character class range: `\\pX`")]
    public void Expressions_are_refused_in_Gos_words(string expression, string problem) => Assert.Equal("error parsing regexp: " + problem, GoRegex.Check(expression));

    private static Node Read(string yaml) => DocumentReader.ReadYaml(new SourceText("a.yaml", yaml)).Root;

    private static Validation Validate(string yaml, Action<Validation> check)
    {
        var document = DocumentReader.ReadYaml(new SourceText("a.yaml", yaml));
        var resource = new MeshResource
        {
            KindInfo = KindCatalog.Find("TrafficLog"),
            Kind = "TrafficLog",
            Form = ResourceForm.Universal,
            Document = document,
            Root = document.Root,
            Place = new ControlPlane(),
            Order = 0,
            Name = "a",
            Mesh = "default",
        };
        var validation = new Validation(KumaVersion.V2_14, resource, document.Root, LabelSet.Empty, hasMeta: false);
        check(validation);
        return validation;
    }
}
