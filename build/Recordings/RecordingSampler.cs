using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MeshLint.Build.Recordings;

/// <summary>
/// Chooses lines of a recording: in turns from every stratum, within one in the order of the hash of their group's key, so that the choice depends
/// on the lines alone and a line that is added or dropped moves few others.
/// </summary>
internal static class RecordingSampler
{
    /// <summary>The chosen lines in the order of the recording.</summary>
    public static List<string> Choose(RecordingKind kind, string version, IReadOnlyList<string> lines)
    {
        var groups = new Dictionary<string, (string Stratum, List<int> Lines)>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            using var json = JsonDocument.Parse(lines[i]);
            if (kind.Skip(version, json.RootElement))
                continue;
            var key = kind.Group(json.RootElement);
            if (!groups.TryGetValue(key, out var group))
                groups.Add(key, group = (kind.Stratum(json.RootElement), []));
            group.Lines.Add(i);
        }

        var strata = groups.GroupBy(g => g.Value.Stratum, StringComparer.Ordinal)
            .Select(s => (Order: Hash(s.Key), Groups: new Queue<List<int>>(s.OrderBy(g => Hash(g.Key), StringComparer.Ordinal).Select(g => g.Value.Lines))))
            .OrderBy(s => s.Order, StringComparer.Ordinal)
            .ToList();
        var chosen = new List<int>();
        while (strata.Exists(s => s.Groups.Count > 0))
        {
            foreach (var (_, queue) in strata)
            {
                if (queue.TryPeek(out var group) && chosen.Count + group.Count <= kind.Lines)
                    chosen.AddRange(queue.Dequeue());
                else
                    queue.Clear();
            }
        }

        chosen.Sort();
        return chosen.ConvertAll(i => lines[i]);
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
