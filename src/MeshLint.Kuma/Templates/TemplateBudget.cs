using System.Globalization;

namespace MeshLint.Kuma.Templates;

/// <summary>
/// What one run of a template may cost. A control plane has no such limits; they keep a hostile template from eating the process.
/// </summary>
/// <remarks>
/// The results that Kuma takes are short: a hostname has at most 253 characters, a port five digits, a SPIFFE ID 2,048 bytes. The limits
/// leave
/// forty times as many steps as such a result has characters. What stays within them is answered as Go answers it; what exceeds one is not
/// answered at all, and says so.
/// </remarks>
internal sealed class TemplateBudget
{
    /// <summary>Longest template, in UTF-16 units.</summary>
    public const int MaxLength = 1 << 16;

    /// <summary>Actions, commands, arguments and iterations.</summary>
    public const int MaxSteps = 10_000;

    /// <summary>Longest value or result, in UTF-16 units.</summary>
    public const int MaxText = 1 << 16;

    /// <summary>All values together that functions read and make, in UTF-16 units.</summary>
    public const int MaxAllText = 1 << 20;

    /// <summary>Lists, pipelines and templates within one another. A level takes up to a kilobyte of the stack.</summary>
    public const int MaxNesting = 1_000;

    private int steps;
    private int text;
    private int nesting;

    /// <summary>Steps that were taken so far.</summary>
    public int Steps => steps;

    /// <summary>Which limit is exceeded: the end of a sentence that begins with "the template"; null while none is.</summary>
    public string? Excess { get; private set; }

    /// <summary>The excess of a template that is not even parsed.</summary>
    public static string TooLong { get; } = Say("is longer than", MaxLength, "characters");

    /// <summary>Takes steps; false where none are left.</summary>
    public bool Step(int count = 1)
    {
        steps += Math.Min(count, MaxSteps + 1);
        if (steps > MaxSteps)
            Excess ??= Say("takes more than", MaxSteps, "steps");
        return Excess is null;
    }

    /// <summary>Accounts for a value that was read or made.</summary>
    public bool Take(object? value)
    {
        if (value is string single)
            Take(single.Length);
        else if (value is GoTemplateData { IsMap: true } map && Step(map.Fields.Count))
            Take(map.Fields.Sum(static f => f.Key.Length + f.Value.Length));
        return Excess is null;
    }

    /// <summary>Whether a text may have a length.</summary>
    public bool Fits(int length)
    {
        if (length > MaxText)
            Excess ??= Say("produces a text of more than", MaxText, "characters");
        return Excess is null;
    }

    private void Take(int length)
    {
        Fits(length);
        text += Math.Min(length, MaxAllText);
        if (text > MaxAllText)
            Excess ??= Say("produces more than", MaxAllText, "characters of text on the way");
    }

    /// <summary>Goes one level down; every call is followed by <see cref="Leave"/>.</summary>
    public bool Enter()
    {
        if (++nesting > MaxNesting)
            Excess ??= Say("nests deeper than", MaxNesting, "levels");
        return Excess is null;
    }

    public void Leave() => nesting--;

    private static string Say(string what, int limit, string unit) => $"{what} {limit.ToString("N0", CultureInfo.InvariantCulture)} {unit}";
}
