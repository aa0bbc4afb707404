using System.Globalization;
using System.Text;
using MeshLint.Core.Schemas;

namespace MeshLint.Build.Schemas;

/// <summary>Collects records and strings, each once, and writes them as <see cref="CatalogueFormat"/> says.</summary>
internal sealed class CatalogueWriter
{
    private readonly List<string> strings = [""];
    private readonly Dictionary<string, int> stringIds = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<byte[]> records = [];
    private readonly Dictionary<string, int> recordIds = new(StringComparer.Ordinal);
    private readonly List<(int Version, CatalogueEntryKind Kind, string Name, int Record)> entries = [];

    public int RecordCount => records.Count;

    public int StringCount => strings.Count;

    public int Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        if (!stringIds.TryGetValue(text, out var id))
        {
            id = strings.Count;
            strings.Add(text);
            stringIds.Add(text, id);
        }

        return id;
    }

    /// <summary>The id of a record with these numbers, new or seen before.</summary>
    public int Record(IEnumerable<int> numbers)
    {
        var bytes = new List<byte>();
        foreach (var number in numbers)
            Append(bytes, number);
        var payload = bytes.ToArray();
        var key = Convert.ToBase64String(payload);
        if (!recordIds.TryGetValue(key, out var id))
        {
            id = records.Count;
            records.Add(payload);
            recordIds.Add(key, id);
        }

        return id;
    }

    public void Entry(int version, CatalogueEntryKind kind, string name, int record) => entries.Add((version, kind, name, record));

    public byte[] Build()
    {
        // Names first, so that the strings are complete when they are written.
        var names = entries.ConvertAll(e => Text(e.Name));
        var bytes = new List<byte>();
        bytes.AddRange(CatalogueFormat.Magic);
        Append(bytes, strings.Count);
        foreach (var text in strings)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            Append(bytes, utf8.Length);
            bytes.AddRange(utf8);
        }

        Append(bytes, records.Count);
        foreach (var record in records)
        {
            Append(bytes, record.Length);
            bytes.AddRange(record);
        }

        Append(bytes, entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            Append(bytes, entries[i].Version);
            Append(bytes, (int)entries[i].Kind);
            Append(bytes, names[i]);
            Append(bytes, entries[i].Record);
        }

        return [.. bytes];
    }

    private static void Append(List<byte> bytes, int number)
    {
        if (number < 0)
            throw new ArgumentOutOfRangeException(nameof(number), number.ToString(CultureInfo.InvariantCulture));
        var rest = (uint)number;
        while (rest >= 0x80)
        {
            bytes.Add((byte)(rest | 0x80));
            rest >>= 7;
        }

        bytes.Add((byte)rest);
    }
}
