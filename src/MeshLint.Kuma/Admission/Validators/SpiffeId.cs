using System.Buffers;

namespace MeshLint.Kuma.Admission.Validators;

/// <summary>SPIFFE IDs as github.com/spiffe/go-spiffe/v2 reads them.</summary>
internal static class SpiffeId
{
    private const string Scheme = "spiffe://";

    private static readonly SearchValues<char> TrustDomainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");
    private static readonly SearchValues<char> SegmentCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    /// <summary>The parser's error, or null where the text is a SPIFFE ID.</summary>
    public static string? Problem(string text)
    {
        if (text.Length == 0)
            return "cannot be empty";
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
            return "scheme is missing or invalid";
        var rest = text.AsSpan(Scheme.Length);
        var slash = rest.IndexOf('/');
        var trustDomain = slash < 0 ? rest : rest[..slash];
        if (trustDomain.ContainsAnyExcept(TrustDomainCharacters))
            return "trust domain characters are limited to lowercase letters, numbers, dots, dashes, and underscores";
        if (trustDomain.Length == 0)
            return "trust domain is missing";
        return slash < 0 ? null : PathProblem(rest[(slash + 1)..]);
    }

    /// <summary>Checks a path without its first slash.</summary>
    private static string? PathProblem(ReadOnlySpan<char> path)
    {
        while (true)
        {
            var slash = path.IndexOf('/');
            var segment = slash < 0 ? path : path[..slash];
            if (segment.ContainsAnyExcept(SegmentCharacters))
                return "path segment characters are limited to letters, numbers, dots, dashes, and underscores";
            if (segment.Length == 0)
                return slash < 0 ? "path cannot have a trailing slash" : "path cannot contain empty segments";
            if (segment is "." or "..")
                return "path cannot contain dot segments";
            if (slash < 0)
                return null;
            path = path[(slash + 1)..];
        }
    }
}
