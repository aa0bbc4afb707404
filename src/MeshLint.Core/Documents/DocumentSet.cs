using System.Runtime.InteropServices;

namespace MeshLint.Core.Documents;

/// <summary>Reads many texts at once. Files parse in parallel and come back in order.</summary>
internal static class DocumentSet
{
    private const int BatchSize = 32;

    /// <summary>Every document of every text that the filter lets through, in order of text and position.</summary>
    /// <param name="sources">The texts.</param>
    /// <param name="isRelevant">A cheap look at a part of a text; parts that it refuses are never parsed.</param>
    public static ImmutableArray<SourceDocument> Read(ImmutableArray<SourceText> sources, Func<SourceText, TextSpan, bool> isRelevant)
    {
        var parts = new List<(int Index, TextSpan Span)>[sources.Length];
        InParallel(sources.Length, 1, i =>
        {
            var split = DocumentReader.Split(sources[i]);
            split.RemoveAll(part => !isRelevant(sources[i], part.Span));
            parts[i] = split;
        });

        var work = new List<(SourceText Source, int Index, TextSpan Span)>();
        for (var i = 0; i < sources.Length; i++)
        {
            foreach (var (index, span) in parts[i])
                work.Add((sources[i], index, span));
        }

        var documents = new SourceDocument[work.Count];
        InParallel(work.Count, BatchSize, i => documents[i] = DocumentReader.ReadDocument(work[i].Source, work[i].Index, work[i].Span));
        return ImmutableCollectionsMarshal.AsImmutableArray(documents);
    }

    /// <summary>Runs an action for 0 … count-1, in batches on all cores; small counts stay on this thread.</summary>
    internal static void InParallel(int count, int batch, Action<int> action)
    {
        if (count <= batch * 2)
        {
            for (var i = 0; i < count; i++)
                action(i);
            return;
        }

        var batches = (count + batch - 1) / batch;
        Parallel.For(0, batches, b =>
        {
            var end = Math.Min(count, (b + 1) * batch);
            for (var i = b * batch; i < end; i++)
                action(i);
        });
    }
}
