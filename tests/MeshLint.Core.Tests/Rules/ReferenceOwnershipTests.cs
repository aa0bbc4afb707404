using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Binding;
using MeshLint.Analysis.Rules;
using MeshLint.Analysis.Rules.References;
using MeshLint.Kuma.Go;
using MeshLint.Kuma.Specs;
using MeshLint.Yaml;
using Xunit;

namespace MeshLint.Core.Tests.Rules;

/// <summary>Each way in which a reference can fail belongs to one rule at most: the order of the rules decides nothing.</summary>
public sealed class ReferenceOwnershipTests
{
    [Theory]
    [InlineData("{kind: MeshService, name: cart}")]
    [InlineData("{kind: MeshService, name: cart, sectionName: web}")]
    public void A_case_has_one_owner_at_most(string reference)
    {
        var rules = RuleCatalog.Create().OfType<ReferenceFamily>().Single().Rules;
        var node = DocumentReader.Read(new SourceText("a.yaml", reference))[0].Root;
        var owned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var edge in Enum.GetValues<ReferenceEdge>())
        {
            foreach (var reason in Enum.GetValues<ReferenceReason>())
            {
                foreach (var status in new[] { ReferenceStatus.Unresolved, ReferenceStatus.Partial, ReferenceStatus.Ambiguous })
                {
                    var found = Case(node, edge, reason, status);
                    var owners = rules.Where(r => r.SeverityOf(found) is not null).Select(static r => r.Finds.Id).ToList();
                    Assert.True(owners.Count <= 1, $"{edge} {reason} {status}: {string.Join(", ", owners)}");
                    owned.UnionWith(owners);
                }
            }
        }

        Assert.True(owned.Count >= 13, $"only {owned.Count} rules own anything");
    }

    private static ReferenceCase Case(Node node, ReferenceEdge edge, ReferenceReason reason, ReferenceStatus status)
    {
        var outcome = new ReferenceOutcome { ControlPlane = new ControlPlane(), Status = status, Reason = reason, Effect = ReferenceEffect.RuleAnswers500 };
        var reference = new Reference
        {
            Edge = edge,
            FromKind = "MeshHTTPRoute",
            FromMesh = "default",
            FromNamespace = "",
            FromName = "to-cart",
            From = null,
            FromDataplane = null,
            Node = node,
            Target = BackendRef.Read(node),
            Path = "",
            Outcomes = [outcome],
        };
        return new ReferenceCase(reference, outcome);
    }
}
