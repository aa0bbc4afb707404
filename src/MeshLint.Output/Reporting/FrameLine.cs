using System.Text;

namespace MeshLint.Output.Reporting;

/// <summary>One line of source as a terminal shows it, and where each of its characters lands.</summary>
/// <remarks>
/// Tabs become spaces, unsafe characters escapes, wide characters count two columns; long lines are cut around what matters.
/// </remarks>
internal sealed class FrameLine
{
    private const int TabWidth = 4;
    private const string Cut = "...";

    // columns[i]: display column of code unit 'offset + i' of the line; one entry more than there are code units near the focus.
    private readonly int[] columns;
    private readonly int offset;

    private FrameLine(string text, int[] columns, int offset)
    {
        Text = text;
        this.columns = columns;
        this.offset = offset;
    }

    /// <summary>What is shown.</summary>
    public string Text { get; }

    /// <summary>Display columns of a range of code units of the line: start and length, at least one column.</summary>
    public (int Start, int Length) Place(int from, int to)
    {
        from = Math.Clamp(from - offset, 0, columns.Length - 1);
        to = Math.Clamp(to - offset, from, columns.Length - 1);
        return (columns[from], Math.Max(1, columns[to] - columns[from]));
    }

    /// <summary>Lays a line out.</summary>
    /// <param name="line">The line without its line break.</param>
    /// <param name="width">Widest result in columns.</param>
    /// <param name="focus">Code unit that must stay visible.</param>
    public static FrameLine Create(ReadOnlySpan<char> line, int width, int focus)
    {
        // Nobody reads a megabyte in one line: what lies far from the focus is cut before it is laid out.
        var from = Math.Max(0, focus - width);
        var to = Math.Min(line.Length, focus + (2 * width));
        if (from > 0 && char.IsLowSurrogate(line[from]))
            from--;
        if (to > 0 && to < line.Length && char.IsLowSurrogate(line[to]))
            to++;
        var cells = new List<string>(to - from);
        var widths = new List<int>(to - from);
        for (var i = from; i < to; i++)
        {
            if (line[i] == '\t')
            {
                Add(new string(' ', TabWidth), TabWidth);
            }
            else
            {
                // A surrogate without a partner is escaped, so that what is left are characters.
                if (VisibleText.TryEscape(line, i, out var length, out var escape))
                    Add(escape, escape.Length);
                else
                    Add(line.Slice(i, length).ToString(), WidthOf(Rune.GetRuneAt(line.Slice(i, length).ToString(), 0)));
                for (; length > 1; length--, i++)
                    Add("", 0);
            }
        }

        // Choose the window: as much as possible before the focus when the line is too wide, and a third of it after.
        var first = 0;
        var last = cells.Count;
        var total = widths.Sum() + (from > 0 ? Cut.Length : 0) + (to < line.Length ? Cut.Length : 0);
        if (total > width)
        {
            var at = Math.Clamp(focus - from, 0, Math.Max(0, cells.Count - 1));
            var room = width - (2 * Cut.Length);
            first = at;
            for (var used = 0; first > 0 && used + widths[first - 1] <= room * 2 / 3; first--)
                used += widths[first - 1];
            var taken = 0;
            for (last = first; last < cells.Count && taken + widths[last] <= room; last++)
                taken += widths[last];
        }

        var text = new StringBuilder();
        var columns = new int[to - from + 1];
        var column = 0;
        if (from + first > 0)
        {
            text.Append(Cut);
            column = Cut.Length;
        }

        Array.Fill(columns, column, 0, first);
        for (var i = first; i < last; i++)
        {
            columns[i] = column;
            text.Append(cells[i]);
            column += widths[i];
        }

        if (from + last < line.Length)
            text.Append(Cut);
        Array.Fill(columns, column, last, columns.Length - last);
        return new FrameLine(text.ToString(), columns, from);

        void Add(string cell, int cellWidth)
        {
            cells.Add(cell);
            widths.Add(cellWidth);
        }
    }

    // Columns of a character on a terminal: the common blocks of wide characters, nothing for combining marks.
    private static int WidthOf(Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        if (category is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark
            or System.Globalization.UnicodeCategory.Format)
            return 0;
        return rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
            or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF)
                or (>= 0x20000 and <= 0x3FFFD)
            ? 2
            : 1;
    }
}
