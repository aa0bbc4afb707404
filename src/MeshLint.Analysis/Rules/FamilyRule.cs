using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules;

/// <summary>One id of a family: when it speaks, and its words. Its <see cref="RuleFamily{TRule}"/> walks the graph and asks it.</summary>
/// <remarks>Stateless and thread-safe, one file an id, as every <see cref="Rule"/>.</remarks>
public abstract class FamilyRule
{
    /// <summary>The one id that it reports.</summary>
    public abstract DiagnosticDescriptor Finds { get; }
}
