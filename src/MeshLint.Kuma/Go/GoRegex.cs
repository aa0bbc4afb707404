using MeshLint.Yaml;
using System.Buffers;
using System.Globalization;

namespace MeshLint.Kuma.Go;

/// <summary>Tells whether Go's package <c>regexp</c> (RE2 syntax) compiles an expression. .NET's own engine takes other ones.</summary>
public static class GoRegex
{
    /// <summary>Highest count of a repetition, and highest product of counts of nested ones.</summary>
    private const int MaxRepeat = 1000;

    /// <summary>Deepest nesting of groups.</summary>
    private const int MaxDepth = 1000;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>Whether the expression compiles.</summary>
    public static bool IsValid(string expression) => Check(expression) is null;

    /// <summary>
    /// Why an expression does not compile, in Go's words (<c>error parsing regexp: missing closing ]: `[a`</c>); null where it does.
    /// </summary>
    public static string? Check(string expression)
    {
        var parser = new Parser(expression);
        return parser.Parse() ? null : $"error parsing regexp: {parser.Problem}";
    }

    private ref struct Parser(string text)
    {
        private readonly string text = text;
        private readonly Stack<Group> outer = new();
        private Group group;
        private int position;
        private int posixEnd;
        private string? problem;

        /// <summary>What is wrong, once <see cref="Parse"/> gave false.</summary>
        public readonly string Problem => problem ?? "";

        public bool Parse()
        {
            // Where the repetition began that ends just here; -1 where none does.
            var lastRepeat = -1;
            while (position < text.Length)
            {
                var start = position;
                var isRepeat = false;
                bool ok;
                switch (text[position])
                {
                    case '(':
                        ok = Open();
                        break;
                    case ')':
                        ok = Close();
                        break;
                    case '|':
                        position++;
                        group.HasOperand = false;
                        ok = true;
                        break;
                    case '[':
                        ok = Class();
                        Operand();
                        break;
                    case '\\':
                        ok = Backslash();
                        break;
                    case '*' or '+' or '?':
                        position++;
                        isRepeat = true;
                        SkipLazyMark();
                        ok = CheckOperator(lastRepeat, start);
                        break;
                    case '{' when TryReadCounts(out var least, out var most):
                        isRepeat = true;
                        ok = (least <= MaxRepeat && most <= MaxRepeat && (most < 0 || least <= most))
                            || Fail("invalid repeat count", text[start..position]);
                        SkipLazyMark();
                        ok = ok && CheckOperator(lastRepeat, start) && Repeat(least, most, start);
                        break;
                    default:
                        position += char.IsSurrogatePair(text, position) ? 2 : 1;
                        Operand();
                        ok = true;
                        break;
                }

                if (!ok)
                    return false;
                lastRepeat = isRepeat ? start : -1;
            }

            return outer.Count == 0 || Fail("missing closing )", text);
        }

        private bool CheckOperator(int lastRepeat, int start)
        {
            if (lastRepeat >= 0)
                return Fail("invalid nested repetition operator", text[lastRepeat..position]);
            return group.HasOperand || Fail("missing argument to repetition operator", text[start..position]);
        }

        private bool Fail(string reason, string part)
        {
            problem ??= $"{reason}: `{part}`";
            return false;
        }

        /// <summary>Notes that something stands here that can be repeated.</summary>
        private void Operand()
        {
            group.HasOperand = true;
            group.LastProduct = 1;
            group.Product = Math.Max(group.Product, 1);
        }

        private bool Open()
        {
            if (text.AsSpan(position).StartsWith("(?"))
                return OpenSpecial();
            position++;
            return Push();
        }

        private bool Push()
        {
            outer.Push(group);
            group = default;
            return outer.Count < MaxDepth || Fail("expression nests too deeply", text);
        }

        private bool OpenSpecial()
        {
            var rest = text.AsSpan(position);
            var nameStart = rest.Length > 4 && rest.StartsWith("(?P<") ? 4 : rest.Length > 3 && rest.StartsWith("(?<") ? 3 : 0;
            if (nameStart > 0)
            {
                var end = rest.IndexOf('>');
                if (end < 0)
                    return Fail("invalid named capture", rest.ToString());
                if (end <= nameStart || !IsCaptureName(rest[nameStart..end]))
                    return Fail("invalid named capture", rest[..(end + 1)].ToString());
                position += end + 1;
                return Push();
            }

            var open = position;
            position += 2;
            var negated = false;
            var sawFlag = false;
            while (position < text.Length)
            {
                switch (text[position++])
                {
                    case 'i' or 'm' or 's' or 'U':
                        sawFlag = true;
                        break;
                    case '-' when !negated:
                        negated = true;
                        sawFlag = false;
                        break;
                    case ':' when !negated || sawFlag:
                        return Push();
                    case ')' when !negated || sawFlag:
                        return true;
                    default:
                        return Fail("invalid or unsupported Perl syntax", text[open..position]);
                }
            }

            return Fail("missing closing )", text);
        }

        private bool Close()
        {
            if (!outer.TryPop(out var parent))
                return Fail("unexpected )", text);
            position++;
            var product = Math.Max(group.Product, 1);
            group = parent;
            group.HasOperand = true;
            group.LastProduct = product;
            group.Product = Math.Max(group.Product, product);
            return true;
        }

        private bool Repeat(int least, int most, int start)
        {
            var count = most < 0 ? least : most;
            if (most == 0)
                group.LastProduct = 1;
            else if (count > 1)
                group.LastProduct *= count;
            group.Product = Math.Max(group.Product, group.LastProduct);
            return group.LastProduct <= MaxRepeat || Fail("invalid repeat count", text[start..position]);
        }

        private void SkipLazyMark()
        {
            if (position < text.Length && text[position] == '?')
                position++;
        }

        /// <summary>Reads <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>; anything else after a brace makes the brace a character.</summary>
        private bool TryReadCounts(out int least, out int most)
        {
            most = -1;
            var at = position + 1;
            if (!TryReadNumber(ref at, out least))
                return false;
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at < text.Length && text[at] != '}' && !TryReadNumber(ref at, out most))
                    return false;
            }
            else
            {
                most = least;
            }

