using MeshLint.Yaml;
using System.Buffers;
using System.Text;

namespace MeshLint.Output.Emit;

/// <summary>Writes a tree as YAML that any reader of YAML 1.1 or 1.2 reads back as the same tree.</summary>
/// <remarks>
/// Two spaces of indentation, sequences level with their key (as kubectl prints), entries in the order of the tree, of a repeated
/// key the last one. Strings are bare where that is safe (<see cref="YamlText.IsPlain"/>), block literals where they have several
/// plain lines, double-quoted otherwise. The text ends with a newline and never holds a document marker.
/// </remarks>
public static class YamlWriter
{
    private static readonly SearchValues<char> IntegerCharacters = SearchValues.Create("-+0123456789");

    /// <summary>The tree as one YAML document.</summary>
    public static string Write(Node root)
    {
        var output = new StringBuilder();
        Write(output, root);
        return output.ToString();
    }

    /// <summary>Appends the tree as one YAML document.</summary>
    public static void Write(StringBuilder output, Node root)
    {
        if (root.Count > 0)
            WriteContainer(output, root, 0, startsOnOpenLine: true);
        else if (root.Exists)
            WriteScalar(output, root, 2);
    }

    // startsOnOpenLine: the first entry goes where the output stands (after "- "), the others on lines of their own.
    private static void WriteContainer(StringBuilder output, Node node, int indent, bool startsOnOpenLine)
    {
        if (node.IsSequence)
        {
            foreach (var item in node.Items)
            {
                StartLine(output, indent, ref startsOnOpenLine);
                output.Append("- ");
                if (item.Count > 0)
                    WriteContainer(output, item, indent + 2, startsOnOpenLine: true);
                else
                    WriteScalar(output, item, indent + 2);
            }

            return;
        }

        foreach (var entry in node.UniqueEntries)
        {
            StartLine(output, indent, ref startsOnOpenLine);
            WriteKey(output, entry.Key ?? "", indent);
            if (entry.Count > 0)
            {
                output.Append('\n');
                WriteContainer(output, entry, entry.IsSequence ? indent : indent + 2, startsOnOpenLine: false);
            }
            else
            {
                output.Append(' ');
                WriteScalar(output, entry, indent + 2);
            }
        }
    }

    private static void StartLine(StringBuilder output, int indent, ref bool isOpen)
    {
        if (!isOpen)
            output.Append(' ', indent);
        isOpen = false;
    }

    private static void WriteKey(StringBuilder output, string key, int indent)
    {
        var isLong = key.Length > YamlText.MaxImplicitKey;
        if (isLong)
            output.Append("? ");
        if (YamlText.IsPlain(key))
            output.Append(key);
        else
            YamlText.AppendQuoted(output, key);
        if (isLong)
            output.Append('\n').Append(' ', indent);
        output.Append(':');
    }

    // Writes a scalar or an empty container and ends the line.
    private static void WriteScalar(StringBuilder output, Node node, int indent)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping:
                output.Append("{}");
                break;
            case NodeKind.Sequence:
                output.Append("[]");
                break;
            case NodeKind.Boolean or NodeKind.Integer:
                output.Append(node.Text);
                break;
            case NodeKind.Float:
                output.Append(node.Text);
                // A float without fraction would come back as an integer.
                if (node.Text is { } number && !number.AsSpan().ContainsAnyExcept(IntegerCharacters))
                    output.Append(".0");
                break;
            case NodeKind.String:
                WriteString(output, node.Text ?? "", indent);
                return;
            default:
                output.Append("null");
                break;
        }

        output.Append('\n');
    }

    private static void WriteString(StringBuilder output, string text, int indent)
    {
        if (YamlText.IsPlain(text))
        {
            output.Append(text).Append('\n');
            return;
        }

        if (!YamlText.IsLiteral(text))
        {
            YamlText.AppendQuoted(output, text);
            output.Append('\n');
            return;
        }

        var end = text.Length;
        while (text[end - 1] == '\n')
            end--;
        output.Append((text.Length - end) switch { 0 => "|-\n", 1 => "|\n", _ => "|+\n" });
        foreach (var line in text[..end].Split('\n'))
        {
            if (line.Length > 0)
                output.Append(' ', indent).Append(line);
            output.Append('\n');
        }

        for (var i = end + 1; i < text.Length; i++)
            output.Append('\n');
    }
}
