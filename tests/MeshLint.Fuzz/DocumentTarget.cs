using MeshLint.Yaml;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;

namespace MeshLint.Fuzz;

/// <summary>The reader of YAML and JSON alone: many small documents, mostly broken.</summary>
internal sealed class DocumentTarget(Mutator mutator) : ITarget
{
    public string Name => "document";

    public int Weight => 44;

    public FuzzInput Generate(Dice dice)
    {
        var text = dice.OneIn(3) ? mutator.Soup(dice) : mutator.Document(dice);
        for (var i = dice.Next(4); i > 0; i--)
            text = Mutator.Characters(text, dice);
        return new FuzzInput(Name, KumaVersions.Default, 0, [("a.yaml", text)]);
    }

    public void Run(FuzzInput input)
    {
        var source = new SourceText("a.yaml", input.Text);
        var end = 0;
        foreach (var document in DocumentReader.Read(source))
        {
            Checks.Inside("document", source, document.Span);
            if (document.Span.Start < end)
                throw new FuzzFailureException("overlapping documents", document.Span.ToString());
            end = document.Span.End;
            foreach (var problem in document.Problems)
            {
                Checks.Inside("problem", source, problem.Span);
                if (problem.Related is { } related)
                    Checks.Inside("problem", source, related);
            }

            if (document.Root.Exists)
                CheckNode(document.Root, source, document.Span);
        }
    }

    private static void CheckNode(Node node, SourceText source, TextSpan within)
    {
        Checks.Inside("node", source, node.Span);
        Checks.Inside("key", source, node.KeySpan);
        if (node.Span.Start < within.Start || node.Span.End > within.End)
            throw new FuzzFailureException("node outside of its document", $"{node.Span} in {within}");
        if (node.Kind == NodeKind.Mapping)
        {
            foreach (var entry in node.Entries)
                CheckNode(entry, source, within);
        }
        else if (node.Kind == NodeKind.Sequence)
        {
            foreach (var item in node.Items)
                CheckNode(item, source, within);
        }
    }
}
