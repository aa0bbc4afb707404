using System.Globalization;
using System.Text;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Templates;

/// <summary>Parses a Go template and fails with the texts of <c>text/template/parse</c>.</summary>
/// <remarks>
/// After the first failure every method returns at once: callers check <see cref="Failed"/> where going on would loop.
/// The lookahead of three tokens is Go's, because the line in a message is the line of the token that was read last.
/// </remarks>
internal sealed class TemplateParser
{
    private const int MaxDepth = 200;
    private readonly TemplateLexer lexer;
    private readonly Func<string, bool> isFunction;
    private readonly Dictionary<string, ListNode> definitions;
    private readonly TemplateToken[] tokens = new TemplateToken[3];
    private List<string> variables = ["$"];
    private int peeked;
    private int rangeDepth;
    private int actionLine;
    private int depth;

    private TemplateParser(string text, Func<string, bool> isFunction)
    {
        lexer = new TemplateLexer(text);
        this.isFunction = isFunction;
        definitions = new Dictionary<string, ListNode>(StringComparer.Ordinal);
    }

    private string? Error { get; set; }

    private bool Failed => Error is not null;

    /// <summary>The template's body and the templates defined inside it, or the parser's error.</summary>
    public static bool TryParse(
        string text,
        Func<string, bool> isFunction,
        out ListNode root,
        out IReadOnlyDictionary<string, ListNode> definitions,
        out string error)
    {
        var parser = new TemplateParser(text, isFunction);
        root = parser.ParseTop();
        definitions = parser.definitions;
        error = parser.Error ?? "";
        return !parser.Failed;
    }

    private ListNode ParseTop()
    {
        var nodes = ImmutableArray.CreateBuilder<TemplateNode>();
        while (!Failed && Peek().Kind != TemplateTokenKind.Eof)
        {
            if (Peek().Kind == TemplateTokenKind.LeftDelim)
            {
                var delim = Next();
                if (NextNonSpace().Kind == TemplateTokenKind.Define)
                {
                    ParseDefinition();
                    continue;
                }

                Backup2(delim);
            }

            var node = TextOrAction();
            if (node is EndNode)
                Fail($"unexpected {node}");
            else if (node is not null)
                nodes.Add(node);
        }

        return new ListNode(0, nodes.ToImmutable());
    }

    private void ParseDefinition()
    {
        const string context = "define clause";
        var token = NextNonSpace();
        var name = TemplateName(token, context);
        Expect(TemplateTokenKind.RightDelim, context);
        ParseBody(name, context);
    }

    /// <summary>The body of a named template up to its end; it sees no variables of its surroundings.</summary>
    private void ParseBody(string name, string context)
    {
        var outer = (variables, rangeDepth);
        (variables, rangeDepth) = (["$"], 0);
        var list = ItemList(out var end);
        (variables, rangeDepth) = outer;
        if (end is { IsElse: true })
            Fail($"unexpected {end} in {context}");
        if (Failed)
            return;
        if (definitions.TryGetValue(name, out var known) && !IsEmpty(known))
        {
            if (!IsEmpty(list))
                Fail($"template: multiple definition of template {GoText.Quote(name)}");
            return;
        }

        definitions[name] = list;
    }

    private static bool IsEmpty(ListNode list) => list.Nodes.All(n => n is TextNode text && string.IsNullOrWhiteSpace(text.Text));

    private ListNode ItemList(out EndNode? end)
    {
        var start = PeekNonSpace().Start;
        var nodes = ImmutableArray.CreateBuilder<TemplateNode>();
        end = null;
        if (++depth > MaxDepth)
            Fail("max expression depth exceeded");
        while (!Failed && end is null)
        {
            if (PeekNonSpace().Kind == TemplateTokenKind.Eof)
            {
                Fail("unexpected EOF");
                break;
            }

            switch (TextOrAction())
            {
                case EndNode node:
                    end = node;
                    break;
                case { } node:
                    nodes.Add(node);
                    break;
            }
        }

        depth--;
        return new ListNode(start, nodes.ToImmutable());
    }

    private TemplateNode? TextOrAction()
    {
        var token = NextNonSpace();
        switch (token.Kind)
        {
            case TemplateTokenKind.Text:
                return new TextNode(token.Start, token.Value);
            case TemplateTokenKind.LeftDelim:
                actionLine = token.Line;
                var node = Action();
                if (!Failed)
                    actionLine = 0;
                return node;
            default:
                return Unexpected(token, "input");
        }
    }

