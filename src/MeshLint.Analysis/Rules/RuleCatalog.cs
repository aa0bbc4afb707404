using MeshLint.Sources.Reading;
using System.Collections.Frozen;
using MeshLint.Diagnostics;
using MeshLint.Sources;

namespace MeshLint.Analysis.Rules;

/// <summary>The one list of everything that MeshLint can report.</summary>
public static partial class RuleCatalog
{
    private static readonly Lazy<FrozenDictionary<string, DiagnosticDescriptor>> ByName = new(() =>
        Descriptors.SelectMany(static d => d.Names.Select(n => (Name: n, Descriptor: d)))
            .ToFrozenDictionary(static p => p.Name, static p => p.Descriptor, StringComparer.OrdinalIgnoreCase));

    private static readonly Lazy<ImmutableArray<DiagnosticDescriptor>> All = new(() =>
    [
        .. Create().SelectMany(r => r.Descriptors)
            .Concat(ReadingDiagnostics.All)
            .Append(RuleRunner.InternalError)
            .OrderBy(d => d.Id, StringComparer.Ordinal),
    ]);

    /// <summary>Every descriptor, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Descriptors => All.Value;

    /// <summary>Every name by which a rule may be called: ids, slugs, former slugs.</summary>
    public static IEnumerable<string> Names => Descriptors.SelectMany(static d => d.Names);

    /// <summary>The descriptor of that id, slug or former slug, or null.</summary>
    public static DiagnosticDescriptor? Find(string idOrSlug) => ByName.Value.GetValueOrDefault(idOrSlug);
}
