using System.Collections.Frozen;
using MeshLint.Core.Diagnostics;
using MeshLint.Core.Sources;

namespace MeshLint.Core.Rules;

/// <summary>The one list of everything that MeshLint can report.</summary>
public static partial class RuleCatalog
{
    private static readonly Lazy<FrozenDictionary<string, DiagnosticDescriptor>> ByName = new(() =>
        Descriptors.SelectMany(d => new[] { (Name: d.Id, Descriptor: d), (Name: d.Slug, Descriptor: d) })
            .ToFrozenDictionary(p => p.Name, p => p.Descriptor, StringComparer.OrdinalIgnoreCase));

    private static readonly Lazy<ImmutableArray<DiagnosticDescriptor>> All = new(() =>
    [
        .. Create().SelectMany(r => r.Descriptors)
            .Concat(ReadingDiagnostics.All)
            .Append(RuleRunner.InternalError)
            .OrderBy(d => d.Id, StringComparer.Ordinal),
    ]);

    /// <summary>Every descriptor, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Descriptors => All.Value;

    /// <summary>The descriptor of that id or slug, or null.</summary>
    public static DiagnosticDescriptor? Find(string idOrSlug) => ByName.Value.GetValueOrDefault(idOrSlug);
}
