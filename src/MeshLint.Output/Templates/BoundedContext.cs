using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Runtime.Accessors;
using Scriban.Syntax;

namespace MeshLint.Output.Templates;

/// <summary>Runs a template: escapes what it writes, keeps it within its limits, and reaches no .NET object by reflection.</summary>
internal sealed class BoundedContext : TemplateContext
{
    // Left to the frames of the library between two checks of the stack.
    private const int MaxDepth = 1000;

    private readonly TemplateLimits limits;
    private long work;
    private int depth;

    public BoundedContext(ScriptObject functions, TemplateLimits limits)
        : base(functions)
    {
        this.limits = limits;
        LoopLimit = limits.Iterations;
        RecursiveLimit = limits.Recursion == 0 ? MaxDepth : limits.Recursion;
        LimitToString = 0;
        AutoIndent = false;
        StrictVariables = true;
        NewLine = "\n";
        PushOutput(new BoundedOutput(this, limits.OutputCharacters));
    }

    /// <summary>Every value of a template comes this way: it is escaped unless a function made Markdown of it.</summary>
    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        // What a template captures was escaped when it was written.
        if (textAsObject is SafeText or StringBuilderOutput)
            Write(textAsObject.ToString());
        else if (textAsObject is not null && ObjectToString(textAsObject) is { } text)
            Write(Markdown.Escape(text));
        return this;
    }

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        if (scriptNode is null)
            return null;
        depth++;
        var lengthLimit = LimitToString;
        try
        {
            // The library cuts with an ellipsis what it writes beyond this length, and refuses to multiply text beyond it: only the latter
            // is wanted.
            LimitToString = scriptNode is ScriptBinaryExpression ? limits.ValueCharacters : 0;
            if (depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
                throw new ScriptRuntimeException(scriptNode.Span, "the template is nested too deeply");
            Spend(scriptNode.Span, 1);
            var result = base.Evaluate(scriptNode, aliasReturnedFunction);
            Weigh(scriptNode.Span, result);
            return result;
        }
        finally
        {
            LimitToString = lengthLimit;
            depth--;
        }
    }

    public override string? ObjectToString(object? value, bool nested = false)
    {
        var text = base.ObjectToString(value, nested);
        if (limits.ValueCharacters > 0 && text is not null && text.Length > limits.ValueCharacters)
            throw new ScriptRuntimeException(CurrentSpan, $"a value has more than {limits.ValueCharacters} characters");
        return text;
    }

    /// <summary>Members of lists and mappings only: whatever else there is has none, and nothing is looked up by reflection.</summary>
    protected override IObjectAccessor? GetMemberAccessorImpl(object target) => target switch
    {
        IScriptObject => ScriptObjectAccessor.Default,
        string => StringAccessor.Default,
        IList => ListAccessor.Default,
        _ => NullAccessor.Default,
    };

    private void Weigh(SourceSpan span, object? result)
    {
        if (limits.Work == 0)
            return;
        long size = result switch
        {
            string text => text.Length,
            ICollection list => list.Count,
            BigInteger number => number.GetByteCount() * 16L,
            _ => 0,
        };
        if (size > limits.ValueCharacters)
            throw new ScriptRuntimeException(span, $"a value has more than {limits.ValueCharacters} characters or elements");
        Spend(span, size / 8);
    }

    private void Spend(SourceSpan span, long amount)
    {
        work += amount;
        if (limits.Work > 0 && work > limits.Work)
            throw new ScriptRuntimeException(span, $"the template takes more than {limits.Work} steps");
    }
}