    private TemplateNode? Action()
    {
        var token = NextNonSpace();
        switch (token.Kind)
        {
            case TemplateTokenKind.Block:
                return BlockControl();
            case TemplateTokenKind.Break or TemplateTokenKind.Continue:
                return JumpControl(token);
            case TemplateTokenKind.Else:
                return ElseControl();
            case TemplateTokenKind.End:
                return new EndNode(Expect(TemplateTokenKind.RightDelim, "end").Start, IsElse: false);
            case TemplateTokenKind.If:
                return Control(BranchKind.If, "if");
            case TemplateTokenKind.Range:
                return Control(BranchKind.Range, "range");
            case TemplateTokenKind.Template:
                return TemplateControl();
            case TemplateTokenKind.With:
                return Control(BranchKind.With, "with");
        }

        Backup();
        var start = Peek().Start;
        return Pipeline("command", TemplateTokenKind.RightDelim) is { } pipe ? new ActionNode(start, pipe) : null;
    }

    private JumpNode? JumpControl(TemplateToken token)
    {
        var word = token.Value;
        if (NextNonSpace() is { Kind: not TemplateTokenKind.RightDelim } next)
        {
            Unexpected(next, $"{{{{{word}}}}}");
            return null;
        }

        if (rangeDepth == 0)
            Fail($"{{{{{word}}}}} outside {{{{range}}}}");
        return new JumpNode(token.Start, token.Kind == TemplateTokenKind.Break);
    }

    private EndNode ElseControl()
    {
        // "{{else if" and "{{else with" stand for "{{else}}{{if": the keyword stays for the caller.
        var next = PeekNonSpace();
        if (next.Kind is TemplateTokenKind.If or TemplateTokenKind.With)
            return new EndNode(next.Start, IsElse: true);
        return new EndNode(Expect(TemplateTokenKind.RightDelim, "else").Start, IsElse: true);
    }

    private BranchNode? Control(BranchKind kind, string context)
    {
        var mark = variables.Count;
        if (Pipeline(context, TemplateTokenKind.RightDelim) is not { } pipe)
            return null;
        if (kind == BranchKind.Range)
            rangeDepth++;
        var list = ItemList(out var end);
        if (kind == BranchKind.Range)
            rangeDepth--;
        ListNode? elseList = null;
        if (!Failed && end is { IsElse: true })
        {
            var chained =
                kind switch { BranchKind.If => TemplateTokenKind.If, BranchKind.With => TemplateTokenKind.With, _ => TemplateTokenKind.Error };
            if (Peek().Kind == chained)
            {
                Next();
                if (++depth > MaxDepth)
                    Fail("max expression depth exceeded");
                else if (Control(kind, context) is { } inner)
                    elseList = new ListNode(end.Start, [inner]);
                depth--;
            }
            else
            {
                elseList = ItemList(out var last);
                if (last is { IsElse: true })
                    Fail($"expected end; found {last}");
            }
        }

        variables.RemoveRange(mark, variables.Count - mark);
        return new BranchNode(pipe.Start, kind, pipe, list, elseList);
    }

    private TemplateCallNode BlockControl()
    {
        const string context = "block clause";
        var token = NextNonSpace();
        var name = TemplateName(token, context);
        var pipe = Pipeline(context, TemplateTokenKind.RightDelim);
        ParseBody(name, context);
        return new TemplateCallNode(token.Start, name, pipe);
    }

    private TemplateCallNode TemplateControl()
    {
        const string context = "template clause";
        var token = NextNonSpace();
        var name = TemplateName(token, context);
        PipeNode? pipe = null;
        if (!Failed && NextNonSpace().Kind != TemplateTokenKind.RightDelim)
        {
            Backup();
            pipe = Pipeline(context, TemplateTokenKind.RightDelim);
        }

        return new TemplateCallNode(token.Start, name, pipe);
    }

    private string TemplateName(TemplateToken token, string context)
    {
        if (token.Kind is TemplateTokenKind.String or TemplateTokenKind.RawString)
        {
            if (GoUnquote.TryUnquote(token.Value, out var name))
                return name;
            Fail("invalid syntax");
        }
        else
        {
            Unexpected(token, context);
        }

        return "";
    }

