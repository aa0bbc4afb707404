using System.Runtime.CompilerServices;

namespace MeshLint.Yaml;

/// <summary>Cuts one document into tokens exactly as go-yaml v2 does (its scannerc.go), the reader of kubectl and of Kuma.</summary>
/// <remarks>
/// Works on one string; a token is a place in it. Line breaks are LF, CR, CR LF, NEL, LS and PS; kubectl takes the CR before each LF away
/// before YAML is read, so CR CR LF is one break. The cost is linear: a pending key ends after 1,024 characters or with its line.
/// </remarks>
internal sealed partial class YamlScanner
{
    /// <summary>Deepest nesting of either style; go-yaml refuses more.</summary>
    public const int MaxLevels = 10_000;

    private const int MaxKeyLength = 1024;

    private readonly string text;
    private readonly int end;
    private readonly int markWindowEnd;

    private Token[] tokens = Spare<Token>.Take(16);
    private int head;
    private int tail;
    private int taken;

    private int position;
    private int lineStart;
    private int indent = -1;
    private int[] indents = Spare<int>.Take(16);
    private int indentCount;
    private SimpleKey[] keys = Spare<SimpleKey>.Take(8);
    private int flowLevel;
    private bool keyAllowed = true;
    private int pendingKeyLevel;

    public YamlScanner(string text, int start, int end)
    {
        this.text = text;
        this.end = end;
        position = start;
        keys[0] = default;
        if (At(start) == '\uFEFF')
            position++;
        lineStart = position;
        // go-yaml looks for the mark at the start of its buffer instead of at the line: a second one costs each line of the first 512
        // bytes its first character.
        if (At(position) == '\uFEFF')
            markWindowEnd = ReaderWindow.EndOfFirst(text, start, end);
    }

    /// <summary>Offset of the next character that was not looked at.</summary>
    public int Position => position;

    private int Column => position - lineStart;

    /// <summary>Gives the working arrays back; nothing can be read after it.</summary>
    public void Release()
    {
        Spare<Token>.Give(tokens);
        Spare<int>.Give(indents);
        Spare<SimpleKey>.Give(keys);
        (tokens, indents, keys) = ([], [], []);
    }

    /// <summary>The next token, which stays the next one.</summary>
    public ref readonly Token Peek()
    {
        while (NeedsMore())
            FetchToken();
        return ref tokens[head];
    }

    /// <summary>Takes the token that <see cref="Peek"/> showed.</summary>
    public void Skip()
    {
        head++;
        taken++;
    }

