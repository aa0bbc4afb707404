using System.Globalization;
using System.Text;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Templates;

/// <summary>One run of a template (Go: <c>text/template/exec.go</c>).</summary>
/// <remarks>
/// Values are <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="GoTemplateData"/> or null (no
/// value).
/// </remarks>
internal sealed class TemplateExecution(GoTemplate template, Func<string, string?> labelLookup)
{
    /// <summary>Stands for "no value came from the command before".</summary>
    private static readonly object NoFinal = new();

    private readonly StringBuilder output = new();
    private readonly TemplateBudget budget = new();

    /// <summary>The templates that are being run, each with its argument: one that comes again runs for ever.</summary>
    private readonly HashSet<(string Name, object? Argument)> active = [];
    private List<(string Name, object? Value)> variables = [];
    private string templateName = "";
    private TemplateNode? current;
    private Jump pending;

    private enum Jump
    {
        None,
        Break,
        Continue,
    }

    public string? Error { get; private set; }

    /// <summary>Which limit was exceeded, as <see cref="TemplateBudget.Excess"/>; then neither text nor error means anything.</summary>
    public string? Excess => budget.Excess;

    public int Steps => budget.Steps;

    private bool Failed => Error is not null || budget.Excess is not null;

    public string Run(GoTemplateData data)
    {
        variables.Add(("$", data));
        Walk(data, template.Root);
        return output.ToString();
    }

    private void Walk(object? dot, TemplateNode node)
    {
        if (!Failed && budget.Step() && budget.Enter())
        {
            current = node;
            WalkNode(dot, node);
        }

        budget.Leave();
    }

    private void WalkNode(object? dot, TemplateNode node)
    {
        switch (node)
        {
            case ActionNode action:
                var value = Pipeline(dot, action.Pipe);
                current = node;
                if (!Failed && action.Pipe.Declarations.IsEmpty)
                    Write(TemplateFunctions.Print(value));
                break;
            case BranchNode { Kind: BranchKind.Range } range:
                WalkRange(dot, range);
                break;
            case BranchNode branch:
                var mark = variables.Count;
                var condition = Pipeline(dot, branch.Pipe);
                if (!Failed)
                {
                    if (TemplateFunctions.IsTrue(condition))
                        Walk(branch.Kind == BranchKind.With ? condition : dot, branch.List);
                    else if (branch.Else is not null)
                        Walk(dot, branch.Else);
                }

                variables.RemoveRange(mark, variables.Count - mark);
                break;
            case ListNode list:
                foreach (var item in list.Nodes)
                {
                    Walk(dot, item);
                    if (Failed || pending != Jump.None)
                        return;
                }

                break;
            case JumpNode jump:
                pending = jump.IsBreak ? Jump.Break : Jump.Continue;
                break;
            case TemplateCallNode call:
                WalkTemplate(dot, call);
                break;
            case TextNode text:
                Write(text.Text);
                break;
        }
    }

    private void Write(string text)
    {
        if (budget.Fits(output.Length + text.Length))
            output.Append(text);
    }

    private void WalkRange(object? dot, BranchNode range)
    {
        var outer = variables.Count;
        var value = Pipeline(dot, range.Pipe);
        var mark = variables.Count;
        var declared = range.Pipe.Declarations.Length;
        var count = 0;
        switch (value)
        {
            case GoTemplateData { IsMap: true } map:
                budget.Step(map.Fields.Count);
                foreach (var (key, entry) in map.Fields.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    count++;
                    if (!Iterate(key, entry))
                        break;
                }

                break;
            case long when declared > 1:
                current = range;
                Fail($"can't use {TemplateFunctions.Print(value)} to iterate over more than one variable");
                break;
            case long number:
                for (var i = 0L; i < number; i++)
                {
                    count++;
                    if (!Iterate(i, i))
                        break;
                }

                break;
            case null:
                break;
            default:
                current = range;
                Fail($"range can't iterate over {TemplateFunctions.Print(value)}");
                break;
        }

        variables.RemoveRange(mark, variables.Count - mark);
        if (!Failed && count == 0 && range.Else is not null)
            Walk(dot, range.Else);
        variables.RemoveRange(outer, variables.Count - outer);

        bool Iterate(object key, object element)
        {
            if (declared > 0 && mark > 0)
                variables[mark - 1] = (variables[mark - 1].Name, element);
            if (declared > 1 && mark > 1)
                variables[mark - 2] = (variables[mark - 2].Name, key);
            Walk(element, range.List);
            variables.RemoveRange(mark, variables.Count - mark);
            var stop = pending == Jump.Break;
            pending = Jump.None;
            return !Failed && !stop;
        }
    }

