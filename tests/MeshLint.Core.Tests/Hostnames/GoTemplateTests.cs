using MeshLint.Kuma.Templates;
using Xunit;

namespace MeshLint.Core.Tests.Hostnames;

public sealed class GoTemplateTests
{
    private static readonly GoTemplateData Data = GoTemplateData.Hostname("api.ns", "api", "ns", "default", "zone-1");

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{{ .DisplayName }}.svc.{{ .Zone }}.mesh.local", "api.svc.zone-1.mesh.local")]
    [InlineData("{{.Name}}", "api.ns")]
    [InlineData("a  {{- .Mesh -}}  b", "adefaultb")]
    [InlineData("a{{/* note */}}b", "ab")]
    [InlineData("a {{- /* note */ -}} b", "ab")]
    [InlineData("{{ label \"team\" }}.mesh", "blue.mesh")]
    [InlineData("{{ \"team\" | label }}.mesh", "blue.mesh")]
    [InlineData("{{ label (print \"te\" \"am\") }}", "blue")]
    [InlineData("{{ printf \"%s-%03d-%q\" .Mesh 7 \"x\" }}", "default-007-\"x\"")]
    [InlineData("{{ if eq .Zone \"zone-1\" }}one{{ else }}other{{ end }}", "one")]
    [InlineData("{{ if .Nope2 | not }}x{{ end }}", null)]
    [InlineData("{{ if false }}a{{ else if true }}b{{ else }}c{{ end }}", "b")]
    [InlineData("{{ with $x := .Zone }}{{ $x }}-{{ . }}{{ end }}", "zone-1-zone-1")]
    [InlineData("{{ with \"\" }}a{{ else with .Mesh }}{{ . }}{{ end }}", "default")]
    [InlineData("{{ $a := 1 }}{{ $a = 2 }}{{ $a }}", "2")]
    [InlineData("{{ range 3 }}{{ . }}{{ end }}", "012")]
    [InlineData("{{ range $i := 5 }}{{ if eq $i 1 }}{{ continue }}{{ end }}{{ if gt $i 2 }}{{ break }}{{ end }}{{ $i }}{{ end }}", "02")]
    [InlineData("{{ define \"t\" }}<{{ . }}>{{ end }}{{ template \"t\" .Zone }}", "<zone-1>")]
    [InlineData("{{ block \"t\" .Zone }}[{{ . }}]{{ end }}", "[zone-1]")]
    [InlineData("{{ slice .Zone 0 4 }}{{ len .Zone }}{{ index .Zone 0 }}", "zone6122")]
    [InlineData("{{ and .Zone .Mesh }}{{ or \"\" .Zone }}", "defaultzone-1")]
    [InlineData("{{ '\\n' }}{{ 0x10 }}{{ 1.50 }}{{ `raw` }}{{ \"\\u00e9\" }}", "10161.5rawé")]
    public void Renders(string text, string? expected)
    {
        Assert.True(GoTemplate.TryParse(text, out var template, out var parseError), parseError);
        var rendered = template.TryRender(Data, key => key == "team" ? "blue" : null, out var actual, out _);
        Assert.Equal(expected, rendered ? actual : null);
    }

