using System.Globalization;
using System.Text;
using MeshLint.Kuma.Schemas;

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

    /// <summary>A writer that holds what a catalogue holds, under the same ids, so that what is added comes behind it.</summary>
    public static CatalogueWriter Load(byte[] catalogue)
    {
        var writer = new CatalogueWriter();
        var position = CatalogueFormat.Magic.Length;
        for (var count = Number(catalogue, ref position); count > 0; count--)
            writer.Text(Encoding.UTF8.GetString(Bytes(catalogue, ref position)));
        for (var count = Number(catalogue, ref position); count > 0; count--)
        {
            var record = Bytes(catalogue, ref position);
            writer.recordIds.Add(Convert.ToBase64String(record), writer.records.Count);
            writer.records.Add(record);
        }

        for (var count = Number(catalogue, ref position); count > 0; count--)
        {
            var version = Number(catalogue, ref position);
            var kind = (CatalogueEntryKind)Number(catalogue, ref position);
            var name = writer.strings[Number(catalogue, ref position)];
            writer.Entry(version, kind, name, Number(catalogue, ref position));
        }

        return writer;
    }

    /// <summary>Whether there is an entry of a Kuma line.</summary>
    public bool HasLine(int version) => entries.Exists(e => e.Version == version);

    /// <summary>Takes away the entries of a Kuma line, to be written again.</summary>
    public void RemoveLine(int version) => entries.RemoveAll(e => e.Version == version);

    /// <summary>Whether this writer holds all that another holds, under the same ids, for the lines that the other has.</summary>
    public bool Extends(CatalogueWriter other) =>
        strings.Take(other.strings.Count).SequenceEqual(other.strings, StringComparer.Ordinal)
        && records.Count >= other.records.Count
        && other.records.Index().All(r => records[r.Index].AsSpan().SequenceEqual(r.Item))
        && entries.Where(e => other.HasLine(e.Version)).OrderBy(static e => e.Version).SequenceEqual(other.entries);

    public byte[] Build()
    {
        // By line, whichever was read first; names first, so that the strings are complete when they are written.
        var ordered = entries.OrderBy(static e => e.Version).ToList();
        var names = ordered.ConvertAll(e => Text(e.Name));
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

        Append(bytes, ordered.Count);
        for (var i = 0; i < ordered.Count; i++)
        {
            Append(bytes, ordered[i].Version);
            Append(bytes, (int)ordered[i].Kind);
            Append(bytes, names[i]);
            Append(bytes, ordered[i].Record);
        }

        return [.. bytes];
    }

    private static byte[] Bytes(byte[] catalogue, ref int position)
    {
        var length = Number(catalogue, ref position);
        position += length;
        return catalogue[(position - length)..position];
    }

    private static int Number(byte[] catalogue, ref int position)
    {
        var result = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = catalogue[position++];
            result |= (part & 0x7F) << shift;
            if (part < 0x80)
                return result;
        }
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
