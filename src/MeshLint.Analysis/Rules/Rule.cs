using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules;

/// <summary>Looks for one kind of mistake, or for a family that shares one reading of the graph.</summary>
/// <remarks>
/// One file per rule, named after what it objects to. Stateless and thread-safe: rules run in parallel over one immutable
/// <see cref="RuleContext"/>. A rule that throws becomes one internal diagnostic; the others still run.
/// <c>dotnet run --project build -- rules</c> lists every rule in <c>RuleCatalog.g.cs</c>, so that none is found by reflection.
/// </remarks>
public abstract class Rule
{
    /// <summary>What it can report.</summary>
    public abstract ImmutableArray<DiagnosticDescriptor> Descriptors { get; }

    /// <summary>Reports every finding. Findings of descriptors that do not apply to the version are dropped by the context.</summary>
    public abstract void Analyze(RuleContext context);
}
