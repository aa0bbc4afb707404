namespace MeshLint.Build;

/// <summary>What a new rule of a family looks like.</summary>
/// <param name="Base">The base class of the family's rules.</param>
/// <param name="Usings">The namespaces that its file needs.</param>
/// <param name="Method">The method in which it decides.</param>
internal sealed record RuleFamilyTemplate(string Base, string Usings, string Method)
{
    private const string Rules = "using MeshLint.Analysis.Rules.";

    /// <summary>The families, by the name that <c>new-rule --family</c> takes.</summary>
    public static SortedDictionary<string, RuleFamilyTemplate> All { get; } = new(StringComparer.Ordinal)
    {
        ["kubernetes"] = new(
            "KubernetesRule",
            $"{Rules}Kubernetes;\nusing MeshLint.Kuma.Kubernetes;\n\n",
            "public override EventReport? Look(KubernetesScene scene, KubernetesEvent item)"),
        ["reference"] = new(
            "ReferenceRule",
            $"{Rules}References;\n\n",
            "public override Severity? SeverityOf(in ReferenceCase found)"),
        ["multi-zone"] = new(
            "MultiZoneRule",
            $"{Rules}References;\n\n",
            "public override void Check(RuleContext context, MultiZoneService service)"),
    };
}
