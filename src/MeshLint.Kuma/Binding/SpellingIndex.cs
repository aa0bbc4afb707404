using MeshLint.Kuma.Topology;
using System.Runtime.InteropServices;

namespace MeshLint.Kuma.Binding;

/// <summary>Finds the known word that a misspelled one most likely stands for, without comparing it with every known word.</summary>
/// <remarks>
/// Words that come out equal after dropping at most one letter each are compared; that finds every insertion, deletion, substitution
/// and transposition, whatever the case. Hash collisions cost a comparison, no more.
/// </remarks>
internal sealed class SpellingIndex
{
    private const ulong Basis = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    private readonly Dictionary<ulong, List<(string Scope, string Word)>> variants = [];
    private readonly HashSet<(string Scope, string Word)> known = [];

    /// <summary>Makes a word known among those of its scope.</summary>
    public void Add(string scope, string word)
    {
        if (word.Length is 0 or > 128 || !known.Add((scope, word)))
            return;
        for (var skip = -1; skip < word.Length; skip++)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(variants, Hash(scope, word, skip), out _);
            list ??= new List<(string, string)>(1);
            if (list.Count == 0 || list[^1] != (scope, word))
                list.Add((scope, word));
        }
    }

    /// <summary>The closest known word of the scope, or null.</summary>
    public string? Find(string scope, string word)
    {
        if (word.Length is 0 or > 128)
            return null;
        var candidates = new HashSet<string>(StringComparer.Ordinal);
        for (var skip = -1; skip < word.Length; skip++)
        {
            if (!variants.TryGetValue(Hash(scope, word, skip), out var list))
                continue;
            foreach (var entry in list)
            {
                if (entry.Scope == scope)
                    candidates.Add(entry.Word);
            }
        }

        return NearMiss.Find(word, candidates);
    }

    private static ulong Hash(string scope, string word, int skip)
    {
        var hash = Basis;
        foreach (var c in scope)
            hash = (hash ^ c) * Prime;
        hash = (hash ^ 0xFFFF) * Prime;
        for (var i = 0; i < word.Length; i++)
        {
            if (i != skip)
                hash = (hash ^ char.ToLowerInvariant(word[i])) * Prime;
        }

        return hash;
    }
}
