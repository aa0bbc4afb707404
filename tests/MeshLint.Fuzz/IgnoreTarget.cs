using MeshLint.Cli.Files;
using MeshLint.Kuma.Versions;

namespace MeshLint.Fuzz;

/// <summary>Rules of <c>.gitignore</c> files against odd paths.</summary>
internal sealed class IgnoreTarget(Mutator mutator) : ITarget
{
    private static readonly string[] Parts = ["*", "**", "?", "/", "[", "]", "!", "\\", "a", "b-z", "^", "#", " ", "\t", "\n", "zones", ".yaml", "[!", "[]", "[a-]", "\\ ", "***", "//"];

    public string Name => "ignore";

    public int Weight => 3;

    public FuzzInput Generate(Dice dice)
    {
        var text = "";
        for (var i = dice.Next(24); i >= 0; i--)
            text += dice.OneIn(12) ? dice.Pick(HostileText.Values) : dice.Pick(Parts);
        return new FuzzInput(Name, KumaVersions.Default, 0, [(".gitignore", text), ("path", dice.OneIn(2) ? mutator.Soup(dice) : "zones/east/a.yaml")]);
    }

    public void Run(FuzzInput input)
    {
        var rules = GitIgnore.Parse(input.Text);
        rules.IsIgnored(input.Files[1].Text, isFolder: false);
        rules.IsIgnored(input.Files[1].Text, isFolder: true);
        rules.IsIgnored("zones/east/" + new string('a', 200) + ".yaml", isFolder: false);
    }
}
