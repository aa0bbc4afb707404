using MeshLint.Yaml;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MeshLint.Output.Emit;

/// <summary>Turns names, which may be anything, into file names that are safe on every file system and stable.</summary>
internal static class SafePath
{
    private const int MaxLength = 100;

    private static readonly FrozenSet<string> DeviceNames = new[]
    {
        "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// A Kubernetes name stays as it is. Anything else (upper case, foreign characters, device names, over 100 characters) is
    /// cut down to safe characters and gets <c>~</c> and a hash of the whole name, so that two names never share a file.
    /// </summary>
    public static string Segment(string name)
    {
        if (IsSafe(name))
            return name;
        var output = new StringBuilder();
        foreach (var c in name)
        {
            if (output.Length >= MaxLength - 20)
                break;
            var lower = char.ToLowerInvariant(c);
            if (lower is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                output.Append(lower);
            else if (output.Length > 0 && output[^1] != '-')
                output.Append('-');
        }

        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ b) * 1099511628211UL;
        return $"{output}~{hash.ToString("x16", CultureInfo.InvariantCulture)}";
    }

    private static bool IsSafe(string name)
    {
        if (name.Length is 0 or > MaxLength || !IsAlphanumeric(name[0]) || !IsAlphanumeric(name[^1]))
            return false;
        foreach (var c in name)
        {
            if (!IsAlphanumeric(c) && c is not ('-' or '.' or '_'))
                return false;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return !DeviceNames.Contains(dot < 0 ? name : name[..dot]);
    }

    private static bool IsAlphanumeric(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9');
}
