using System.Collections;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace MeshLint.Output.Templates;

/// <summary>
/// The functions that templates may call (docs/migration-plan.md). None tells the time, draws lots, or reaches outside of the template
/// folder.
/// </summary>
internal static class TemplateFunctions
{
    /// <summary>The functions by name.</summary>
    public static ScriptObject Create(ITemplateFiles files)
    {
        var functions = new ScriptObject(8, false);
        Add(functions, "code", ["text"], static (c, _, a) => new SafeText(Markdown.Code(Text(c, a[0]))));
        Add(functions, "cell", ["text"], static (c, _, a) => new SafeText(Markdown.Code(Text(c, a[0]), inTable: true)));
        Add(functions, "html", ["text"], static (c, _, a) => new SafeText(Markdown.Html(Text(c, a[0]))));
        Add(functions, "raw", ["text"], static (c, _, a) => new SafeText(Text(c, a[0])));
        Add(
            functions,
            "join",
            ["list"],
            static (c, _, a) => new SafeText(string.Join(", ", Elements(a[0]).Select(e => Markdown.Escape(Text(c, e))))));
        Add(
            functions,
            "plural",
            ["number", "one", "many"],
            static (c, _, a) => new SafeText(Plural(Text(c, a[0]), Text(c, a[1]), Text(c, a[2]))));
        Add(functions, "has", ["value"], static (_, _, a) => Has(a[0]));
        Add(functions, "include", ["name"], (c, node, a) => Include(files, c, node, Text(c, a[0])));
        return functions;
    }

    private static void Add(
        ScriptObject functions, string name, ImmutableArray<string> parameters,
        Func<TemplateContext, ScriptNode?, ScriptArray, object?> body) =>
        functions.SetValue(name, new TemplateFunction(parameters, body), readOnly: true);

    private static string Text(TemplateContext context, object? value) => context.ObjectToString(value) ?? "";

    private static string Plural(string number, string one, string many) => $"{number} {(number == "1" ? one : many)}";

    private static IEnumerable<object?> Elements(object? list) =>
        list is IEnumerable elements and not string ? elements.Cast<object?>() : [];

    private static bool Has(object? value) => value switch
    {
        null or false or "" or 0 or 0L => false,
        ICollection list => list.Count > 0,
        _ => true,
    };

    private static SafeText Include(ITemplateFiles files, TemplateContext context, ScriptNode? caller, string name)
    {
        var span = caller?.Span ?? context.CurrentSpan;
        if (!context.CachedTemplates.TryGetValue(name, out var template))
        {
            var text = files.Read(name, out var problem) ?? throw new ScriptRuntimeException(span, problem);
            template = TemplateEngine.Parse(text, files.Shown(name));
            context.CachedTemplates[name] = template;
        }

        return new SafeText(context.RenderTemplate(template, [name], caller));
    }
}
