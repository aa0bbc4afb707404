namespace MeshLint.Yaml;

/// <summary>Counts the steps of go-yaml's decoder and holds its limit: how large a part of them may come from aliases.</summary>
internal sealed class YamlSteps
{
    private const int SmallDocument = 400_000;
    private const int LargeDocument = 4_000_000;
    private const double SmallRatio = 0.99;
    private const double LargeRatio = 0.10;

    private int fromAliases;

    /// <summary>All steps so far; the document is the first one.</summary>
    public int All { get; private set; } = 1;

    /// <summary>Counts steps outside of aliases; false where the limit is passed.</summary>
    public bool Take(int count)
    {
        All += count;
        return IsAllowed();
    }

    /// <summary>Counts the steps of an alias's target; false where the limit is passed.</summary>
    public bool TakeAlias(int count)
    {
        All = (int)Math.Min((long)All + count, int.MaxValue / 2);
        fromAliases = (int)Math.Min((long)fromAliases + count, int.MaxValue / 2);
        return IsAllowed();
    }

    private bool IsAllowed()
    {
        if (fromAliases <= 100 || All <= 1000)
            return true;
        var part = (double)(All - SmallDocument) / (LargeDocument - SmallDocument);
        return (double)fromAliases / All <= SmallRatio - ((SmallRatio - LargeRatio) * Math.Clamp(part, 0, 1));
    }
}
