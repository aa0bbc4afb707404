using MeshLint.Diagnostics;

namespace MeshLint.Output.Reporting;

/// <summary>The orders in which findings are shown. Total, so that output never depends on the order they were found in.</summary>
public static class DiagnosticOrder
{
    /// <summary>By file, place, id and message.</summary>
    public static int ByPlace(Diagnostic a, Diagnostic b)
    {
        var result = string.CompareOrdinal(a.Location.Source.Path, b.Location.Source.Path);
        if (result == 0)
            result = a.Location.Span.Start.CompareTo(b.Location.Span.Start);
        if (result == 0)
            result = a.Location.Span.End.CompareTo(b.Location.Span.End);
        if (result == 0)
            result = string.CompareOrdinal(a.Descriptor.Id, b.Descriptor.Id);
        if (result == 0)
            result = string.CompareOrdinal(a.Message, b.Message);
        return result;
    }

    /// <summary>Errors first, then as <see cref="ByPlace"/>.</summary>
    public static int WorstFirst(Diagnostic a, Diagnostic b) => a.Severity != b.Severity ? b.Severity.CompareTo(a.Severity) : ByPlace(a, b);

    /// <summary>A sorted copy; equal findings keep their order.</summary>
    internal static Diagnostic[] Sort(ImmutableArray<Diagnostic> diagnostics, Comparison<Diagnostic> order) =>
        [.. diagnostics.Order(Comparer<Diagnostic>.Create(order))];
}
