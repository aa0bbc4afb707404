using MeshLint.Sources;
using MeshLint.Kuma.Versions;

namespace MeshLint.Fuzz;

/// <summary>Kustomizations that include each other, and whatever else stands in them.</summary>
internal sealed class KustomizationTarget(Mutator mutator) : ITarget
{
    private static readonly string[] Folders = ["", "a", "b", "a/b", "base", "overlays/x", "overlays/y"];
    private static readonly string[] Entries = ["../base", ".", "..", "../../a", "a.yaml", "../b/a.yaml", "/", "https://x/y", "./a/../b", "a/", "x.yaml"];
    private static readonly string[] Lists = ["resources", "bases", "components", "crds", "configurations", "patchesStrategicMerge", "transformers"];

    public string Name => "kustomization";

    public int Weight => 6;

    public FuzzInput Generate(Dice dice)
    {
        var files = new List<(string, string)>();
        foreach (var folder in Folders)
        {
            if (dice.OneIn(3))
                continue;
            var text = "";
            for (var i = 1 + dice.Next(4); i > 0; i--)
                text += $"{dice.Pick(Lists)}:\n" + string.Concat(Enumerable.Range(0, dice.Next(5)).Select(_ => $"  - {Entry(dice)}\n"));
            text += dice.OneIn(2) ? $"patches:\n  - path: {Entry(dice)}\n  - patch: |-\n      a: b\n" : $"configMapGenerator:\n  - files: [{Entry(dice)}, a={Entry(dice)}]\n";
            files.Add((folder.Length == 0 ? "kustomization.yaml" : $"{folder}/kustomization.yaml", mutator.Mutate(text, dice, dice.Next(3))));
        }

        files.Add(("a/a.yaml", "type: Mesh\nname: default\n"));
        return new FuzzInput(Name, KumaVersions.Default, 0, files);
    }

    public void Run(FuzzInput input)
    {
        var layout = KustomizeLayout.Read(SourceSet.Create(input.Files.Select(f => new SourceFile(f.Path, f.Text))));
        foreach (var (path, _) in input.Files)
        {
            layout.IsInput(path);
            layout.RootsOf(path);
            if (layout.CanMeet(path, "a/a.yaml") != layout.CanMeet("a/a.yaml", path))
                throw new FuzzFailureException("not symmetric", path);
        }
    }

    private static string Entry(Dice dice) => dice.OneIn(6) ? dice.Pick(HostileText.Values) : dice.Pick(Entries);
}