    private void WalkTemplate(object? dot, TemplateCallNode call)
    {
        if (!template.Definitions.TryGetValue(call.Name, out var body))
        {
            Fail($"template {GoText.Quote(call.Name)} not defined");
            return;
        }

        var argument = call.Pipe is null ? null : Pipeline(dot, call.Pipe);
        if (Failed)
            return;
        if (!active.Add((call.Name, argument)))
        {
            // Nothing but the argument tells two runs of one template apart: Go runs into its limit.
            current = call;
            Fail("exceeded maximum template depth (100000)");
            return;
        }

        var (outerVariables, outerName) = (variables, templateName);
        (variables, templateName) = ([("$", argument)], call.Name);
        Walk(argument, body);
        if (!Failed)
            templateName = outerName;
        active.Remove((call.Name, argument));
        variables = outerVariables;
    }

    private object? Pipeline(object? dot, PipeNode pipe)
    {
        var value = budget.Step() && budget.Enter() ? RunPipeline(dot, pipe) : null;
        budget.Leave();
        return value;
    }

    private object? RunPipeline(object? dot, PipeNode pipe)
    {
        current = pipe;
        object? value = NoFinal;
        foreach (var command in pipe.Commands)
        {
            value = Command(dot, command, value);
            if (Failed)
                return null;
        }

        foreach (var declaration in pipe.Declarations)
        {
            var name = declaration.Path[0];
            if (!pipe.IsAssignment)
            {
                variables.Add((name, value));
                continue;
            }

            var at = IndexOf(name);
            if (at >= 0)
                variables[at] = (name, value);
        }

        return value;
    }

    private object? Command(object? dot, CommandNode command, object? final)
    {
        var first = command.Arguments[0];
        switch (first)
        {
            case FieldNode field:
                current = field;
                return Fields(dot, field.Path, 0, command.Arguments.Length > 1 || final != NoFinal);
            case ChainNode chain:
                return Chain(dot, chain, command.Arguments.Length > 1 || final != NoFinal);
            case IdentifierNode function:
                return Call(dot, function.Name, command, command.Arguments.AsSpan()[1..], final, function);
            case PipeNode pipe:
                return IsPlain(command, final) ? Pipeline(dot, pipe) : null;
            case VariableNode variable:
                current = variable;
                return variable.Path.Length > 1 || IsPlain(command, final)
                    ? Variable(variable, command.Arguments.Length > 1 || final != NoFinal)
                    : null;
        }

        current = first;
        if (!IsPlain(command, final))
            return null;
        return first switch
        {
            BoolNode constant => constant.Value,
            DotNode => dot,
            NilNode => Fail("nil is not a command"),
            NumberNode number => Constant(number),
            StringNode text => text.Value,
            _ => Fail($"can't evaluate command {GoText.Quote(first.ToString())}"),
        };
    }

    private bool IsPlain(CommandNode command, object? final)
    {
        if (command.Arguments.Length > 1 || final != NoFinal)
            Fail($"can't give argument to non-function {command.Arguments[0]}");
        return !Failed;
    }

    private object? Constant(NumberNode number)
    {
        current = number;
        return number.Value ?? (number.Text.EndsWith('i') ? number.Text : Fail($"{number.Text} overflows int"));
    }

    private object? Chain(object? dot, ChainNode chain, bool hasArguments)
    {
        current = chain;
        if (chain.Operand is NilNode)
            return Fail($"indirection through explicit nil in {chain}");
        var receiver = Argument(dot, chain.Operand);
        current = chain;
        return Failed ? null : Fields(receiver, chain.Path, 0, hasArguments);
    }

    private object? Variable(VariableNode variable, bool hasArguments)
    {
        var at = IndexOf(variable.Path[0]);
        if (at < 0)
            return Fail($"undefined variable: {variable.Path[0]}");
        return Fields(variables[at].Value, variable.Path, 1, hasArguments);
    }

    private int IndexOf(string variable)
    {
        var at = variables.FindLastIndex(v => v.Name == variable);
        budget.Step((variables.Count - at) / 64);
        return at;
    }

