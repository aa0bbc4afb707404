using System.Text;
using MeshLint.Diagnostics;

namespace MeshLint.Testing;

/// <summary>What a bad example of a rule's page gives, as plain text; written into the page by <c>dotnet run --project build -- docs</c>.</summary>
public static class ExampleOutput
{
    /// <summary>The findings above info, and those of the page's own id, in order.</summary>
    public static string Render(string id, RuleExample example)
    {
        var builder = new StringBuilder();
        foreach (var diagnostic in TestRepository.Compile(example.Text, example.Version).Diagnostics)
        {
            if (diagnostic.Severity == Severity.Info && diagnostic.Descriptor.Id != id)
                continue;
            var position = diagnostic.Location.Source.GetPosition(diagnostic.Location.Span.Start);
            builder.Append(diagnostic.Severity.ToString().ToLowerInvariant())
                .Append($"[{diagnostic.Descriptor.Id} {diagnostic.Descriptor.Slug}]: {OneLine(diagnostic.Message)}\n")
                .Append($"  at {diagnostic.Location.Source.Path}:{position.Line}:{position.Column}\n");
            foreach (var note in diagnostic.Notes)
                builder.Append($"  note: {OneLine(note)}\n");
            if (diagnostic.Help is { } help)
                builder.Append($"  help: {OneLine(help)}\n");
        }

        return builder.ToString();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