            if (at >= text.Length || text[at] != '}')
                return false;
            position = at + 1;
            return true;
        }

        private readonly bool TryReadNumber(ref int at, out int value)
        {
            value = 0;
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                value = Math.Min((value * 10) + (text[at++] - '0'), MaxRepeat + 1);
            return at > start && (at == start + 1 || text[start] != '0');
        }

        private bool Backslash()
        {
            if (position + 1 < text.Length)
            {
                switch (text[position + 1])
                {
                    case 'A' or 'b' or 'B' or 'z':
                        position += 2;
                        Operand();
                        return true;
                    case 'C':
                        return Fail("invalid escape sequence", "\\C");
                    case 'Q':
                        var end = text.IndexOf("\\E", position + 2, StringComparison.Ordinal);
                        var isEmpty = end == position + 2 || position + 2 == text.Length;
                        position = end < 0 ? text.Length : end + 2;
                        if (!isEmpty)
                            Operand();
                        return true;
                }
            }

            Operand();
            return TryUnicodeClass(out var ok) ? ok : TryPerlClass() || Escape(out _);
        }

        private bool TryPerlClass()
        {
            if (position + 1 >= text.Length || text[position] != '\\' || text[position + 1] is not ('d' or 'D' or 's' or 'S' or 'w' or 'W'))
                return false;
            position += 2;
            return true;
        }

        private bool TryUnicodeClass(out bool ok)
        {
            ok = false;
            if (position + 1 >= text.Length || text[position] != '\\' || text[position + 1] is not ('p' or 'P'))
                return false;
            var start = position;
            position += 2;
            if (position >= text.Length)
                return !Fail("invalid character class range", text[start..]);
            ReadOnlySpan<char> name;
            if (text[position] == '{')
            {
                var end = text.IndexOf('}', position);
                if (end < 0)
                    return !Fail("invalid character class range", text[start..]);
                name = text.AsSpan(position + 1, end - position - 1);
                position = end + 1;
            }
            else
            {
                name = text.AsSpan(position++, 1);
            }

            ok = UnicodeNames.IsKnown(name.StartsWith("^") ? name[1..] : name)
                || Fail("invalid character class range", text[start..position]);
            return true;
        }

        private bool Class()
        {
            var open = position;
            position++;
            if (position < text.Length && text[position] == '^')
                position++;
            for (var first = true; position >= text.Length || text[position] != ']' || first; first = false)
            {
                if (position >= text.Length)
                    return Fail("missing closing ]", text[open..]);
                if (text.AsSpan(position).StartsWith("[:") && FindPosixEnd(position + 2) is >= 0 and var end)
                {
                    if (!IsPosixClass(text.AsSpan(position + 2, end - position - 2)))
                        return Fail("invalid character class range", text[position..(end + 2)]);
                    position = end + 2;
                    continue;
                }

                if (TryUnicodeClass(out var ok))
                {
                    if (!ok)
                        return false;
                    continue;
                }

                if (TryPerlClass())
                    continue;
                var range = position;
                if (!ClassCharacter(out var low, open))
                    return false;
                if (position + 1 < text.Length && text[position] == '-' && text[position + 1] != ']')
                {
                    position++;
                    if (!ClassCharacter(out var high, open))
                        return false;
                    if (high < low)
                        return Fail("invalid character class range", text[range..position]);
                }
            }

            position++;
            return true;
        }

        // Searched once behind the last place: an expression of many "[:" takes linear time.
        private int FindPosixEnd(int from)
        {
            if (posixEnd < from)
                posixEnd = text.IndexOf(":]", from, StringComparison.Ordinal) is >= 0 and var at ? at : int.MaxValue;
            return posixEnd == int.MaxValue ? -1 : posixEnd;
        }

        private bool ClassCharacter(out int rune, int open)
        {
            rune = 0;
            if (position >= text.Length)
                return Fail("missing closing ]", text[open..]);
            if (text[position] == '\\')
                return Escape(out rune);
            rune = char.IsSurrogatePair(text, position) ? char.ConvertToUtf32(text, position) : text[position];
            position += rune > char.MaxValue ? 2 : 1;
            return true;
        }

        /// <summary>Reads an escape that stands for one character.</summary>
        private bool Escape(out int rune)
        {
            rune = 0;
            var start = position++;
            if (position >= text.Length)
                return Fail("trailing backslash at end of expression", "");
            var c = text[position++];
            switch (c)
            {
                case >= '1' and <= '7' when position >= text.Length || text[position] is < '0' or > '7':
                    return Fail("invalid escape sequence", text[start..position]);
                case >= '0' and <= '7':
                    rune = c - '0';
                    for (var i = 1; i < 3 && position < text.Length && text[position] is >= '0' and <= '7'; i++)
                        rune = (rune * 8) + text[position++] - '0';
                    return true;
                case 'x':
                    return Hexadecimal(out rune) || Fail("invalid escape sequence", text[start..Math.Min(position + 1, text.Length)]);
                case 'a' or 'f' or 'n' or 'r' or 't' or 'v':
                    rune = c switch { 'a' => 7, 'f' => 12, 'n' => 10, 'r' => 13, 't' => 9, _ => 11 };
                    return true;
                default:
                    rune = c;
                    return (c < 0x80 && !char.IsAsciiLetterOrDigit(c)) || Fail("invalid escape sequence", text[start..position]);
            }
        }

        private bool Hexadecimal(out int rune)
        {
            rune = 0;
            var rest = text.AsSpan(position);
            if (!rest.StartsWith("{"))
            {
                if (rest.Length < 2 || !char.IsAsciiHexDigit(rest[0]) || !char.IsAsciiHexDigit(rest[1]))
                    return false;
                rune = int.Parse(rest[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                position += 2;
                return true;
            }

            var end = rest.IndexOf('}');
            if (end <= 1 || rest[1..end].ContainsAnyExcept(HexDigits))
                return false;
            var digits = rest[1..end].TrimStart('0');
            if (digits.Length > 6)
                return false;
            rune = digits.Length == 0 ? 0 : int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            position += end + 1;
            return rune <= 0x10FFFF;
        }

        private static bool IsCaptureName(ReadOnlySpan<char> name) =>
            !name.ContainsAnyExcept(NameCharacters);

        private static bool IsPosixClass(ReadOnlySpan<char> name) => (name.StartsWith("^") ? name[1..] : name)
            is "alnum" or "alpha" or "ascii" or "blank" or "cntrl" or "digit" or "graph" or "lower" or "print" or "punct" or "space"
                or "upper" or "word" or "xdigit";
    }

    /// <summary>What is known of an open group.</summary>
    private struct Group
    {
        /// <summary>Something stands before the current position that an operator can repeat.</summary>
        public bool HasOperand;

        /// <summary>Product of the nested counts of that something.</summary>
        public int LastProduct;

        /// <summary>Highest such product so far.</summary>
        public int Product;
    }

    /// <summary>
    /// Names of Unicode categories and scripts, which Go compares without regard to case, blanks, dashes and underscores.
    /// </summary>
    private static class UnicodeNames
    {
        private const string Categories =
            " any assigned ascii c cc cf cn co cs l lc ll lm lo lt lu m mc me mn n nd nl no p pc pd pe pf pi po ps s sc sk sm so z zl zp "
                + "zs other control cntrl format "
            + "unassigned privateuse surrogate letter casedletter lowercaseletter modifierletter otherletter titlecaseletter "
                + "uppercaseletter mark combiningmark "
            + "spacingmark enclosingmark nonspacingmark number decimalnumber digit letternumber othernumber punctuation punct "
                + "connectorpunctuation dashpunctuation "
            + "closepunctuation finalpunctuation initialpunctuation otherpunctuation openpunctuation symbol currencysymbol modifiersymbol "
                + "mathsymbol othersymbol "
            + "separator lineseparator paragraphseparator spaceseparator ";

        private const string Scripts =
            " adlam ahom anatolianhieroglyphs arabic armenian avestan balinese bamum bassavah batak bengali bhaiksuki bopomofo brahmi "
                + "braille buginese buhid "
            + "canadianaboriginal carian caucasianalbanian chakma cham cherokee chorasmian common coptic cuneiform cypriot cyprominoan "
                + "cyrillic deseret devanagari "
            + "divesakuru dogra duployan egyptianhieroglyphs elbasan elymaic ethiopic georgian glagolitic gothic grantha greek gujarati "
                + "gunjalagondi gurmukhi han "
            + "hangul hanifirohingya hanunoo hatran hebrew hiragana imperialaramaic inherited inscriptionalpahlavi inscriptionalparthian "
                + "javanese kaithi kannada "
            + "katakana kawi kayahli kharoshthi khitansmallscript khmer khojki khudawadi lao latin lepcha limbu lineara linearb lisu "
                + "lycian lydian mahajani makasar "
            + "malayalam mandaic manichaean marchen masaramgondi medefaidrin meeteimayek mendekikakui meroiticcursive meroitichieroglyphs "
                + "miao modi mongolian mro "
            + "multani myanmar nabataean nagmundari nandinagari newtailue newa nko nushu nyiakengpuachuehmong ogham olchiki oldhungarian "
                + "olditalic oldnortharabian "
            + "oldpermic oldpersian oldsogdian oldsoutharabian oldturkic olduyghur oriya osage osmanya pahawhhmong palmyrene paucinhau "
                + "phagspa phoenician "
            + "psalterpahlavi rejang runic samaritan saurashtra sharada shavian siddham signwriting sinhala sogdian sorasompeng soyombo "
                + "sundanese sylotinagri syriac "
            + "tagalog tagbanwa taile taitham taiviet takri tamil tangsa tangut telugu thaana thai tibetan tifinagh tirhuta toto ugaritic "
                + "vai vithkuqi wancho "
            + "warangciti yezidi yi zanabazarsquare ";

        public static bool IsKnown(ReadOnlySpan<char> name)
        {
            Span<char> canonical = stackalloc char[32];
            canonical[0] = ' ';
            var length = 1;
            foreach (var c in name)
            {
                if (c is '_' or '-' or ' ')
                    continue;
                if (!char.IsAsciiLetter(c) || length > 30)
                    return false;
                canonical[length++] = char.ToLowerInvariant(c);
            }

            canonical[length++] = ' ';
            return length > 2 && (Categories.AsSpan().IndexOf(canonical[..length]) >= 0
                || Scripts.AsSpan().IndexOf(canonical[..length]) >= 0);
        }
    }
}
