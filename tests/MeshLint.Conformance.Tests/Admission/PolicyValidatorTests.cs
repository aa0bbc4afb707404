using System.Text.Json;
using MeshLint.Kuma.Admission;
using MeshLint.Kuma.Admission.Validators;
using MeshLint.Kuma.Admission.Validators.Policies;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests.Admission;

/// <summary>The validators of the policies agree with the tables of Kuma's own tests.</summary>
public sealed class PolicyValidatorTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void Kinds_agree(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        Run(
            ValidatorTables.Rows(version).Where(r => r.GetProperty("target").GetString() == "spec"
                && KindCatalog.Find(r.GetProperty("kind").GetString() ?? "") is { Group: KindGroup.Policy }),
            row => ValidatorTables.Compare(row, version));
    }

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void TargetRefs_agree(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        Run(
            ValidatorTables.Rows(version).Where(r => r.GetProperty("target").GetString() == "targetRef"),
            row => Compare(row, version, "targetRef", isList: false, field => TargetRefCheck.Validate(field, Options(row.GetProperty("params").GetProperty("opts")))));
    }

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void JsonPatches_agree(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        Run(
            ValidatorTables.Rows(version).Where(r => r.GetProperty("target").GetString() == "jsonPatches"),
            row => Compare(row, version, "jsonPatches", isList: true, JsonPatchCheck.Validate));
    }

    private void Run(IEnumerable<JsonElement> rows, Func<JsonElement, (string Expected, string Actual)> compare)
    {
        var total = 0;
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            total++;
            var (expected, actual) = compare(row);
            if (expected != actual)
                wrong.Add($"{row.GetProperty("kind").GetString()} {row.GetProperty("source").GetString()} {row.GetProperty("description").GetString()}\n-- expected\n{expected}\n-- actual\n{actual}");
        }

        output.WriteLine($"agreed {total - wrong.Count}/{total}");
        Assert.NotEqual(0, total);
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong.Take(20)));
    }

    private static (string Expected, string Actual) Compare(JsonElement row, KumaVersion version, string key, bool isList, Action<Field> check)
    {
        var source = new SourceText("input.yaml", row.GetProperty("input_yaml").GetString() ?? "");
        var input = DocumentReader.ReadYaml(source).Root;
        Assert.Equal(isList, input.IsSequence);
        var builder = new NodeTreeBuilder(source);
        builder.BeginMapping(default);
        builder.Key(key, default);
        builder.Copy(input);
        builder.End();
        var root = builder.Build().Root;
        var validation = new Validation(version, ValidatorTables.ToResource("MeshTimeout", "{}", "x"), root, LabelSet.Empty, hasMeta: false);
        check(Field.Spec(validation)[key]);
        return ValidatorTables.Lines(row, validation);
    }

    private static TargetRefOptions Options(JsonElement options)
    {
        var kinds = TargetRefKinds.None;
        foreach (var kind in options.GetProperty("SupportedKinds").EnumerateArray())
            kinds |= TargetRefKindNames.Parse(kind.GetString() ?? "");
        return new TargetRefOptions(kinds)
        {
            ListenerTags = options.TryGetProperty("GatewayListenerTagsAllowed", out var tags) && tags.GetBoolean(),
            Inbound = options.TryGetProperty("IsInboundPolicy", out var inbound) && inbound.GetBoolean(),
            UnsupportedKind = options.TryGetProperty("SupportedKindsError", out var error) ? error.GetString() : null,
            AllowedName = options.TryGetProperty("AllowedInvalidNames", out var names) ? names[0].GetString() : null,
        };
    }
}
