using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Admission.Validators;
using MeshLint.Kuma.Admission.Validators.Policies;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Admission;

/// <summary>The texts and verdicts of what several validators share.</summary>
public sealed class ValidatorHelperTests
{
    [Theory]
    [InlineData("spiffe://td", null)]
    [InlineData("spiffe://td/ns/default/sa/web", null)]
    [InlineData("spiffe://t_d-1.example/..a", null)]
    [InlineData("", "cannot be empty")]
    [InlineData("http://td", "scheme is missing or invalid")]
    [InlineData("SPIFFE://td", "scheme is missing or invalid")]
    [InlineData("spiffe://", "trust domain is missing")]
    [InlineData("spiffe:///a", "trust domain is missing")]
    [InlineData("spiffe://TD/a", "trust domain characters are limited to lowercase letters, numbers, dots, dashes, and underscores")]
    [InlineData("spiffe://td:80", "trust domain characters are limited to lowercase letters, numbers, dots, dashes, and underscores")]
    [InlineData("spiffe://td/", "path cannot have a trailing slash")]
    [InlineData("spiffe://td/a/", "path cannot have a trailing slash")]
    [InlineData("spiffe://td//a", "path cannot contain empty segments")]
    [InlineData("spiffe://td/./a", "path cannot contain dot segments")]
    [InlineData("spiffe://td/a/..", "path cannot contain dot segments")]
    [InlineData("spiffe://td/a?b", "path segment characters are limited to letters, numbers, dots, dashes, and underscores")]
    [InlineData("spiffe://td//?", "path cannot contain empty segments")]
    public void Spiffe_IDs(string text, string? problem) => Assert.Equal(problem, SpiffeId.Problem(text));

    [Theory]
    [InlineData("host:9000", true)]
    [InlineData("logs.example.com:9000", true)]
    [InlineData("127.0.0.1:9000", true)]
    [InlineData("[::1]:9000", true)]
    [InlineData("http://localhost:9411/api/v2/spans", true)]
    [InlineData("foo_bar:80", true)]
    [InlineData("host:90000000", false)]
    [InlineData("host:80:90", false)]
    [InlineData("-a", false)]
    [InlineData("abc", false)]
    [InlineData(".a.b", false)]
    [InlineData("bad value!", false)]
    [InlineData("https://a b", false)]
    public void Urls(string text, bool valid) => Assert.Equal(valid, WebText.IsUrl(text, KumaVersion.V2_14));

    [Fact]
    public void A_hostile_URL_is_judged_in_time() => Assert.False(WebText.IsUrl(new string('a', 2000) + "!", KumaVersion.V2_14));

    [Theory]
    [InlineData("/", true)]
    [InlineData("/tmp/access.log", true)]
    [InlineData(@"C:\logs\a.txt", true)]
    [InlineData("tmp/access.log", false)]
    [InlineData(@"C:\\a", false)]
    [InlineData("", false)]
    public void File_paths(string text, bool valid) => Assert.Equal(valid, WebText.IsFilePath(text));

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("example.com.", true)]
    [InlineData("_a.B-", true)]
    [InlineData("a..b", false)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    [InlineData("1.2.3.4", false)]
    [InlineData("", false)]
    public void Dns_names(string text, bool valid) => Assert.Equal(valid, WebText.IsDnsName(text));

    [Theory]
    [InlineData("host:1", true)]
    [InlineData(":", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("host", false)]
    [InlineData("::1:1", false)]
    [InlineData("[::1]", false)]
    [InlineData("[a]b:1", false)]
    public void Host_and_port(string text, bool valid) => Assert.Equal(valid, WebText.IsHostPort(text));

    [Fact]
    public void A_subdomain_has_two_ways_to_be_wrong()
    {
        Assert.Empty(DnsNames.SubdomainProblems("a-1.b"));
        Assert.Equal("must be no more than 253 characters", Assert.Single(DnsNames.SubdomainProblems(new string('a', 254))));
        Assert.StartsWith("a lowercase RFC 1123 subdomain must consist", Assert.Single(DnsNames.SubdomainProblems("A")), StringComparison.Ordinal);
        Assert.Equal(2, DnsNames.SubdomainProblems(new string('A', 254)).Count());
    }

    [Theory]
    [InlineData("cluster", "name: xyz\nconnectTimeout: 5s\ntype: STATIC\n", null)]
    [InlineData("cluster", "name: xyz\nunknown: [1]\n", null)]
    [InlineData("cluster", "connect_timeout: 5", "json: cannot unmarshal number into Go value of type string")]
    [InlineData("cluster", "connectTimeout: 5", "json: cannot unmarshal number into Go value of type string")]
    [InlineData("cluster", "connectTimeout: \"5\"", "bad Duration: time: missing unit in duration \"5\"")]
    [InlineData("cluster", "name: 5", "json: cannot unmarshal number into Go value of type string")]
    [InlineData("cluster", "type: STATICC", "unknown value \"\\\"STATICC\\\"\" for enum envoy.config.cluster.v3.Cluster.DiscoveryType")]
    [InlineData("cluster", "maxRequestsPerConnection: -1", "json: cannot unmarshal number -1 into Go value of type uint32")]
    [InlineData("cluster", "healthChecks: {}", "json: cannot unmarshal object into Go value of type []json.RawMessage")]
    [InlineData("cluster", "{}", "invalid Cluster.Name: value length must be at least 1 runes")]
    [InlineData("cluster", "", "invalid Cluster.Name: value length must be at least 1 runes")]
    [InlineData("cluster", "name: a\nconnectTimeout: 0s", "invalid Cluster.ConnectTimeout: value must be greater than 0s")]
    [InlineData("cluster", "5", "json: cannot unmarshal number into Go value of type map[string]json.RawMessage")]
    [InlineData("cluster", "true", "json: cannot unmarshal bool into Go value of type map[string]json.RawMessage")]
    [InlineData("listener", "- a", "json: cannot unmarshal array into Go value of type map[string]json.RawMessage")]
    [InlineData("listener", "{", "unexpected EOF")]
    [InlineData("listener", "{{ .DisplayName }}", "invalid character '{' looking for beginning of object key string")]
    [InlineData("listener", "*", "invalid character '*' looking for beginning of value")]
    [InlineData("networkFilter", "name: a\ntypedConfig: {}", "Any JSON doesn't have '@type'")]
    [InlineData("httpFilter", "disabled: true", "invalid HttpFilter.Name: value length must be at least 1 runes")]
    [InlineData("virtualHost", "name: a", "invalid VirtualHost.Domains: value must contain at least 1 item(s)")]
    public void Envoy_resources(string modification, string yaml, string? problem) =>
        Assert.Equal(problem, EnvoyResource.Problem(modification, yaml, isPatch: false));

    [Fact]
    public void A_patch_need_not_be_complete() => Assert.Null(EnvoyResource.Problem("cluster", "connectTimeout: 5s", isPatch: true));
}
