using System.Runtime.CompilerServices;

namespace MeshLint.Kuma.Versions;

/// <summary>Gives each fact its value in one Kuma line while <see cref="Behaviour"/> is made; keeps the rows for documentation.</summary>
public sealed class FactTable
{
    private readonly KumaVersion version;
    private readonly List<Fact>? rows;

    internal FactTable(KumaVersion version, List<Fact>? rows = null)
    {
        this.version = version;
        this.rows = rows;
    }

    /// <summary>Every fact, grouped by subject, in the order of declaration.</summary>
    public static ImmutableArray<Fact> Rows => AllRows.Value;

    private static readonly Lazy<ImmutableArray<Fact>> AllRows = new(static () =>
    {
        var rows = new List<Fact>();
        _ = new Behaviour(new FactTable(KumaVersions.Default, rows));
        return [.. rows.OrderBy(static r => r.Subject)];
    });

    /// <summary>States a fact: its meaning, its value in every line, the file of Kuma that decides it, Kuma's note about it.</summary>
    internal T Add<T>(
        FactSubject subject, string meaning, Ranges<T> values, string source, string note = "", [CallerMemberName] string name = "")
        where T : notnull
    {
        rows?.Add(new Fact(name, subject, meaning, [.. values.Entries.Select(static e => (e.From, Text(e.Value)))], source, note));
        return values.In(version);
    }

    private static string Text<T>(T value)
        where T : notnull => value switch
    {
        true => Fact.Yes,
        false => Fact.No,
        _ => value.ToString() ?? "",
    };
}
