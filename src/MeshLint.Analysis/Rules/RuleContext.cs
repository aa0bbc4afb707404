using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules;

/// <summary>What one rule sees, and where it leaves its findings.</summary>
/// <remarks>The compilation is shared and immutable; the list of findings belongs to one rule.</remarks>
public sealed class RuleContext(IRuleInput compilation)
{
    private readonly List<Finding> findings = [];

    /// <summary>Every stage's value.</summary>
    public IRuleInput Compilation { get; } = compilation;

    public KumaVersion Version => Compilation.Options.Version;

    public MeshLintOptions Options => Compilation.Options;

    internal IReadOnlyList<Finding> Findings => findings;

    /// <summary>Begins a finding; it is dropped where the descriptor does not apply to the version or the user switched it off.</summary>
    public Finding Report(DiagnosticDescriptor descriptor, Location location, string message)
    {
        var finding = new Finding(descriptor, location, message);
        if (descriptor.AppliesTo(Version) && !Options.IsOff(descriptor))
            findings.Add(finding);
        return finding;
    }
}
