namespace MeshLint.Kuma.Templates;

/// <summary>The value that a Go template is rendered with: a struct of strings, or a map of strings.</summary>
/// <param name="TypeName">How Go names the type in messages, e.g. <c>hostname.meshedName</c>.</param>
/// <param name="Fields">The fields or entries.</param>
/// <param name="IsMap">A map gives <c>&lt;no value&gt;</c> for an unknown key where a struct is an error.</param>
public sealed record GoTemplateData(string TypeName, ImmutableDictionary<string, string> Fields, bool IsMap)
{
    /// <summary>A struct; fields are named as in Go.</summary>
    public static GoTemplateData Struct(string typeName, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var builder = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in fields)
            builder[name] = value;
        return new GoTemplateData(typeName, builder.ToImmutable(), IsMap: false);
    }

    /// <summary>A <c>map[string]string</c>.</summary>
    public static GoTemplateData Map(IEnumerable<KeyValuePair<string, string>> entries) =>
        new("map[string]string", ImmutableDictionary.CreateRange(StringComparer.Ordinal, entries), IsMap: true);

    /// <summary>
    /// What a HostnameGenerator's template sees (kuma: pkg/core/resources/apis/hostnamegenerator/hostname/generator.go;
    /// docs/kuma/hostnames.md#templates).
    /// </summary>
    public static GoTemplateData Hostname(string name, string displayName, string ns, string mesh, string zone) =>
        Struct("hostname.meshedName", ("Name", name), ("DisplayName", displayName), ("Namespace", ns), ("Mesh", mesh), ("Zone", zone));
}

/// <summary>
/// A parsed Go <c>text/template</c> of name <c>""</c>, as Kuma uses it in HostnameGenerator, MeshIdentity and VirtualOutbound.
/// </summary>
/// <remarks>
/// The whole language: pipelines, variables, <c>if</c>, <c>with</c>, <c>range</c>, <c>define</c>, trim markers and the built-in functions.
/// Errors are Go's own texts, e.g. <c>template: :1:3: executing "" at &lt;.Nope&gt;: can't evaluate field Nope in type
/// hostname.meshedName</c>.
/// Immutable, thread-safe.
/// </remarks>
public sealed class GoTemplate
{
    private static readonly ListNode Nothing = new(0, []);

    private GoTemplate(string source, ListNode root, IReadOnlyDictionary<string, ListNode> definitions)
    {
        Source = source;
        Root = root;
        Definitions = definitions;
    }

    /// <summary>The template's text.</summary>
    public string Source { get; }

    internal ListNode Root { get; }

    internal IReadOnlyDictionary<string, ListNode> Definitions { get; }

    /// <summary>Parses a template that may call <c>label "key"</c>.</summary>
    /// <param name="text">The template.</param>
    /// <param name="template">The parsed template; null where it does not parse.</param>
    /// <param name="error">Go's error text; "" where it parses.</param>
    public static bool TryParse(
        string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out GoTemplate? template, out string error) =>
        TryParse(text, hasLabelFunction: true, out template, out error);

    /// <summary>As above; VirtualOutbound's templates have no function <c>label</c>.</summary>
    public static bool TryParse(
        string text, bool hasLabelFunction, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out GoTemplate? template, out string error)
    {
        template = null;
        if (text.Length > TemplateBudget.MaxLength)
        {
            // It may be well-formed; running it tells that nobody looked.
            template = new GoTemplate(text, Nothing, ImmutableDictionary<string, ListNode>.Empty);
            error = "";
            return true;
        }

        if (!TemplateParser.TryParse(text, name => TemplateFunctions.IsBuiltIn(name) || (hasLabelFunction && name == "label"), out var root, out var definitions, out error))
            return false;
        template = new GoTemplate(text, root, definitions);
        return true;
    }

    /// <summary>Renders the template.</summary>
    /// <param name="data">The fields.</param>
    /// <param name="labelLookup">The value of a label, null where it is absent; then rendering fails as in Kuma.</param>
    public TemplateResult Render(GoTemplateData data, Func<string, string?> labelLookup)
    {
        if (Source.Length > TemplateBudget.MaxLength)
            return new TemplateResult("", "", TemplateBudget.TooLong);
        var execution = new TemplateExecution(this, labelLookup);
        var text = execution.Run(data);
        var (error, excess) = (execution.Error, execution.Excess);
        return new TemplateResult(error is null && excess is null ? text : "", excess is null ? error ?? "" : "", excess)
        {
            Steps = execution.Steps,
        };
    }

    /// <summary>Renders the template; one that is over its budget fails like any other.</summary>
    /// <param name="data">The fields.</param>
    /// <param name="labelLookup">The value of a label, null where it is absent.</param>
    /// <param name="text">The result; "" on failure.</param>
    /// <param name="error">Go's error text, or which limit is exceeded; "" on success.</param>
    public bool TryRender(GoTemplateData data, Func<string, string?> labelLookup, out string text, out string error)
    {
        var result = Render(data, labelLookup);
        text = result.Text;
        error = result.Excess is { } excess ? $"the template {excess}" : result.Error;
        return error.Length == 0;
    }
}
