using MeshLint.Output.Emit;
using MeshLint.Yaml;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace MeshLint.Output.Templates;

/// <summary>Parses and runs templates; what goes wrong is a <see cref="TemplateException"/> with places.</summary>
internal static class TemplateEngine
{
    private const int MaxProblems = 20;

    private static readonly ParserOptions Options = new() { ExpressionDepthLimit = 100 };

    /// <summary>Parses a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="shown">The file as messages name it.</param>
    public static Template Parse(string text, string shown)
    {
        var template = Template.Parse(text, shown, Options);
        return template.HasErrors
            ? throw new TemplateException([.. template.Messages.Where(static m => m.Type == ParserMessageType.Error).Take(MaxProblems).Select(m => Describe(m.Span, m.Message, shown))])
            : template;
    }

    /// <summary>Runs a template over a model.</summary>
    public static string Render(string text, string shown, ScriptObject model, TemplateLimits limits, ITemplateFiles files)
    {
        var template = Parse(text, shown);
        var context = new BoundedContext(TemplateFunctions.Create(files), limits);
        context.PushGlobal(model);
        try
        {
            return template.Render(context);
        }
        catch (ScriptRuntimeException exception)
        {
            throw exception.InnerException as TemplateException
                ?? new TemplateException([Describe(exception.Span, exception.OriginalMessage, shown)]);
        }
    }

    private static string Describe(SourceSpan span, string message, string shown)
    {
        // The library quotes with backticks, ends sentences, and may repeat pieces of the template.
        var sentence = VisibleText.OneLine(message.Replace('`', '\'')).Trim().TrimEnd('.');
        if (sentence.Length > 300)
            sentence = $"{sentence[..300]}...";
        var first = sentence.Length > 0 ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : "the template is wrong";
        return $"{(string.IsNullOrEmpty(span.FileName) ? shown : span.FileName)}:{span.Start.Line + 1}:{span.Start.Column + 1}: {first}";
    }
}