    private PipeNode? Pipeline(string context, TemplateTokenKind end)
    {
        if (Failed)
            return null;
        var start = PeekNonSpace().Start;
        var declarations = ImmutableArray.CreateBuilder<VariableNode>();
        var isAssignment = Declarations(context, declarations);
        var commands = ImmutableArray.CreateBuilder<CommandNode>();
        while (!Failed)
        {
            var token = NextNonSpace();
            if (token.Kind == end)
            {
                CheckPipeline(commands, context);
                return new PipeNode(start, isAssignment, declarations.ToImmutable(), commands.ToImmutable());
            }

            switch (token.Kind)
            {
                case TemplateTokenKind.Bool or TemplateTokenKind.CharConstant or TemplateTokenKind.Complex or TemplateTokenKind.Dot
                    or TemplateTokenKind.Field
                    or TemplateTokenKind.Identifier or TemplateTokenKind.Number or TemplateTokenKind.Nil or TemplateTokenKind.RawString
                    or TemplateTokenKind.String or TemplateTokenKind.Variable or TemplateTokenKind.LeftParen:
                    Backup();
                    if (Command() is { } command)
                        commands.Add(command);
                    break;
                default:
                    Unexpected(token, context);
                    break;
            }
        }

        return null;
    }

    /// <summary><c>$x :=</c>, <c>$x =</c> or <c>$i, $x :=</c> at the start of a pipeline; whether it assigns.</summary>
    private bool Declarations(string context, ImmutableArray<VariableNode>.Builder declarations)
    {
        while (PeekNonSpace() is { Kind: TemplateTokenKind.Variable } variable)
        {
            Next();

            // In "$x foo" only the token after the blank tells that $x is an argument.
            var after = Peek();
            var next = PeekNonSpace();
            if (next.Kind is TemplateTokenKind.Assign or TemplateTokenKind.Declare)
            {
                NextNonSpace();
                declarations.Add(new VariableNode(variable.Start, [variable.Value]));
                variables.Add(variable.Value);
                return next.Kind == TemplateTokenKind.Assign;
            }

            if (next is { Kind: TemplateTokenKind.Char, Value: "," })
            {
                NextNonSpace();
                declarations.Add(new VariableNode(variable.Start, [variable.Value]));
                variables.Add(variable.Value);
                if (context == "range" && declarations.Count < 2)
                {
                    if (PeekNonSpace().Kind is TemplateTokenKind.Variable or TemplateTokenKind.RightDelim or TemplateTokenKind.RightParen)
                        continue;
                    Fail("range can only initialize variables");
                }
                else
                {
                    Fail($"too many declarations in {context}");
                }

                return false;
            }

            if (after.Kind == TemplateTokenKind.Space)
                Backup3(variable, after);
            else
                Backup2(variable);
            return false;
        }

        return false;
    }

    private void CheckPipeline(ImmutableArray<CommandNode>.Builder commands, string context)
    {
        if (Failed)
            return;
        if (commands.Count == 0)
        {
            Fail($"missing value for {context}");
            return;
        }

        for (var i = 1; i < commands.Count; i++)
        {
            if (commands[i].Arguments[0] is BoolNode or DotNode or NilNode or NumberNode or StringNode)
            {
                Fail($"non executable command in pipeline stage {(i + 1).ToString(CultureInfo.InvariantCulture)}");
                return;
            }
        }
    }

    private CommandNode? Command()
    {
        var start = PeekNonSpace().Start;
        var arguments = ImmutableArray.CreateBuilder<TemplateNode>();
        while (!Failed)
        {
            PeekNonSpace();
            if (Operand() is { } operand)
                arguments.Add(operand);
            if (Failed)
                return null;
            var token = Next();
            if (token.Kind == TemplateTokenKind.Space)
                continue;
            if (token.Kind is TemplateTokenKind.RightDelim or TemplateTokenKind.RightParen)
                Backup();
            else if (token.Kind != TemplateTokenKind.Pipe)
                Unexpected(token, "operand");
            break;
        }

        if (!Failed && arguments.Count == 0)
            Fail("empty command");
        return Failed ? null : new CommandNode(start, arguments.ToImmutable());
    }

