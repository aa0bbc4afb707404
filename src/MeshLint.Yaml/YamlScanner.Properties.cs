using System.Text;

namespace MeshLint.Yaml;

/// <content>Anchors, aliases, tags and directives.</content>
internal sealed partial class YamlScanner
{
    private void ScanAnchor(TokenKind kind)
    {
        var start = position;
        position++;
        while (IsWord(At(position)))
            position++;
        var name = new TextSpan(start + 1, position);
        var c = At(position);
        if (name.Length == 0 || !(IsBlankOrEnd(c) || c is '?' or ':' or ',' or ']' or '}' or '%' or '@' or '`'))
        {
            var what = kind == TokenKind.Alias ? "an alias" : "an anchor";
            throw new YamlFault(new TextSpan(start, Math.Max(position, start + 1)),
                $"the name of {what} consists of letters, digits, '-' and '_'; put the value in quotes if it is not one");
        }

        Append(new Token { Kind = kind, Start = start, End = position, TextSpan = name });
    }

    private void ScanTag()
    {
        var start = position;
        string handle;
        string suffix;
        if (At(position + 1) == '<')
        {
            position += 2;
            handle = "";
            suffix = ReadTagText(start, "", isRequired: true);
            if (At(position) != '>')
                throw new YamlFault(new TextSpan(start, position), "a '>' is expected at the end of this tag");
            position++;
        }
        else
        {
            handle = ReadTagHandle();
            if (handle.Length > 1 && handle[^1] == '!')
            {
                suffix = ReadTagText(start, "", isRequired: true);
            }
            else
            {
                suffix = ReadTagText(start, handle[1..], isRequired: false);
                (handle, suffix) = suffix.Length == 0 ? ("", "!") : ("!", suffix);
            }
        }

        if (!IsBlankOrEnd(At(position)))
            throw new YamlFault(new TextSpan(start, position
                + 1), "a blank or line break is expected after a tag; put the value in quotes if it is not one");
        Append(new Token { Kind = TokenKind.Tag, Start = start, End = position, Text = handle, Suffix = suffix });
    }

    private string ReadTagHandle()
    {
        var start = position;
        position++;
        while (IsWord(At(position)))
            position++;
        if (At(position) == '!')
            position++;
        return text[start..position];
    }

    private string ReadTagText(int start, string first, bool isRequired)
    {
        var value = new StringBuilder(first);
        var from = position;
        while (IsTagCharacter(At(position)))
        {
            if (At(position) == '%')
                ReadTagEscape(start, value);
            else
                value.Append(text[position++]);
        }

        if (isRequired && position == from)
            throw new YamlFault(new TextSpan(start, Math.Max(position, start + 1)), "the name of a tag is expected after '!'");
        return value.ToString();
    }

    private static bool IsTagCharacter(char c) =>
        IsWord(c) || c is ';' or '/' or '?' or ':' or '@' or '&' or '=' or '+' or '$' or ',' or '.' or '!' or '~' or '*' or '\'' or '(' or ')' or '[' or ']' or '%';

    // One character of UTF-8, octet by octet. Tags are only compared with ASCII names, so the octets are kept as they are.
    private void ReadTagEscape(int start, StringBuilder value)
    {
        var left = 0;
        do
        {
            if (At(position) != '%' || !char.IsAsciiHexDigit(At(position + 1)) || !char.IsAsciiHexDigit(At(position + 2)))
                throw new YamlFault(new TextSpan(start, Math.Max(position, start
                    + 1)), "two hexadecimal digits are expected after '%' in a tag");
            var octet = Convert.ToByte(text.Substring(position + 1, 2), 16);
            if (left == 0)
                left = octet < 0x80 ? 1 : (octet & 0xE0) == 0xC0 ? 2 : (octet & 0xF0) == 0xE0 ? 3 : (octet & 0xF8) == 0xF0 ? 4 : 0;
            else if ((octet & 0xC0) != 0x80)
                left = 0;
            if (left == 0)
                throw new YamlFault(new TextSpan(start, position), "the '%' escapes of this tag are not UTF-8");
            value.Append((char)octet);
            position += 3;
        }
        while (--left > 0);
    }

    private void FetchDirective()
    {
        Unroll(-1);
        RemoveKey();
        keyAllowed = false;
        var start = position;
        position++;
        var from = position;
        while (IsWord(At(position)))
            position++;
        var name = text[from..position];
        if (name.Length == 0 || !IsBlankOrEnd(At(position)) || name is not ("YAML" or "TAG"))
            throw new YamlFault(new TextSpan(start, Math.Max(position, start
                + 1)), "a line that begins with '%' is a directive, and only %YAML and %TAG are known; put the value in quotes if it is not one");
        SkipBlanks();
        var token = name == "YAML" ? ReadVersion(start) : ReadTagDirective(start);
        SkipBlanks();
        if (At(position) == '#')
            SkipToBreak();
        if (!IsBreakOrEnd(At(position)))
            throw new YamlFault(position, "only a comment may follow a directive on its line");
        if (IsBreak(At(position)))
            SkipBreak();
        Append(token);
    }

    private void SkipBlanks()
    {
        while (IsBlank(At(position)))
            position++;
    }

    private Token ReadVersion(int start)
    {
        var from = position;
        var major = ReadVersionNumber(start);
        if (At(position) != '.')
            throw new YamlFault(new TextSpan(start, position), "a version such as 1.1 is expected after %YAML");
        position++;
        var minor = ReadVersionNumber(start);
        return new Token
        {
            Kind = TokenKind.VersionDirective,
            Start = start,
            End = position,
            TextSpan = new TextSpan(from, position),
            Suffix = major == 1 && minor == 1 ? "1.1" : "",
        };
    }

    private int ReadVersionNumber(int start)
    {
        var from = position;
        while (char.IsAsciiDigit(At(position)) && position - from < 3)
            position++;
        if (position == from || position - from > 2)
            throw new YamlFault(new TextSpan(start, Math.Max(position, start + 1)), "a version such as 1.1 is expected after %YAML");
        return int.Parse(text.AsSpan(from, position - from), System.Globalization.CultureInfo.InvariantCulture);
    }

    private Token ReadTagDirective(int start)
    {
        if (At(position) != '!')
            throw new YamlFault(new TextSpan(start, position), "a handle such as !e! is expected after %TAG");
        var handle = ReadTagHandle();
        if (handle.Length > 1 && handle[^1] != '!' || !IsBlank(At(position)))
            throw new YamlFault(new TextSpan(start, position), "a handle such as !e! and a blank are expected after %TAG");
        SkipBlanks();
        var prefix = ReadTagText(start, "", isRequired: true);
        if (!IsBlankOrEnd(At(position)))
            throw new YamlFault(new TextSpan(start, position), "a blank or line break is expected after the prefix of %TAG");
        return new Token { Kind = TokenKind.TagDirective, Start = start, End = position, Text = handle, Suffix = prefix };
    }
}
