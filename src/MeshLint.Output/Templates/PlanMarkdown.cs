using MeshLint.Analysis.Migration;
using MeshLint.Output.Migration;

namespace MeshLint.Output.Templates;

/// <summary>Renders <c>plan.md</c> from the plan through a Scriban template (docs/migration-plan.md).</summary>
/// <remarks>
/// Values are escaped for Markdown, so a hostile name cannot become markup; functions such as <c>code</c> make Markdown of them. A
/// template of the user's is bounded in loops, recursion, work and output (<see cref="TemplateLimits"/>). Thread-safe.
/// </remarks>
public static class PlanMarkdown
{
    /// <summary>File name of the template, among the built-in ones and in a user's folder.</summary>
    public const string TemplateName = "plan.md.scriban";

    /// <summary>Renders the plan with the built-in template.</summary>
    public static string Render(MigrationPlan plan) =>
        TemplateEngine.Render(ReadBuiltIn(), TemplateName, PlanModel.Of(plan), TemplateLimits.None, new NoTemplateFiles())
            .ReplaceLineEndings("\n");

    /// <summary>Renders the plan with a template of the user's.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="template">Text of the user's <see cref="TemplateName"/>.</param>
    /// <param name="files">Where the template comes from, and what it may include.</param>
    /// <exception cref="TemplateException">The template does not parse, does not run, or asks for more than it may.</exception>
    public static string Render(MigrationPlan plan, string template, ITemplateFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return TemplateEngine.Render(template, files.Shown(TemplateName), PlanModel.Of(plan), TemplateLimits.User, files)
            .ReplaceLineEndings("\n");
    }

    private static string ReadBuiltIn()
    {
        using var stream = typeof(PlanMarkdown).Assembly.GetManifestResourceStream(TemplateName)
            ?? throw new InvalidOperationException($"{TemplateName} is embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
