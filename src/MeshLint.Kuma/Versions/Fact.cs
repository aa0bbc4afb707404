namespace MeshLint.Kuma.Versions;

/// <summary>One row of the table of what differs between Kuma lines, for documentation.</summary>
/// <param name="Name">The property of <see cref="Behaviour"/>.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Meaning">One sentence: what holds in the lines whose value is <c>yes</c>, or what the values say.</param>
/// <param name="Values">The value as text and the line from which on it holds, oldest first.</param>
/// <param name="Source">The file of Kuma that decides it, from the root of its repository.</param>
/// <param name="Note">The section of Kuma's UPGRADE.md or what else tells about the change; empty where Kuma tells nothing.</param>
public sealed record Fact(
    string Name, FactSubject Subject, string Meaning, ImmutableArray<(KumaVersion From, string Value)> Values, string Source, string Note)
{
    /// <summary>Whether the fact is a yes or no.</summary>
    public bool IsYesOrNo => Values.All(static v => v.Value is Yes or No);

    internal const string Yes = "yes";
    internal const string No = "no";
}
