using MeshLint.Core.Resources;
using MeshLint.Core.Versions;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests.Admission;

/// <summary>The validators of the core and legacy kinds agree with the tables of Kuma's own tests.</summary>
public sealed class CoreValidatorTests(ITestOutputHelper output)
{
    [SharedTheory]
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
}
