using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Rules;

/// <summary>ML5109 template-over-budget: where it speaks, and the near misses that it passes over.</summary>
public sealed class TemplateOverBudgetTests
{
    private const string Service = """
        type: MeshService
        mesh: default
        name: cart
        labels: {app: cart}
        spec:
          selector: {dataplaneTags: {kuma.io/service: cart}}
          ports: [{port: 80, targetPort: 80, appProtocol: http}]
        ---

        """;

    /// <summary>1.1 kilobytes that make 2^41 characters.</summary>
    private static readonly string Doubling = "{{$x := \"ab\"}}" + string.Concat(Enumerable.Repeat("{{$x = printf \"%s%s\" $x $x}}", 40)) + "{{$x}}.mesh";

    public static TheoryData<string> Excessive => new()
    {
        Doubling,
        Doubling.Replace("printf \"%s%s\"", "print", StringComparison.Ordinal),
        Doubling.Replace("printf \"%s%s\"", "println", StringComparison.Ordinal),
        "{{$x := \"<\"}}" + string.Concat(Enumerable.Repeat("{{$x = html $x $x $x}}", 40)) + "a",
        "{{$x := \"<\"}}" + string.Concat(Enumerable.Repeat("{{$x = js $x $x}}", 40)) + "a",
        "{{$x := \"<\"}}" + string.Concat(Enumerable.Repeat("{{$x = urlquery $x $x}}", 40)) + "a",
        "{{ range 1000000000 }}{{ end }}a",
        "{{ range 300 }}{{ range 300 }}{{ range 300 }}{{ end }}{{ end }}{{ end }}a",
        "{{ printf \"%10000000d\" 1 | len }}",
        "{{ define \"t\" }}{{ template \"t\" (print . \"a\") }}{{ end }}{{ template \"t\" \"\" }}",
        "{{ printf \"" + string.Concat(Enumerable.Repeat("%65000d", 40)) + "\"" + string.Concat(Enumerable.Repeat(" 1", 40)) + " }}",
        new string('a', 70_000),
    };

    [Theory]
    [MemberData(nameof(Excessive))]
    public void Templates_over_the_budget_are_told_at_the_template(string template)
    {
        foreach (var version in new[] { KumaVersion.V2_9, KumaVersion.V2_14 })
        {
            var compilation = TestRepository.Compile(Service + $$$$"""
                type: HostnameGenerator
                name: bomb
                spec:
                  selector: {meshService: {matchLabels: {app: cart}}}
                  template: '{{{{template}}}}'
                """, version);
            var finding = Assert.Single(compilation.Diagnostics, static d => d.Descriptor.Slug == "template-over-budget");
            Assert.Equal(13, finding.Location.Source.GetPosition(finding.Location.Span.Start).Line);
            Assert.DoesNotContain(compilation.Diagnostics, static d => d.Descriptor.Slug is "hostname-template-error" or "refused-by-control-plane" or "internal-error");
            Assert.DoesNotContain(compilation.Graph.HostnamesOf(compilation.Graph.LocalOf(compilation.Graph.Destinations[0])), static h => h.Reason == HostnameReason.Generated && h.Generator.Stored is not null);
        }
    }

    [Fact]
    public void Host_and_port_of_a_VirtualOutbound_have_the_same_budget()
    {
        var found = Compile($$$$"""
            type: VirtualOutbound
            mesh: default
            name: bomb
            selectors: [{match: {kuma.io/service: '*'}}]
            conf:
              host: '{{{{Doubling}}}}'
              port: '{{{{Doubling}}}}'
              parameters: [{name: service, tagKey: kuma.io/service}]
            """);
        Assert.Equal(["template-over-budget", "template-over-budget"], found);
    }

    [Fact]
    public void A_MeshIdentity_has_the_same_budget()
    {
        var found = Compile($$$$"""
            type: MeshIdentity
            mesh: default
            name: bomb
            spec:
              selector: {dataplane: {matchLabels: {}}}
              spiffeID:
                trustDomain: '{{{{Doubling}}}}'
                path: '{{{{Doubling}}}}'
              provider: {type: Bundled, bundled: {autogenerate: {enabled: true}}}
            """);
        Assert.Equal(["template-over-budget", "template-over-budget"], found);
    }

    [Theory]
    [InlineData("{{ range 2000 }}{{ end }}{{ .DisplayName }}.mesh")]
    [InlineData("{{ printf \"%200s\" .DisplayName | len }}.mesh")]
    [InlineData("{{ define \"t\" }}{{ if lt (len .) 60 }}{{ template \"t\" (print . \"a\") }}{{ else }}{{ . }}{{ end }}{{ end }}{{ template \"t\" .DisplayName }}.mesh")]
    public void Near_misses_stay_silent(string template) => Assert.DoesNotContain("template-over-budget", Compile(Service + $$$$"""
        type: HostnameGenerator
        name: fine
        spec:
          selector: {meshService: {matchLabels: {app: cart}}}
          template: '{{{{template}}}}'
        """));

    private static IEnumerable<string> Compile(string text) =>
        TestRepository.Compile(text, KumaVersion.V2_13).Diagnostics.Select(static d => d.Descriptor.Slug).Where(static s => s is not ("assumed-control-plane" or "policy-selects-nothing"));
}
