using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Versions;

namespace MeshLint.Cli.Commands;

/// <summary>Puts the findings for several Kuma lines together: one finding that says for which of them it holds.</summary>
internal static class VersionMerge
{
    public static ImmutableArray<Diagnostic> Merge(ImmutableArray<Compilation> compilations)
    {
        // The first of equal findings stands for all: notes may name the version they were written for.
        var merged = new Dictionary<Key, (Diagnostic Diagnostic, List<KumaVersion> Versions)>();
        foreach (var compilation in compilations)
        {
            foreach (var diagnostic in compilation.Diagnostics)
            {
                var key =
                    new Key(diagnostic.Descriptor.Id, diagnostic.Severity, diagnostic.Location, diagnostic.Message, diagnostic.Admission);
                if (!merged.TryGetValue(key, out var entry))
                    merged[key] = entry = (diagnostic, []);
                entry.Versions.Add(compilation.Version);
            }
        }

        return [.. merged.Values.Select(e => e.Diagnostic with { Versions = [.. e.Versions] })];
    }

    private readonly record struct Key(string Id, Severity Severity, Location Location, string Message, AdmissionRefusal? Admission);
}
