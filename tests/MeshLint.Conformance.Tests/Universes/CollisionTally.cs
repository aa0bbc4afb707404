namespace MeshLint.Conformance.Tests.Universes;

/// <summary>Hostname collisions of one kind in one place whose winner hangs on arrival: who takes part is compared exactly, who wins is only counted.</summary>
internal sealed class CollisionTally
{
    private readonly Dictionary<string, (int Expected, int Actual)> losers = new(StringComparer.Ordinal);
    private readonly List<(string Subject, bool Expected, bool Actual)> winners = [];

    public void Add(string generator, string hostname, bool expectedLoser, bool actualLoser, string subject)
    {
        _ = generator;
        var (expected, actual) = losers.GetValueOrDefault(hostname);
        losers[hostname] = (expected + (expectedLoser ? 1 : 0), actual + (actualLoser ? 1 : 0));
        winners.Add(($"{subject} {generator} {hostname}", expectedLoser, actualLoser));
    }

    public void Report(Tally tally, string subject)
    {
        foreach (var (hostname, (expected, actual)) in losers)
            tally.Compare("Collision participants", $"{subject} {hostname}", $"{expected} losers", $"{actual} losers");
        foreach (var (who, expected, actual) in winners)
            tally.Compare("(Collision winners, undecided)", who, expected ? "loses" : "wins", actual ? "loses" : "wins");
    }
}
