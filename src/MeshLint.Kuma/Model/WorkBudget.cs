namespace MeshLint.Kuma.Model;

/// <summary>Bounds how much one control plane's selections may find together, so that n selectors of n things do not cost n².</summary>
/// <remarks>
/// Lists of up to <see cref="Short"/> things are free: they grow with the number of selectors. Longer ones are counted each time they are
/// asked for, because whoever asks goes through them; once the budget is used up they are cut, and the graph says so
/// (<c>Bindings.Limits</c>). Used by one thread while the graph is built, so that the same lists are cut in every run.
/// </remarks>
/// <param name="things">How many things there are to find.</param>
/// <param name="start">What may be found in any case.</param>
internal sealed class WorkBudget(int things, int start = WorkBudget.Base)
{
    /// <summary>Length that every list may have.</summary>
    public const int Short = 64;

    /// <summary>What any control plane may find: 200,000 entries, a few seconds and some hundred megabytes at the most.</summary>
    public const int Base = 200_000;

    private long left = start + ((long)Short * things);
    private bool isFrozen;

    /// <summary>How many lists were cut.</summary>
    public int CutLists { get; private set; }

    /// <summary>How many times a cut list was given out: who compares it before and after knows whether an answer rests on one.</summary>
    public long Cuts { get; set; }

    /// <summary>How long a list of a length may be.</summary>
    public int Take(int length)
    {
        if (length <= Short)
            return length;
        if (isFrozen && CutLists == 0)
            return length;
        if (isFrozen || length > left)
        {
            Cuts++;
            CutLists += isFrozen ? 0 : 1;
            return Short;
        }

        left -= length;
        return length;
    }

    /// <summary>Whether a list that has a length may take one thing more.</summary>
    public bool TakeOne(int length)
    {
        if (length < Short)
            return true;
        if (left <= 0)
        {
            CutLists++;
            return false;
        }

        left--;
        return true;
    }

    /// <summary>A list is given out again that may have been cut before: one of that very length where lists are cut.</summary>
    public void Again(int length)
    {
        if (length == Short && CutLists > 0)
            Cuts++;
    }

    /// <summary>Cuts every long list from now on.</summary>
    public void Exhaust()
    {
        if (!isFrozen)
            left = 0;
    }

    /// <summary>The graph is built: what asks later, in whatever order, is treated as the last one before.</summary>
    public void Freeze() => isFrozen = true;

    /// <summary>The list, cut where it must be.</summary>
    public ImmutableArray<T> Take<T>(ImmutableArray<T> list) => Take(list.Length) is var length && length == list.Length ? list : list[..length];
}
