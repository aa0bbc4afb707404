using MeshLint.Sources;
using Xunit;

namespace MeshLint.Yaml.Tests;

/// <summary>
/// Documents that kubectl or kumactl would apply reach the checks however their identity is written; foreign ones stay out.
/// </summary>
public sealed class LostDocumentTests
{
    [Theory]
    [InlineData("type:\n  Mesh\nname: default\n")]
    [InlineData("kind:\n  Mesh\napiVersion:\n  kuma.io/v1alpha1\nmetadata: {name: a}\n")]
    [InlineData("? apiVersion\n: kuma.io/v1alpha1\n? kind\n: Mesh\n")]
    [InlineData("\"api\\u0056ersion\": kuma.io/v1alpha1\nkind: Mesh\n")]
    [InlineData("\"api\\u0056ersion\": \"kuma\\u002eio/v1alpha1\"\nkind: Mesh\n")]
    [InlineData("{\"\\u0061piVersion\": \"kum\\u0061.io/v1alpha1\", \"kind\": \"Mesh\"}")]
    [InlineData("!!str type: Mesh\nname: default\n")]
    [InlineData("name: default\n&t type: !!str Mesh\n")]
    [InlineData("x-base: &base {type: Mesh}\n<<: *base\nname: default\n")]
    [InlineData("<<: {apiVersion: \"kum\\x61.io/v1alpha1\", kind: Mesh}\n")]
    [InlineData("name: default\rtype: Mesh\r")]
    [InlineData("name: default\u0085type: Mesh\u0085")]
    [InlineData("name: default\u2028type: Mesh\u2028")]
    [InlineData("# note\n\uFEFFapiVersion: kuma.io/v1alpha1\nkind: Mesh\n")]
    [InlineData("a: b\n...\ntype: Mesh\nname: lost\n")]
    [InlineData("---\n'type': Mesh\nname: default\n")]
    [InlineData("{type: &t Mesh, name: a}\n")]
    [InlineData("type: # the kind\n  Mesh\nname: default\n")]
    public void Is_seen(string text) => Assert.NotEmpty(Read(text).Files);

    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")]
    [InlineData("<<: {a: b}\nname: default\n")]
    [InlineData("? a\n: b\na: c\na: d\n")]
    [InlineData("\"a\\u0062\": c\n: : :\n")]
    [InlineData("type:\n  object\n")]
    [InlineData("{\"a\": \"\\u0041\", \"a\": 1}")]
    [InlineData("%YAML 1.2\n---\na: b\n")]
    [InlineData("--- !u!29 &1\nOcclusion: {a: b}\n")]
    public void Is_foreign(string text)
    {
        var read = Read(text);
        Assert.Empty(read.Files);
        Assert.Empty(read.Diagnostics);
    }

    [Theory]
    [InlineData("# note\n\uFEFFapiVersion: kuma.io/v1alpha1\nkind: Mesh\n", "ML0013")]
    [InlineData("type: Mesh\nname: a\n...\ntype: Mesh\nname: lost\n", "ML0012")]
    [InlineData("%YAML 1.1\n---\napiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata: {name: a}\n", "ML0002")]
    [InlineData("apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata: {name: a}\n--- {a: b}\n", "ML0002")]
    public void Is_told(string text, string id) => Assert.Contains(Read(text).Diagnostics, d => d.Descriptor.Id == id);

    private static DocumentSet Read(string text) => DocumentSet.Read(SourceSet.Of(("a.yaml", text)));
}
