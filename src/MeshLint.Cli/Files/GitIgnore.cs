namespace MeshLint.Cli.Files;

/// <summary>The rules of one <c>.gitignore</c> file (gitignore(5)).</summary>
/// <remarks>
/// Rules without wildcards are looked up, however many there are. Rules with wildcards are compared one by one, each in time bounded by the
/// product of the lengths of pattern and path; of those only the first <see cref="MaxWildcards"/> count.
/// </remarks>
internal sealed class GitIgnore
{
    /// <summary>As many rules with wildcards one path is compared with. Git has no limit; a written file has a few dozen.</summary>
    public const int MaxWildcards = 5_000;

    private readonly List<(int Index, Rule Rule)> wildcards = [];

    /// <summary>The last rule for a name in any folder, and for a path; once for everything and once for folders only.</summary>
    private readonly Dictionary<string, (int Index, bool IsNegated)> names = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (int Index, bool IsNegated)> folderNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Index, bool IsNegated)> paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Index, bool IsNegated)> folderPaths = new(StringComparer.Ordinal);

    private GitIgnore()
    {
    }

    /// <summary>How many rules with wildcards it has and applies.</summary>
    public int Wildcards => wildcards.Count;

    /// <summary>How many rules with wildcards are left out because there are too many.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Reads the rules.</summary>
    /// <param name="text">The file.</param>
    /// <param name="mostWildcards">How many rules with wildcards count.</param>
    public static GitIgnore Parse(string text, int mostWildcards = MaxWildcards)
    {
        var result = new GitIgnore();
        var index = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (Rule.TryParse(line, out var rule))
                result.Add(index++, rule, mostWildcards);
        }

        return result;
    }

    /// <summary>Whether the file says anything about a path, and what: the last rule that matches decides.</summary>
    /// <param name="path">Path relative to the folder of the <c>.gitignore</c>, with '/'.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    /// <returns>True: ignored; false: expressly not ignored; null: nothing is said.</returns>
    public bool? IsIgnored(string path, bool isFolder)
    {
        var last = (Index: -1, IsNegated: false);
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        Look(names, name);
        Look(paths, path);
        if (isFolder)
        {
            Look(folderNames, name);
            Look(folderPaths, path);
        }

        for (var i = wildcards.Count - 1; i >= 0 && wildcards[i].Index > last.Index; i--)
        {
            if (wildcards[i].Rule.Matches(path, isFolder))
                last = (wildcards[i].Index, wildcards[i].Rule.IsNegated);
        }

        return last.Index < 0 ? null : !last.IsNegated;

        void Look(Dictionary<string, (int Index, bool IsNegated)> rules, ReadOnlySpan<char> key)
        {
            if (rules.Count > 0 && rules.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var found)
                && found.Index > last.Index)
                last = found;
        }
    }

    private void Add(int index, Rule rule, int mostWildcards)
    {
        if (rule.Literal is { } literal)
            (rule.IsAnchored ? rule.IsFolderOnly ? folderPaths : paths : rule.IsFolderOnly ? folderNames : names)[literal] =
                (index, rule.IsNegated);
        else if (wildcards.Count < mostWildcards)
            wildcards.Add((index, rule));
        else
            LeftOut++;
    }

    private sealed class Rule(string[] segments, bool isAnchored, bool isFolderOnly, bool isNegated)
    {
        public bool IsNegated => isNegated;

        public bool IsAnchored => isAnchored;

        public bool IsFolderOnly => isFolderOnly;

        /// <summary>The name or path that it means, where no character stands for others; else null.</summary>
        public string? Literal =>
            Array.TrueForAll(segments, static s => !s.AsSpan().ContainsAny("*?[\\")) ? string.Join('/', segments) : null;

        public static bool TryParse(ReadOnlySpan<char> line, out Rule rule)
        {
            rule = new Rule([], false, false, false);
            // Trailing blanks do not count unless a backslash protects them.
            while (line.Length > 0 && line[^1] is ' ' or '\t' && !(line.Length > 1 && line[^2] == '\\'))
                line = line[..^1];
            if (line.IsEmpty || line[0] == '#')
                return false;
            var negated = line[0] == '!';
            if (negated)
                line = line[1..];
            var folderOnly = line.EndsWith("/");
            if (folderOnly)
                line = line.TrimEnd('/');
            if (line.IsEmpty)
                return false;
            // A slash at the beginning or in the middle ties the pattern to the folder of the file.
            var anchored = line.Contains('/');
            var segments = line.TrimStart('/').ToString().Split('/');
            rule = new Rule(segments, anchored, folderOnly, negated);
            return true;
        }

        public bool Matches(string path, bool isFolder)
        {
            if (isFolderOnly && !isFolder)
                return false;
            if (!isAnchored)
                return Glob.Matches(segments[0], path.AsSpan(path.LastIndexOf('/') + 1));
            var parts = path.Split('/');
            var reachable = new bool[parts.Length + 1];
            reachable[0] = true;
            for (var s = 0; s < segments.Length; s++)
            {
                var next = new bool[parts.Length + 1];
                if (segments[s] == "**")
                {
                    // In front or in the middle it stands for no folder or more, at the end for at least one name.
                    var any = false;
                    for (var j = 0; j <= parts.Length; j++)
                    {
                        var before = any;
                        any |= reachable[j];
                        next[j] = s == segments.Length - 1 ? before : any;
                    }
                }
                else
                {
                    for (var j = 0; j < parts.Length; j++)
                        next[j + 1] = reachable[j] && Glob.Matches(segments[s], parts[j]);
                }

                reachable = next;
            }

            return reachable[parts.Length];
        }
    }
}

/// <summary>Shell patterns within one name: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>, backslash escapes.</summary>
internal static class Glob
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = t;
                continue;
            }

            if (p < pattern.Length && MatchesOne(pattern, p, text[t], out var next))
            {
                p = next;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, int at, char c, out int next)
    {
        next = at + 1;
        switch (pattern[at])
        {
            case '?':
                return true;
            case '\\' when at + 1 < pattern.Length:
                next = at + 2;
                return pattern[at + 1] == c;
            case '[':
                return MatchesClass(pattern, at, c, out next);
            default:
                return pattern[at] == c;
        }
    }

    private static bool MatchesClass(ReadOnlySpan<char> pattern, int at, char c, out int next)
    {
        var i = at + 1;
        var negated = i < pattern.Length && pattern[i] is '!' or '^';
        if (negated)
            i++;
        var found = false;
        for (var first = true; i < pattern.Length && (first || pattern[i] != ']'); first = false)
        {
            var low = Character(pattern, ref i);
            var high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                i++;
                high = Character(pattern, ref i);
            }

            found |= c >= low && c <= high;
        }

        if (i >= pattern.Length)
        {
            // No closing bracket: such a pattern matches nothing.
            next = pattern.Length;
            return false;
        }

        next = i + 1;
        return found != negated;
    }

    private static char Character(ReadOnlySpan<char> pattern, ref int i)
    {
        if (pattern[i] == '\\' && i + 1 < pattern.Length)
            i++;
        return pattern[i++];
    }
}
