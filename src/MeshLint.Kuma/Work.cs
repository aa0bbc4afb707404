namespace MeshLint.Kuma;

/// <summary>Spreads independent work over the cores. Results are stored by index, so that the order never depends on timing.</summary>
internal static class Work
{
    /// <summary>Runs an action for 0 … count-1 in batches; little work stays on this thread.</summary>
    public static void ForEach(int count, int batch, Action<int> action)
    {
        if (count <= batch * 2 || Environment.ProcessorCount == 1)
        {
            for (var i = 0; i < count; i++)
                action(i);
            return;
        }

        Parallel.For(0, (count + batch - 1) / batch, b =>
        {
            var end = Math.Min(count, (b + 1) * batch);
            for (var i = b * batch; i < end; i++)
                action(i);
        });
    }
}
