using System.Text;

namespace MeshLint.Fuzz;

/// <summary>Changes texts: as YAML (values, keys, lines, subtrees, nesting) and as characters.</summary>
internal sealed class Mutator(Corpus corpus)
{
    private const int MaxLength = 20_000;

    /// <summary>A document of the corpus, or a hostile one, changed a few times.</summary>
    public string Document(Dice dice)
    {
        var text = dice.OneIn(12) ? dice.Pick(HostileText.Documents) : dice.Pick(corpus.Documents);
        return Mutate(text, dice, dice.Next(5));
    }

    /// <summary>Changes a text a number of times.</summary>
    public string Mutate(string text, Dice dice, int times)
    {
        for (var i = 0; i < times && text.Length < MaxLength; i++)
            text = dice.OneIn(4) ? Characters(text, dice) : Structure(text, dice);
        return text;
    }

    /// <summary>A value as it could stand in a document: plain, quoted, tagged, or whatever another document has.</summary>
    public string Value(Dice dice)
    {
        var raw = dice.OneIn(3) ? dice.Pick(corpus.Values) : dice.Pick(HostileText.Values);
        return dice.Next(6) switch
        {
            0 => "'" + raw.Replace("'", "''", StringComparison.Ordinal) + "'",
            1 or 2 => Quoted(raw),
            3 when dice.OneIn(4) => dice.Pick(["!!str ", "!!int ", "!!binary ", "!!null ", "&x ", "! ", "!x "]) + raw,
            _ => raw,
        };
    }

    /// <summary>A text made of hostile values and what stands between them.</summary>
    public string Soup(Dice dice)
    {
        var text = new StringBuilder();
        for (var i = dice.Next(6); i >= 0; i--)
            text.Append(dice.Pick(HostileText.Values));
        return dice.OneIn(2) ? Characters(text.ToString(), dice) : text.ToString();
    }

    /// <summary>Changes a text without regard to what it means.</summary>
    public static string Characters(string text, Dice dice)
    {
        var at = dice.Next(text.Length + 1);
        var end = Math.Min(text.Length, at + 1 + (dice.OneIn(4) ? dice.Next(40) : dice.Next(3)));
        switch (dice.Next(7))
        {
            case 0:
                return text.Remove(at, end - at);
            case 1:
                return text.Insert(at, text[at..end]);
            case 2:
                return text.Insert(at, dice.Pick(HostileText.Values));
            case 3 when at < text.Length:
                return string.Concat(text.AsSpan(0, at), ((char)(text[at] ^ (1 << dice.Next(16)))).ToString(), text.AsSpan(at + 1));
            case 4:
                return text.Insert(at, ((char)dice.Next(dice.OneIn(2) ? 128 : 65536)).ToString());
            case 5:
                return text[..at];
            default:
                const string marks = "\n\t :-[]{}#'\"|>&*!%?,@`\\\r\u2028";
                return text.Insert(at, marks[dice.Next(marks.Length)].ToString());
        }
    }

    private static string Quoted(string raw)
    {
        var text = new StringBuilder("\"");
        foreach (var c in raw)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c is >= ' ' and < '\u007f')
                text.Append(c);
            else
                text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.Append('"').ToString();
    }

    private string Structure(string text, Dice dice)
    {
        var lines = text.Split('\n').ToList();
        var at = dice.Next(lines.Count);
        switch (dice.Next(12))
        {
            case 0 or 1 or 2:
                SetValue(lines, at, Value(dice));
                break;
            case 3:
                SetKey(lines, at, dice.OneIn(3) ? Value(dice) : dice.Pick(corpus.Keys));
                break;
            case 4:
                lines.RemoveAt(at);
                break;
            case 5:
                lines.Insert(dice.Next(lines.Count + 1), lines[at]);
                break;
            case 6:
                lines[at] = dice.OneIn(2) ? " " + lines[at] : lines[at].StartsWith(' ') ? lines[at][1..] : "\t" + lines[at];
                break;
            case 7:
                Graft(lines, at, dice);
                break;
            case 8:
                SetValue(lines, at, Wrap(dice));
                break;
            case 9:
                var other = dice.Next(lines.Count);
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 10:
                lines.Insert(at, Indentation(lines[at]) + dice.Pick(corpus.Keys) + ": " + Value(dice));
                break;
            default:
                lines.InsertRange(at, dice.Pick(corpus.Documents).Split('\n').Prepend(dice.OneIn(2) ? "---" : "..."));
                break;
        }

        return string.Join(dice.OneIn(40) ? "\r\n" : dice.OneIn(40) ? "\r" : "\n", lines);
    }

    // Part of another document below a line of this one.
    private void Graft(List<string> lines, int at, Dice dice)
    {
        var donor = dice.Pick(corpus.Documents).Split('\n');
        var from = dice.Next(donor.Length);
        var count = Math.Min(donor.Length - from, 1 + dice.Next(8));
        var indentation = Indentation(lines[at]) + (dice.OneIn(2) ? "  " : "");
        lines.InsertRange(at + 1, donor.Skip(from).Take(count).Select(l => indentation + l));
    }

    private string Wrap(Dice dice)
    {
        var depth = dice.OneIn(10) ? 50 + dice.Next(300) : 1 + dice.Next(4);
        var inner = dice.Pick(HostileText.Values);
        return dice.Next(3) switch
        {
            0 => new string('[', depth) + inner + new string(']', depth),
            1 => string.Concat(Enumerable.Repeat("{a: ", depth)) + inner + new string('}', depth),
            _ => "[" + string.Join(", ", Enumerable.Range(0, depth).Select(_ => Value(dice))) + "]",
        };
    }

    private static void SetValue(List<string> lines, int at, string value)
    {
        var colon = lines[at].IndexOf(':', StringComparison.Ordinal);
        lines[at] = colon < 0 ? Indentation(lines[at]) + "- " + value : lines[at][..(colon + 1)] + " " + value;
    }

    private static void SetKey(List<string> lines, int at, string key)
    {
        var colon = lines[at].IndexOf(':', StringComparison.Ordinal);
        lines[at] = Indentation(lines[at]) + key + (colon < 0 ? ":" : lines[at][colon..]);
    }

    private static string Indentation(string line) => line[..^line.TrimStart(' ').Length];
}