    private TemplateNode? Operand()
    {
        var node = Term();
        if (Failed || node is null || Peek().Kind != TemplateTokenKind.Field)
            return node;
        var start = Peek().Start;
        var path = ImmutableArray.CreateBuilder<string>();
        while (Peek().Kind == TemplateTokenKind.Field)
            path.Add(Next().Value[1..]);
        switch (node)
        {
            case FieldNode field:
                return new FieldNode(start, field.Path.AddRange(path));
            case VariableNode variable:
                return new VariableNode(start, variable.Path.AddRange(path));
            case BoolNode or StringNode or NumberNode or NilNode or DotNode:
                return Fail($"unexpected . after term {GoText.Quote(node.ToString())}");
            default:
                return new ChainNode(start, node, path.ToImmutable());
        }
    }

    private TemplateNode? Term()
    {
        var token = NextNonSpace();
        switch (token.Kind)
        {
            case TemplateTokenKind.Identifier:
                return isFunction(token.Value)
                    ? new IdentifierNode(token.Start, token.Value)
                    : Fail($"function {GoText.Quote(token.Value)} not defined");
            case TemplateTokenKind.Dot:
                return new DotNode(token.Start);
            case TemplateTokenKind.Nil:
                return new NilNode(token.Start);
            case TemplateTokenKind.Variable:
                return variables.Contains(token.Value)
                    ? new VariableNode(token.Start, [token.Value])
                    : Fail($"undefined variable {GoText.Quote(token.Value)}");
            case TemplateTokenKind.Field:
                return new FieldNode(token.Start, [token.Value[1..]]);
            case TemplateTokenKind.Bool:
                return new BoolNode(token.Start, token.Value == "true");
            case TemplateTokenKind.CharConstant:
                return GoUnquote.TryUnquote(token.Value, out var character) && Rune.TryGetRuneAt(character, 0, out var rune)
                    ? new NumberNode(token.Start, token.Value, (long)rune.Value)
                    : Fail($"malformed character constant: {token.Value}");
            case TemplateTokenKind.Complex or TemplateTokenKind.Number:
                return GoNumber.TryParse(token.Value, out var value)
                    ? new NumberNode(token.Start, token.Value, value)
                    : Fail($"illegal number syntax: {GoText.Quote(token.Value)}");
            case TemplateTokenKind.LeftParen:
                if (++depth > MaxDepth)
                    return Fail("max expression depth exceeded");
                var pipe = Pipeline("parenthesized pipeline", TemplateTokenKind.RightParen);
                depth--;
                return pipe;
            case TemplateTokenKind.String or TemplateTokenKind.RawString:
                return GoUnquote.TryUnquote(token.Value, out var text)
                    ? new StringNode(token.Start, token.Value, text)
                    : Fail("invalid syntax");
        }

        Backup();
        return null;
    }

    private TemplateToken Expect(TemplateTokenKind kind, string context)
    {
        if (Failed)
            return default;
        var token = NextNonSpace();
        if (token.Kind != kind)
            Unexpected(token, context);
        return token;
    }

    private TemplateNode? Unexpected(TemplateToken token, string context)
    {
        if (token.Kind != TemplateTokenKind.Error)
            return Fail($"unexpected {token} in {context}");
        var extra = "";
        if (actionLine != 0 && actionLine != token.Line)
        {
            var started = string.Create(CultureInfo.InvariantCulture, $"started at :{actionLine}");
            extra = token.Value.EndsWith(" action", StringComparison.Ordinal) ? " " + started : " in action " + started;
        }

        return Fail(token + extra);
    }

    private TemplateNode? Fail(string message)
    {
        Error ??= string.Create(CultureInfo.InvariantCulture, $"template: :{tokens[0].Line}: {message}");
        return null;
    }

    private TemplateToken Next()
    {
        if (peeked > 0)
            peeked--;
        else
            tokens[0] = lexer.Next();
        return tokens[peeked];
    }

    private TemplateToken Peek()
    {
        if (peeked > 0)
            return tokens[peeked - 1];
        peeked = 1;
        tokens[0] = lexer.Next();
        return tokens[0];
    }

    private TemplateToken NextNonSpace()
    {
        TemplateToken token;
        do
            token = Next();
        while (token.Kind == TemplateTokenKind.Space);
        return token;
    }

    private TemplateToken PeekNonSpace()
    {
        var token = NextNonSpace();
        Backup();
        return token;
    }

    private void Backup() => peeked++;

    private void Backup2(TemplateToken first)
    {
        tokens[1] = first;
        peeked = 2;
    }

    private void Backup3(TemplateToken first, TemplateToken second)
    {
        tokens[1] = second;
        tokens[2] = first;
        peeked = 3;
    }
}
