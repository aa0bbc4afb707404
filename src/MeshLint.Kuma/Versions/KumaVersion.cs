namespace MeshLint.Kuma.Versions;

/// <summary>A Kuma minor release line; the latest patch of it is meant. Ordered by release.</summary>
/// <remarks>V3_0 is Kuma master at 348b6528bc (before the 3.0.0 tag).</remarks>
public enum KumaVersion
{
    V2_9 = 209,
    V2_10 = 210,
    V2_11 = 211,
    V2_12 = 212,
    V2_13 = 213,
    V2_14 = 214,
    V3_0 = 300,
}

/// <summary>Parsing and printing of <see cref="KumaVersion"/>.</summary>
public static class KumaVersions
{
    /// <summary>Assumed where nobody says which release the control planes run.</summary>
    public const KumaVersion Default = KumaVersion.V2_14;

    /// <summary>Every line that MeshLint knows, oldest first.</summary>
    public static ImmutableArray<KumaVersion> All { get; } =
        [KumaVersion.V2_9, KumaVersion.V2_10, KumaVersion.V2_11, KumaVersion.V2_12, KumaVersion.V2_13, KumaVersion.V2_14, KumaVersion.V3_0];

    /// <summary>The name users write: <c>2.14</c>.</summary>
    public static string Text(this KumaVersion version) => version switch
    {
        KumaVersion.V2_9 => "2.9",
        KumaVersion.V2_10 => "2.10",
        KumaVersion.V2_11 => "2.11",
        KumaVersion.V2_12 => "2.12",
        KumaVersion.V2_13 => "2.13",
        KumaVersion.V2_14 => "2.14",
        KumaVersion.V3_0 => "3.0",
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "not a Kuma version MeshLint knows"),
    };

    /// <summary>The position in <see cref="All"/>.</summary>
    public static int Index(this KumaVersion version)
    {
        for (var i = 0; i < All.Length; i++)
        {
            if (All[i] == version)
                return i;
        }

        throw new ArgumentOutOfRangeException(nameof(version), version, "not a Kuma version MeshLint knows");
    }

    extension(KumaVersion version)
    {
        /// <summary>What the line does where lines differ.</summary>
        public Behaviour Behaviour => Behaviour.For(version);
    }

    /// <summary>Whether the line is one of 2.x.</summary>
    public static bool IsTwo(this KumaVersion version) => version < KumaVersion.V3_0;

    /// <summary>Reads <c>2.14</c>, <c>v2.14</c> or <c>2.14.3</c>; false for a line that MeshLint does not know.</summary>
    public static bool TryParse(string? text, out KumaVersion version)
    {
        version = Default;
        if (text is null)
            return false;
        var parts = text.TrimStart('v').Split('.');
        if (parts.Length is < 2 or > 3 || (parts.Length == 3 && !parts[2].All(char.IsAsciiDigit)))
            return false;
        foreach (var known in All)
        {
            if (known.Text() == $"{parts[0]}.{parts[1]}")
            {
                version = known;
                return true;
            }
        }

        return false;
    }
}
