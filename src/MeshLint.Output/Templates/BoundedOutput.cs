using System.Text;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace MeshLint.Output.Templates;

/// <summary>The text that a template writes, refused from a number of characters on.</summary>
internal sealed class BoundedOutput(TemplateContext context, int limit) : IScriptOutput
{
    private readonly StringBuilder text = new();

    public void Write(string text, int offset, int count)
    {
        this.text.Append(text, offset, count);
        if (limit > 0 && this.text.Length > limit)
            throw new ScriptRuntimeException(context.CurrentSpan, $"the template writes more than {limit} characters");
    }

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return ValueTask.CompletedTask;
    }

    public override string ToString() => text.ToString();
}