    /// <summary>The text of a token.</summary>
    public ReadOnlySpan<char> TextOf(in Token token) => token.Text ?? text.AsSpan(token.TextSpan.Start, token.TextSpan.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private char At(int index) => index < end ? text[index] : '\0';

    private static bool IsBlank(char c) => c is ' ' or '\t';

    private static bool IsBreak(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsBreakOrEnd(char c) => c is '\n' or '\r' or '\0' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsBlankOrEnd(char c) => c is ' ' or '\t' || IsBreakOrEnd(c);

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    // Whether more tokens are needed before the first one can be told: a key may have to be put before it.
    private bool NeedsMore()
    {
        if (head == tail)
            return true;
        var level = tokens[head].KeyLevel - 1;
        if (level < 0 || level > flowLevel)
            return false;
        ref var key = ref keys[level];
        return key.IsPossible && key.TokenNumber == taken && IsValid(ref key);
    }

    private bool IsValid(ref SimpleKey key)
    {
        if (!key.IsPossible)
            return false;
        if (key.LineStart == lineStart && !IsTooLong(key.Position))
            return true;
        if (key.IsRequired)
            throw MissingColon(key);
        key.IsPossible = false;
        return false;
    }

    // The limit counts characters, and a character beyond U+FFFF takes two places of the string.
    private bool IsTooLong(int start)
    {
        if (position - start <= MaxKeyLength)
            return false;
        if (position - start > 2 * MaxKeyLength)
            return true;
        var length = position - start;
        foreach (var c in text.AsSpan(start, position - start))
            length -= char.IsLowSurrogate(c) ? 1 : 0;
        return length > MaxKeyLength;
    }

    private YamlFault MissingColon(in SimpleKey key)
    {
        var stop = key.Position;
        while (stop < end && !IsBreak(text[stop]))
            stop++;
        while (stop > key.Position + 1 && IsBlank(text[stop - 1]))
            stop--;
        return new YamlFault(new TextSpan(key.Position, stop), "a ':' is expected after this key");
    }

    private void FetchToken()
    {
        SkipToToken();
        Unroll(Column);
        var c = At(position);
        if (c == '\0')
        {
            FetchStreamEnd();
            return;
        }

        if (Column == 0)
        {
            if (c == '%')
            {
                FetchDirective();
                return;
            }

            if (IsDocumentMarker(c))
            {
                FetchMarker(c == '-' ? TokenKind.DocumentStart : TokenKind.DocumentEnd);
                return;
            }
        }

        if (!FetchIndicator(c))
            FetchScalar(c);
    }

    private bool IsDocumentMarker(char c) =>
        c is '-' or '.' && At(position + 1) == c && At(position + 2) == c && IsBlankOrEnd(At(position + 3));

    private bool FetchIndicator(char c)
    {
        switch (c)
        {
            case '[':
                FetchFlowStart(TokenKind.FlowSequenceStart);
                return true;
            case '{':
                FetchFlowStart(TokenKind.FlowMappingStart);
                return true;
            case ']':
                FetchFlowEnd(TokenKind.FlowSequenceEnd);
                return true;
            case '}':
                FetchFlowEnd(TokenKind.FlowMappingEnd);
                return true;
            case ',':
                RemoveKey();
                keyAllowed = true;
                AppendIndicator(TokenKind.FlowEntry);
                return true;
            case '-' when IsBlankOrEnd(At(position + 1)):
                FetchBlockEntry();
                return true;
            case '?' when flowLevel > 0 || IsBlankOrEnd(At(position + 1)):
                FetchKey();
                return true;
            case ':' when flowLevel > 0 || IsBlankOrEnd(At(position + 1)):
                FetchValue();
                return true;
            default:
                return false;
        }
    }

    private void FetchScalar(char c)
    {
        switch (c)
        {
            case '*' or '&':
                SaveKey();
                keyAllowed = false;
                ScanAnchor(c == '*' ? TokenKind.Alias : TokenKind.Anchor);
                return;
            case '!':
                SaveKey();
                keyAllowed = false;
                ScanTag();
                return;
            case '|' or '>' when flowLevel == 0:
                RemoveKey();
                keyAllowed = true;
                ScanBlockScalar(c == '|');
                return;
            case '\'' or '"':
                SaveKey();
                keyAllowed = false;
                ScanQuoted(c);
                return;
        }

        if (!StartsPlain(c))
        {
            throw new YamlFault(position, c switch
            {
                '\t' => "a tab cannot indent YAML; use spaces",
                '@' or '`' or '%' => $"'{c}' cannot begin a value; put the value in quotes",
                _ => $"'{c}' is not expected here",
            });
        }

        SaveKey();
        keyAllowed = false;
        ScanPlain();
    }

    private bool StartsPlain(char c) => c switch
    {
        '-' => !IsBlank(At(position + 1)),
        '?' or ':' => flowLevel == 0 && !IsBlankOrEnd(At(position + 1)),
        ' ' or '\t' or ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`'
            => false,
        _ => !IsBreakOrEnd(c),
    };

    private void SkipToToken()
    {
        while (true)
        {
            if (position < markWindowEnd && Column == 0)
                position += char.IsHighSurrogate(At(position)) ? 2 : 1;
            // A tab counts as a blank wherever no key may begin.
            while (At(position) == ' ' || (At(position) == '\t' && (flowLevel > 0 || !keyAllowed)))
                position++;
            if (At(position) == '#')
                SkipToBreak();
            if (!IsBreak(At(position)))
                return;
            SkipBreak();
            if (flowLevel == 0)
                keyAllowed = true;
        }
    }

    private void SkipToBreak()
    {
        var length = text.AsSpan(position, end - position).IndexOfAny(Breaks);
        position = length < 0 ? end : position + length;
    }

    private void SkipBreak()
    {
        position += BreakLength(position);
        lineStart = position;
    }

    // CR LF is one break, and so is CR CR LF: the CR before an LF is gone before YAML is read.
    private int BreakLength(int at)
    {
        if (text[at] != '\r')
            return 1;
        if (At(at + 1) == '\n')
            return 2;
        return At(at + 1) == '\r' && At(at + 2) == '\n' ? 3 : 1;
    }

    private void SaveKey()
    {
        if (!keyAllowed)
            return;
        RemoveKey();
        keys[flowLevel] = new SimpleKey
        {
            IsPossible = true,
            IsRequired = flowLevel == 0 && indent == Column,
            TokenNumber = taken + (tail - head),
            Position = position,
            LineStart = lineStart,
        };
        pendingKeyLevel = flowLevel + 1;
    }

    private void RemoveKey()
    {
        ref var key = ref keys[flowLevel];
        if (key is { IsPossible: true, IsRequired: true })
            throw MissingColon(key);
        key.IsPossible = false;
    }

    private void Roll(int column, int number, TokenKind kind, int at)
    {
        if (flowLevel > 0 || indent >= column)
            return;
        if (indentCount >= MaxLevels)
            throw new YamlFault(position, $"nested deeper than {MaxLevels} levels");
        if (indentCount == indents.Length)
            Array.Resize(ref indents, indents.Length * 2);
        indents[indentCount++] = indent;
        indent = column;
        Insert(new Token { Kind = kind, Start = at, End = at }, number < 0 ? tail : head + number - taken);
    }

    private void Unroll(int column)
    {
        if (flowLevel > 0)
            return;
        while (indent > column)
        {
            Append(new Token { Kind = TokenKind.BlockEnd, Start = position, End = position });
            indent = indents[--indentCount];
        }
    }

    private void FetchStreamEnd()
    {
        // What is pending stood on a line that is over.
        if (Column != 0)
            lineStart = position;
        Unroll(-1);
        RemoveKey();
        keyAllowed = false;
        Append(new Token { Kind = TokenKind.StreamEnd, Start = position, End = position });
    }

    private void FetchMarker(TokenKind kind)
    {
        Unroll(-1);
        RemoveKey();
        keyAllowed = false;
        position += 3;
        Append(new Token { Kind = kind, Start = position - 3, End = position });
    }

    private void FetchFlowStart(TokenKind kind)
    {
        SaveKey();
        flowLevel++;
        if (flowLevel > MaxLevels)
            throw new YamlFault(position, $"nested deeper than {MaxLevels} levels");
        if (flowLevel == keys.Length)
            Array.Resize(ref keys, keys.Length * 2);
        keys[flowLevel] = default;
        keyAllowed = true;
        AppendIndicator(kind);
    }

    private void FetchFlowEnd(TokenKind kind)
    {
        RemoveKey();
        if (flowLevel > 0)
            flowLevel--;
        keyAllowed = false;
        AppendIndicator(kind);
    }

    private void FetchBlockEntry()
    {
        if (flowLevel == 0)
        {
            if (!keyAllowed)
                throw new YamlFault(position, "a list item cannot begin here; put it on a line of its own");
            Roll(Column, -1, TokenKind.BlockSequenceStart, position);
        }

        RemoveKey();
        keyAllowed = true;
        AppendIndicator(TokenKind.BlockEntry);
    }

    private void FetchKey()
    {
        if (flowLevel == 0)
        {
            if (!keyAllowed)
                throw new YamlFault(position, "a key cannot begin here; put it on a line of its own");
            Roll(Column, -1, TokenKind.BlockMappingStart, position);
        }

        RemoveKey();
        keyAllowed = flowLevel == 0;
        AppendIndicator(TokenKind.Key);
    }

    private void FetchValue()
    {
        ref var key = ref keys[flowLevel];
        if (IsValid(ref key))
        {
            Insert(new Token { Kind = TokenKind.Key, Start = key.Position, End = key.Position }, head + key.TokenNumber - taken);
            Roll(key.Position - key.LineStart, key.TokenNumber, TokenKind.BlockMappingStart, key.Position);
            key.IsPossible = false;
            keyAllowed = false;
        }
        else
        {
            if (flowLevel == 0)
            {
                if (!keyAllowed)
                    throw new YamlFault(position, "a ': ' is not allowed here; put the value in quotes or the key on a line of its own");
                Roll(Column, -1, TokenKind.BlockMappingStart, position);
            }

            keyAllowed = flowLevel == 0;
        }

        AppendIndicator(TokenKind.Value);
    }

    private void AppendIndicator(TokenKind kind)
    {
        Append(new Token { Kind = kind, Start = position, End = position + 1 });
        position++;
    }

    private void Append(in Token token) => Insert(token, tail);

    private void Insert(in Token token, int at)
    {
        if (tail == tokens.Length)
            at -= MakeRoom();
        for (var i = tail; i > at; i--)
            tokens[i] = tokens[i - 1];
        tokens[at] = token;
        tail++;
        if (at == tail - 1)
        {
            tokens[at].KeyLevel = pendingKeyLevel;
            pendingKeyLevel = 0;
        }
    }

    private int MakeRoom()
    {
        var shift = head;
        if (head > tokens.Length / 2)
        {
            Array.Copy(tokens, head, tokens, 0, tail - head);
            tail -= head;
            head = 0;
            return shift;
        }

        Array.Resize(ref tokens, tokens.Length * 2);
        return 0;
    }
}
