using System.Text;

namespace MeshLint.Analysis.Migration;

/// <summary>A path through a body: keys parted by dots, <c>[]</c> for every item, <c>["key"]</c> for a key with dots.</summary>
internal readonly struct NodePath
{
    private readonly string[] steps;

    private NodePath(string[] steps) => this.steps = steps;

    /// <summary>The path of the body itself.</summary>
    public bool IsEmpty => steps.Length == 0;

    public static NodePath Parse(string path)
    {
        var steps = new List<string>();
        var i = 0;
        while (i < path.Length)
        {
            if (path[i] == '.')
            {
                i++;
                continue;
            }

            int end;
            if (path[i] == '[')
            {
                end = path.IndexOf(']', i);
                if (end < 0)
                    throw new ArgumentException($"'{path}' lacks a ']'", nameof(path));
                steps.Add(path[i..end] is "[" ? "[]" : path[(i + 2)..(end - 1)]);
                i = end + 1;
                continue;
            }

            end = path.AsSpan(i).IndexOfAny('.', '[');
            end = end < 0 ? path.Length : i + end;
            steps.Add(path[i..end]);
            i = end;
        }

        return new NodePath([.. steps]);
    }

    /// <summary>The nodes at the path, in document order.</summary>
    /// <param name="root">Where the path starts.</param>
    /// <param name="isProto">Keys may also be spelled <c>snake_case</c>, as protobuf JSON allows.</param>
    public IEnumerable<Node> Find(Node root, bool isProto) => Find(root, 0, isProto);

    /// <summary>The value under a key, or under its snake_case spelling.</summary>
    public static Node Child(Node node, string key, bool isProto)
    {
        var child = node[key];
        return child.Exists || !isProto || !node.IsMapping || !key.Any(char.IsAsciiLetterUpper) ? child : node[Snake(key)];
    }

    private IEnumerable<Node> Find(Node node, int step, bool isProto)
    {
        if (step == steps.Length)
        {
            yield return node;
            yield break;
        }

        if (steps[step] == "[]")
        {
            foreach (var item in node.Items)
            {
                foreach (var found in Find(item, step + 1, isProto))
                    yield return found;
            }

            yield break;
        }

        var child = Child(node, steps[step], isProto);
        if (!child.Exists)
            yield break;
        foreach (var found in Find(child, step + 1, isProto))
            yield return found;
    }

    private static string Snake(string key)
    {
        var output = new StringBuilder(key.Length + 4);
        foreach (var c in key)
        {
            if (char.IsAsciiLetterUpper(c))
                output.Append('_');
            output.Append(char.ToLowerInvariant(c));
        }

        return output.ToString();
    }
}
