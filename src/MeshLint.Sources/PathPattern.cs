namespace MeshLint.Sources;

/// <summary>A folder, a file or a glob as the configuration writes it, relative to the root.</summary>
/// <remarks>
/// <c>*</c> and <c>?</c> stay inside one segment, <c>**</c> spans any number of them, <c>[abc]</c> and <c>{a,b}</c> are literal characters.
/// A pattern matches a path when it matches the path itself or one of its folders; the empty pattern (or ".") matches everything.
/// Time is bounded by the product of the lengths, whatever the pattern.
/// </remarks>
public sealed class PathPattern
{
    private readonly string[] segments;

    public PathPattern(string text)
    {
        Text = text;
        segments = [.. text.Replace('\\', '/').Split('/').Where(s => s is not ("" or "."))];
        HasWildcards = !Array.TrueForAll(segments, IsLiteral);
    }

    private PathPattern(string[] path)
    {
        Text = string.Join('/', path);
        segments = path;
    }

    /// <summary>The pattern that matches one path and what lies below it, whatever characters it has.</summary>
    public static PathPattern Literal(string path) => new(path.Split('/'));

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Whether any of its characters stands for others.</summary>
    public bool HasWildcards { get; }

    /// <summary>Whether it matches every path.</summary>
    internal bool IsEverything => segments.Length == 0;

    /// <summary>The pattern without empty segments and single dots.</summary>
    internal string Normal => string.Join('/', segments);

    /// <summary>Whether it matches the path or a folder above it.</summary>
    public bool Matches(string path) => Matches(path.Split('/'));

    /// <summary>As above, for a path that is already split.</summary>
    internal bool Matches(string[] path) => segments.Length == 0 || MatchSegments(segments, path);

    /// <summary>What <see cref="CompareSpecificity"/> compares, greatest first: literal segments, segments, literal characters.</summary>
    internal (int Literals, int Segments, int Characters) Specificity =>
        (segments.Count(IsLiteral), segments.Count(static s => s != "**"), segments.Sum(static s => s.Count(static c => c is not ('*' or '?'))));

    /// <summary>
    /// The more specific pattern is the smaller one: more literal segments, then more segments, then more literal characters.
    /// </summary>
    public int CompareSpecificity(PathPattern other)
    {
        return other.Specificity.CompareTo(Specificity);
    }

    private static bool IsLiteral(string segment) => !segment.AsSpan().ContainsAny('*', '?');

    // reachable[j]: the pattern's segments so far match the first j segments of the path.
    private static bool MatchSegments(string[] pattern, string[] path)
    {
        var reachable = new bool[path.Length + 1];
        reachable[0] = true;
        foreach (var segment in pattern)
        {
            var next = new bool[path.Length + 1];
            if (segment == "**")
            {
                var any = false;
                for (var j = 0; j <= path.Length; j++)
                    next[j] = any |= reachable[j];
            }
            else
            {
                for (var j = 0; j < path.Length; j++)
                    next[j + 1] = reachable[j] && MatchSegment(segment, path[j]);
            }

            reachable = next;
        }

        // Matching a folder matches what is in it; "." aside, something must have been consumed.
        for (var j = 1; j < reachable.Length; j++)
        {
            if (reachable[j])
                return true;
        }

        return false;
    }

    /// <summary>Matches one segment against a pattern with '*' and '?'.</summary>
    internal static bool MatchSegment(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
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

    public override string ToString() => Text;
}
