using System.Text;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Templates;

/// <summary>
/// A node of a parsed Go template; <see cref="Start"/> is an offset into the template, the text is Go's own spelling of it.
/// </summary>
internal abstract record TemplateNode(int Start);

internal sealed record TextNode(int Start, string Text) : TemplateNode(Start)
{
    public override string ToString() => Text;
}

internal sealed record ListNode(int Start, ImmutableArray<TemplateNode> Nodes) : TemplateNode(Start)
{
    public override string ToString() => string.Concat(Nodes);
}

internal sealed record ActionNode(int Start, PipeNode Pipe) : TemplateNode(Start)
{
    public override string ToString() => "{{" + Pipe + "}}";
}

internal enum BranchKind
{
    If,
    With,
    Range,
}

internal sealed record BranchNode(int Start, BranchKind Kind, PipeNode Pipe, ListNode List, ListNode? Else) : TemplateNode(Start)
{
    public override string ToString()
    {
        var word = Kind switch { BranchKind.If => "if", BranchKind.With => "with", _ => "range" };
        return Else is null ? $"{{{{{word} {Pipe}}}}}{List}{{{{end}}}}" : $"{{{{{word} {Pipe}}}}}{List}{{{{else}}}}{Else}{{{{end}}}}";
    }
}

/// <summary>{{break}} or {{continue}}.</summary>
internal sealed record JumpNode(int Start, bool IsBreak) : TemplateNode(Start)
{
    public override string ToString() => IsBreak ? "{{break}}" : "{{continue}}";
}

/// <summary>{{end}} or {{else}}; lives only while parsing.</summary>
internal sealed record EndNode(int Start, bool IsElse) : TemplateNode(Start)
{
    public override string ToString() => IsElse ? "{{else}}" : "{{end}}";
}

internal sealed record TemplateCallNode(int Start, string Name, PipeNode? Pipe) : TemplateNode(Start)
{
    public override string ToString() =>
        Pipe is null ? $"{{{{template {GoText.Quote(Name)}}}}}" : $"{{{{template {GoText.Quote(Name)} {Pipe}}}}}";
}

internal sealed record PipeNode(
    int Start, bool IsAssignment, ImmutableArray<VariableNode> Declarations, ImmutableArray<CommandNode> Commands) : TemplateNode(Start)
{
    public override string ToString()
    {
        var builder = new StringBuilder();
        if (!Declarations.IsEmpty)
            builder.AppendJoin(", ", Declarations).Append(IsAssignment ? " = " : " := ");
        return builder.AppendJoin(" | ", Commands).ToString();
    }
}

internal sealed record CommandNode(int Start, ImmutableArray<TemplateNode> Arguments) : TemplateNode(Start)
{
    public override string ToString() => string.Join(' ', Arguments.Select(a => a is PipeNode ? $"({a})" : a.ToString()));
}

internal sealed record IdentifierNode(int Start, string Name) : TemplateNode(Start)
{
    public override string ToString() => Name;
}

/// <summary><c>$x.Field</c>: the variable's name and the fields after it.</summary>
internal sealed record VariableNode(int Start, ImmutableArray<string> Path) : TemplateNode(Start)
{
    public override string ToString() => string.Join('.', Path);
}

internal sealed record FieldNode(int Start, ImmutableArray<string> Path) : TemplateNode(Start)
{
    public override string ToString() => "." + string.Join('.', Path);
}

/// <summary><c>(pipeline).Field</c>.</summary>
internal sealed record ChainNode(int Start, TemplateNode Operand, ImmutableArray<string> Path) : TemplateNode(Start)
{
    public override string ToString() => (Operand is PipeNode ? $"({Operand})" : Operand.ToString()) + "." + string.Join('.', Path);
}

internal sealed record DotNode(int Start) : TemplateNode(Start)
{
    public override string ToString() => ".";
}

internal sealed record NilNode(int Start) : TemplateNode(Start)
{
    public override string ToString() => "nil";
}

internal sealed record BoolNode(int Start, bool Value) : TemplateNode(Start)
{
    public override string ToString() => Value ? "true" : "false";
}

/// <summary>A number constant: its value is a <see cref="long"/>, a <see cref="double"/>, or null where it fits neither.</summary>
internal sealed record NumberNode(int Start, string Text, object? Value) : TemplateNode(Start)
{
    public override string ToString() => Text;
}

internal sealed record StringNode(int Start, string Quoted, string Value) : TemplateNode(Start)
{
    public override string ToString() => Quoted;
}