    private object? Fields(object? receiver, ImmutableArray<string> path, int from, bool hasArguments)
    {
        for (var i = from; i < path.Length; i++)
        {
            var name = path[i];
            var invoked = hasArguments && i == path.Length - 1;
            switch (receiver)
            {
                case null:
                    return null;
                case GoTemplateData { IsMap: true } when invoked:
                    return Fail($"{name} is not a method but has arguments");
                case GoTemplateData data when data.IsMap || data.Fields.ContainsKey(name):
                    if (invoked)
                        return Fail($"{name} has arguments but cannot be invoked as function");
                    receiver = data.Fields.GetValueOrDefault(name);
                    break;
                default:
                    return Fail($"can't evaluate field {name} in type {TemplateFunctions.TypeName(receiver)}");
            }
        }

        return receiver;
    }

    private object? Call(
        object? dot, string name, TemplateNode site, ReadOnlySpan<TemplateNode> arguments, object? final, IdentifierNode function)
    {
        current = function;
        var hasFinal = final != NoFinal;
        var count = arguments.Length + (hasFinal ? 1 : 0);
        var (least, most) = TemplateFunctions.Arity(name);
        if (count < least && most < 0)
            return Fail(
                string.Create(
                    CultureInfo.InvariantCulture, $"wrong number of args for {name}: want at least {least} got {arguments.Length}"));
        if (most >= 0 && count != least)
            return Fail(string.Create(CultureInfo.InvariantCulture, $"wrong number of args for {name}: want {least} got {count}"));

        var values = new object?[count];
        var isString = name == "label";
        budget.Step(count);
        for (var i = 0; i < arguments.Length; i++)
        {
            values[i] = isString ? StringArgument(dot, arguments[i]) : Argument(dot, arguments[i]);
            if (Failed || !budget.Take(values[i]))
                return null;
            if (name is "and" or "or" && TemplateFunctions.IsTrue(values[i]) == (name == "or"))
                return values[i];
        }

        if (hasFinal)
            values[^1] = isString ? RequireString(final) : final;
        if (Failed || !budget.Take(hasFinal ? final : null))
            return null;
        var result = isString ? Label((string?)values[0] ?? "", out var error) : TemplateFunctions.Call(name, values, out error);
        budget.Take(result);
        if (error is null)
            return result;
        current = site;
        return Fail($"error calling {name}: {error}");
    }

    private string? Label(string key, out string? error)
    {
        var value = labelLookup(key);
        error = value is null ? $"label {key} not found" : null;
        return value;
    }

    private object? StringArgument(object? dot, TemplateNode node)
    {
        current = node;
        return node switch
        {
            StringNode text => text.Value,
            NilNode => Fail("cannot assign nil to string"),
            BoolNode or NumberNode => Fail($"expected string; found {node}"),
            _ => RequireString(Argument(dot, node)),
        };
    }

    private object? RequireString(object? value) => Failed ? null : value switch
    {
        string => value,
        null => Fail("invalid value; expected string"),
        _ => Fail($"wrong type for value; expected string; got {TemplateFunctions.TypeName(value)}"),
    };

    private object? Argument(object? dot, TemplateNode node)
    {
        current = node;
        return node switch
        {
            DotNode => dot,
            NilNode => null,
            BoolNode constant => constant.Value,
            NumberNode number => Constant(number),
            StringNode text => text.Value,
            FieldNode field => Fields(dot, field.Path, 0, hasArguments: false),
            VariableNode variable => Variable(variable, hasArguments: false),
            PipeNode pipe => Pipeline(dot, pipe),
            ChainNode chain => Chain(dot, chain, hasArguments: false),
            IdentifierNode function => Call(dot, function.Name, function, [], NoFinal, function),
            _ => Fail($"can't handle {node} for arg of type interface {{}}"),
        };
    }

    private object? Fail(string message)
    {
        if (Failed)
            return null;
        var start = current?.Start ?? 0;
        var before = template.Source.AsSpan(0, Math.Min(start, template.Source.Length));
        var line = before.Count('\n') + 1;
        var column = Encoding.UTF8.GetByteCount(before[(before.LastIndexOf('\n') + 1)..]);
        Error = string.Create(
            CultureInfo.InvariantCulture, $"template: :{line}:{column}: executing {GoText.Quote(templateName)} at <{current}>: {message}");
        return null;
    }
}
