using MeshLint.Yaml;
using System.Text.Json;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Fuzz;

/// <summary>What holds for every output, whatever was read.</summary>
internal static class Checks
{
    /// <summary>No character of the table is printed as it is, and no command for a build service's log begins anywhere.</summary>
    public static void Visible(string form, string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is >= ' ' and < '\u007f' and not '#')
            {
                i++;
                continue;
            }

            if (text[i] != '\n' && VisibleText.TryEscape(text, i, out var length, out var escape))
            {
                var shown = VisibleText.OneLine(text[Math.Max(0, i - 40)..Math.Min(text.Length, i + 40)]);
                throw new FuzzFailureException($"hidden character in {form}", $"{escape} at {i}: {shown}");
            }

            i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
        }
    }

    /// <summary>No line is a workflow command, but for those that the form consists of.</summary>
    public static void NoCommands(string form, string text, bool isGitHub)
    {
        foreach (var line in text.Split('\n'))
        {
            if (isGitHub && line.Length > 0)
            {
                var kind = line.StartsWith("::error file=", StringComparison.Ordinal) || line.StartsWith("::warning file=", StringComparison.Ordinal)
                    || line.StartsWith("::notice file=", StringComparison.Ordinal);
                if (!kind || line.IndexOf("::", 2, StringComparison.Ordinal) != line.IndexOf("::", line.IndexOf(",title=", StringComparison.Ordinal), StringComparison.Ordinal))
                    throw new FuzzFailureException("injected annotation", VisibleText.OneLine(line));
            }
            // "  ::: path" marks a second file in the text report; the name of such a command would be ":", which is none.
            else if (line.AsSpan().TrimStart().StartsWith("::") && !line.AsSpan().TrimStart().StartsWith("::: "))
            {
                throw new FuzzFailureException($"workflow command in {form}", VisibleText.OneLine(line));
            }
        }
    }

    public static void Json(string form, string text)
    {
        Visible(form, text);
        NoCommands(form, text, isGitHub: false);
        try
        {
            JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 512 }).Dispose();
        }
        catch (JsonException exception)
        {
            throw new FuzzFailureException($"{form} is no JSON", exception.Message);
        }
    }

    /// <summary>Places lie inside their texts, fixes change what exists and do not overlap, nothing failed inside.</summary>
    public static void Diagnostic(Diagnostic diagnostic)
    {
        if (diagnostic.Descriptor.Id == "ML0001")
            throw new FuzzFailureException("internal failure", $"{diagnostic.Message} {string.Join(" | ", diagnostic.Notes)}");
        if (diagnostic.Message.Length == 0)
            throw new FuzzFailureException("empty message", diagnostic.Descriptor.Id);
        Inside(diagnostic.Descriptor.Id, diagnostic.Location.Source, diagnostic.Location.Span);
        foreach (var related in diagnostic.Related)
            Inside(diagnostic.Descriptor.Id, related.Location.Source, related.Location.Span);
        foreach (var fix in diagnostic.Fixes)
        {
            foreach (var edits in fix.Edits.GroupBy(e => e.Source))
            {
                var end = 0;
                foreach (var edit in edits.OrderBy(e => e.Span.Start))
                {
                    Inside(diagnostic.Descriptor.Id, edit.Source, edit.Span);
                    if (edit.Span.Start < end)
                        throw new FuzzFailureException("overlapping edits", diagnostic.Descriptor.Id);
                    end = edit.Span.End;
                }
            }
        }
    }

    public static void Inside(string what, SourceText source, TextSpan span)
    {
        if (span.Start < 0 || span.End < span.Start || span.End > source.Text.Length)
            throw new FuzzFailureException($"span outside of the text ({what})", $"{span} in {source.Text.Length} characters");
    }
}
