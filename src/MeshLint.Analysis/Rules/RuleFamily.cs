using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules;

/// <summary>Rules that share one walk: the family walks once, its rules decide and speak.</summary>
/// <remarks>
/// A family is a class <c>XFamily</c> that takes an array of <c>XRule</c>; every class that derives from <c>XRule</c> belongs to it
/// (<c>dotnet run --project build -- rules</c> writes the lists into <c>RuleCatalog.g.cs</c>).
/// </remarks>
public abstract class RuleFamily<TRule>(ImmutableArray<TRule> rules) : Rule
    where TRule : FamilyRule
{
    /// <summary>The rules of the family, by name.</summary>
    public ImmutableArray<TRule> Rules => rules;

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = [.. rules.Select(static r => r.Finds)];
}
