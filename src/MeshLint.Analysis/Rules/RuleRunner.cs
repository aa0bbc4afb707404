using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules;

/// <summary>Runs rules over a compilation and puts their findings into one order.</summary>
internal static class RuleRunner
{
    /// <summary>MeshLint itself failed while it looked for something.</summary>
    public static readonly DiagnosticDescriptor InternalError = new(
        "ML0001", "internal-error", "A part of MeshLint failed", RuleCategory.Reading, Severity.Error);

    /// <summary>Every finding, sorted by file, position, id and message; equal ones once.</summary>
    public static ImmutableArray<Diagnostic> Run(IRuleInput compilation, IReadOnlyList<Rule> rules)
    {
        var found = new List<Diagnostic>[rules.Count];
        // A small repository is judged before a second thread has started.
        var batch = compilation.Resources.Length < 200 ? rules.Count : 1;
        Work.ForEach(rules.Count, batch, compilation.Options.Threads, i => found[i] = RunOne(compilation, rules[i]));
        var all = new List<Diagnostic>();
        foreach (var list in found)
            all.AddRange(list);
        return Sort(all);
    }

    internal static ImmutableArray<Diagnostic> Sort(List<Diagnostic> diagnostics)
    {
        diagnostics.Sort(Compare);
        var result = ImmutableArray.CreateBuilder<Diagnostic>(diagnostics.Count);
        foreach (var diagnostic in diagnostics)
        {
            if (result.Count == 0 || Compare(result[^1], diagnostic) != 0)
                result.Add(diagnostic);
        }

        return result.ToImmutable();
    }

    internal static int Compare(Diagnostic a, Diagnostic b)
    {
        var order = string.CompareOrdinal(a.Location.Source.Path, b.Location.Source.Path);
        if (order == 0)
            order = a.Location.Span.Start.CompareTo(b.Location.Span.Start);
        if (order == 0)
            order = a.Location.Span.End.CompareTo(b.Location.Span.End);
        if (order == 0)
            order = string.CompareOrdinal(a.Descriptor.Id, b.Descriptor.Id);
        if (order == 0)
            order = string.CompareOrdinal(a.Message, b.Message);
        if (order == 0)
            order = string.CompareOrdinal(a.Admission?.Field, b.Admission?.Field);
        return order != 0 ? order : string.CompareOrdinal(a.Admission?.Reason, b.Admission?.Reason);
    }

    /// <summary>Something that the rule looks for exists in the version and is not switched off.</summary>
    private static bool CanReport(MeshLintOptions options, Rule rule)
    {
        foreach (var descriptor in rule.Descriptors)
        {
            if (descriptor.AppliesTo(options.Version) && !options.IsOff(descriptor))
                return true;
        }

        return false;
    }

    private static List<Diagnostic> RunOne(IRuleInput compilation, Rule rule)
    {
        if (!CanReport(compilation.Options, rule))
            return [];
        var context = new RuleContext(compilation);
        try
        {
            rule.Analyze(context);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A bug in one rule must not cost the findings of the others; it is reported, never hidden.
            var source = compilation.Documents.Files.IsEmpty ? new SourceText("-", "") : compilation.Documents.Files[0].Source;
            context.Report(
                InternalError,
                new Location(source, default),
                $"rule '{rule.Descriptors[0].Slug}' failed with {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}")
                .Note("this is a defect of MeshLint, not of your files; please report it with the document that causes it")
                .Note(exception.StackTrace?.Split('\n')[0].Trim() ?? "no stack trace");
        }

        var diagnostics = new List<Diagnostic>(context.Findings.Count);
        foreach (var finding in context.Findings)
            diagnostics.Add(finding.ToDiagnostic(compilation.Options));
        return diagnostics;
    }
}
