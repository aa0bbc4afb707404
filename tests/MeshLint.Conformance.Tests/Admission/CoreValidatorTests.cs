using System.Text.Json;
using System.Text.RegularExpressions;
using MeshLint.Kuma.Admission.Validators.Core;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Meshes;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit.Abstractions;
using Xunit;

namespace MeshLint.Conformance.Tests.Admission;

/// <summary>The validators of the core and legacy kinds agree with the tables of Kuma's own tests.</summary>
public sealed class CoreValidatorTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void Kinds_agree(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        var total = 0;
        var wrong = new List<string>();
        foreach (var row in ValidatorTables.Rows(version))
        {
            if (KindCatalog.Find(row.GetProperty("kind").GetString()) is not { Group: not KindGroup.Policy })
                continue;
            total++;
            var (expected, actual) = ValidatorTables.Compare(row, version);

            // Kuma's own test runs without the gateway's profile; running control planes list it.
            actual = actual.Replace("default-proxy,egress-proxy,gateway-proxy,ingress-proxy", "default-proxy,egress-proxy,ingress-proxy", StringComparison.Ordinal);
            if (expected != actual)
                wrong.Add($"{row.GetProperty("kind").GetString()} {row.GetProperty("source").GetString()} {row.GetProperty("description").GetString()}\n-- expected\n{expected}\n-- actual\n{actual}");
        }

        output.WriteLine($"agreed {total - wrong.Count}/{total}");
        Assert.NotEqual(0, total);
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {total} differ\n{string.Join("\n\n", wrong.Take(20))}");
    }

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void Membership_agrees(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        var total = 0;
        foreach (var row in ValidatorTables.Rows(version))
        {
            if (row.GetProperty("kind").GetString() != "helper:core/managers/apis/dataplane/membership_validator_test")
                continue;
            total++;
            var input = JsonNodes.ToDocument(JsonDocument.Parse(LowerKeys(row.GetProperty("params").GetRawText())).RootElement).Root;
            var mesh = new MeshInfo
            {
                Name = "default", Home = new ControlPlane(), Mode = MeshServicesMode.Disabled, HasMtls = false, Constraints = input["mesh"]["constraints"]["dataplaneProxy"],
            };
            var problem = MembershipCheck.FindProblem(input["dp"], mesh, zone: null, out _);
            Assert.Equal(row.GetProperty("valid").GetBoolean(), problem is null);
            if (problem is not null)
            {
                var isDenied = row.GetProperty("expected_text").ToString().Contains("DeniedTagSet", StringComparison.Ordinal);
                Assert.Contains(isDenied ? " matches restricted tags " : " does not fulfill any requirements ", problem, StringComparison.Ordinal);
            }
        }

        Assert.NotEqual(0, total);
    }

    /// <summary>The rows write Go's field names.</summary>
    private static string LowerKeys(string json) => Regex.Replace(
        json, "\"(?<first>[A-Z])(?<rest>\\w*)\":", static m => $"\"{m.Groups["first"].Value.ToLowerInvariant()}{m.Groups["rest"].Value}\":", RegexOptions.None, TimeSpan.FromSeconds(5));
}
