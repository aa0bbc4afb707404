namespace MeshLint.Sources;

/// <summary>Strongly connected parts of a directed graph (Tarjan), without recursion: hostile graphs are deep.</summary>
internal static class Circles
{
    /// <summary>Which circle each node belongs to; a node in no circle is one by itself.</summary>
    /// <param name="edges">The successors of each node.</param>
    /// <param name="sizes">How many nodes each circle has.</param>
    /// <returns>Numbers from 0; a circle's successors have lower numbers than itself.</returns>
    public static int[] Find(List<int>[] edges, out List<int> sizes)
    {
        var circleOf = new int[edges.Length];
        var order = new int[edges.Length];
        var low = new int[edges.Length];
        var next = new int[edges.Length];
        var waiting = new Stack<int>();
        var path = new Stack<int>();
        var count = 0;
        sizes = [];
        Array.Fill(circleOf, -1);
        for (var start = 0; start < edges.Length; start++)
        {
            if (order[start] != 0)
                continue;
            Open(start);
            while (path.TryPeek(out var node))
            {
                if (next[node] < edges[node].Count)
                {
                    var successor = edges[node][next[node]++];
                    if (order[successor] == 0)
                        Open(successor);
                    else if (circleOf[successor] < 0)
                        low[node] = Math.Min(low[node], order[successor]);
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out var above))
                    low[above] = Math.Min(low[above], low[node]);
                if (low[node] == order[node])
                    sizes.Add(Close(node, sizes.Count));
            }
        }

        return circleOf;

        void Open(int node)
        {
            order[node] = low[node] = ++count;
            waiting.Push(node);
            path.Push(node);
        }

        int Close(int node, int circle)
        {
            for (var size = 1; ; size++)
            {
                var member = waiting.Pop();
                circleOf[member] = circle;
                if (member == node)
                    return size;
            }
        }
    }
}
