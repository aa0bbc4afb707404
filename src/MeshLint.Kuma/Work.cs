namespace MeshLint.Kuma;

/// <summary>Spreads independent work over threads. Results are stored by index, so that the order never depends on timing.</summary>
internal static class Work
{
    /// <summary>Runs an action for 0 … count-1 in batches; little work stays on this thread.</summary>
    /// <param name="count">How many calls.</param>
    /// <param name="batch">How many of them follow one another on one thread.</param>
    /// <param name="threads">How many threads at the most; 0 = as many as there are cores.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellation">Stops early with an exception.</param>
    public static void ForEach(int count, int batch, int threads, Action<int> action, CancellationToken cancellation = default)
    {
        var most = threads > 0 ? threads : Environment.ProcessorCount;
        if (count <= batch * 2 || most == 1)
        {
            for (var i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                action(i);
            }

            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = cancellation };
        Parallel.For(0, (count + batch - 1) / batch, options, b =>
        {
            var end = Math.Min(count, (b + 1) * batch);
            for (var i = b * batch; i < end; i++)
                action(i);
        });
    }
}