    // Texts as recorded from control planes, or as Go's own tests of text/template state them.
    [Theory]
    [InlineData("{{ .Name[4 }}.mesh", "template: :1: bad character U+005B '['")]
    [InlineData("{{port", "template: :1: function \"port\" not defined")]
    [InlineData("foo.{{mesh", "template: :1: function \"mesh\" not defined")]
    [InlineData("{{ .Namespace|invalid }}", "template: :1: function \"invalid\" not defined")]
    [InlineData("{{ .Mesh|1 }}.{ .Zone|2 }", "template: :1: non executable command in pipeline stage 2")]
    [InlineData("{{ .Name }", "template: :1: unexpected \"}\" in operand")]
    [InlineData("{{ .Name", "template: :1: unclosed action")]
    [InlineData("{{", "template: :1: unclosed action")]
    [InlineData("{{ .Name\n", "template: :2: unclosed action started at :1")]
    [InlineData("{{}}", "template: :1: missing value for command")]
    [InlineData("{{ ( ) }}", "template: :1: missing value for parenthesized pipeline")]
    [InlineData("{{ (.Name }}", "template: :1: unclosed left paren")]
    [InlineData("{{ .Name ) }}", "template: :1: unexpected right paren")]
    [InlineData("{{ \"a }}", "template: :1: unterminated quoted string")]
    [InlineData("{{ 'a }}", "template: :1: unterminated character constant")]
    [InlineData("{{ `a }}", "template: :1: unterminated raw quoted string")]
    [InlineData("{{ 0xi }}", "template: :1: illegal number syntax: \"0xi\"")]
    [InlineData("{{ $a }}", "template: :1: undefined variable \"$a\"")]
    [InlineData("{{ true.any }}", "template: :1: unexpected . after term \"true\"")]
    [InlineData("{{ end }}", "template: :1: unexpected {{end}}")]
    [InlineData("{{ if .Name }}x", "template: :1: unexpected EOF")]
    [InlineData("{{ break }}", "template: :1: {{break}} outside {{range}}")]
    [InlineData("{{/* a", "template: :1: unclosed comment")]
    [InlineData("{{ .Näme#x }}", "template: :1: bad character U+0023 '#'")]
    [InlineData("{{ define \"a\" }}1{{ end }}{{ define \"a\" }}2{{ end }}", "template: :1: template: multiple definition of template \"a\"")]
    [InlineData("{{ $a, $b := .Name }}", "template: :1: too many declarations in command")]
    public void RefusesWithGosText(string text, string expected)
    {
        Assert.False(GoTemplate.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("{{ .Nope }}", "template: :1:3: executing \"\" at <.Nope>: can't evaluate field Nope in type hostname.meshedName")]
    [InlineData("{{ label \"team\" }}", "template: :1:3: executing \"\" at <label \"team\">: error calling label: label team not found")]
    [InlineData("é{{ label 1 }}", "template: :1:11: executing \"\" at <1>: expected string; found 1")]
    [InlineData("{{ label }}", "template: :1:3: executing \"\" at <label>: wrong number of args for label: want 1 got 0")]
    [InlineData("{{ .Name.Foo }}", "template: :1:8: executing \"\" at <.Name.Foo>: can't evaluate field Foo in type string")]
    [InlineData("{{ nil }}", "template: :1:3: executing \"\" at <nil>: nil is not a command")]
    [InlineData("{{ .Name 1 }}", "template: :1:3: executing \"\" at <.Name>: Name has arguments but cannot be invoked as function")]
    [InlineData("{{ template \"x\" }}", "template: :1:12: executing \"\" at <{{template \"x\"}}>: template \"x\" not defined")]
    public void FailsToRenderWithGosText(string text, string expected)
    {
        Assert.True(GoTemplate.TryParse(text, out var template, out var parseError), parseError);
        Assert.False(template.TryRender(Data, _ => null, out var rendered, out var error));
        Assert.Equal(expected, error);
        Assert.Empty(rendered);
    }

    [Fact]
    public void MapPrintsNoValueForAnUnknownKey()
    {
        Assert.True(GoTemplate.TryParse("{{.a}}-{{.b}}", hasLabelFunction: false, out var template, out _));
        Assert.True(template.TryRender(GoTemplateData.Map([new("a", "1")]), _ => null, out var text, out _));
        Assert.Equal("1-<no value>", text);
    }

    [Fact]
    public void LabelIsUnknownWhereItIsNotOffered()
    {
        Assert.False(GoTemplate.TryParse("{{ label \"a\" }}", hasLabelFunction: false, out _, out var error));
        Assert.Equal("template: :1: function \"label\" not defined", error);
    }

    [Theory]
    [InlineData('(')]
    [InlineData('{')]
    public void SurvivesDeepNesting(char bracket)
    {
        var text = bracket == '(' ? "{{ " + new string('(', 50_000) : string.Concat(Enumerable.Repeat("{{ if 1 }}", 6_000));
        Assert.False(GoTemplate.TryParse(text, out _, out var error));
        Assert.Equal("template: :1: max expression depth exceeded", error);
    }

    [Fact]
    public void EndlessTemplatesStop()
    {
        Assert.True(GoTemplate.TryParse("{{ define \"t\" }}{{ template \"t\" }}{{ end }}{{ template \"t\" }}", out var recursive, out _));
        Assert.False(recursive.TryRender(Data, _ => null, out _, out var error));
        Assert.Contains("exceeded maximum template depth", error, StringComparison.Ordinal);

        Assert.True(GoTemplate.TryParse("{{ range 1000000000 }}x{{ end }}", out var loop, out _));
        Assert.False(loop.TryRender(Data, _ => null, out _, out _));
    }
}
