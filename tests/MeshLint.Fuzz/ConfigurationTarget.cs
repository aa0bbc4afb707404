using MeshLint.Yaml;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Analysis.Rules;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;

namespace MeshLint.Fuzz;

/// <summary>The reader of <c>.meshlint.yaml</c>.</summary>
internal sealed class ConfigurationTarget(Corpus corpus, Mutator mutator) : ITarget
{
    private static readonly string[] KnownRules = [.. RuleCatalog.Descriptors.SelectMany(d => new[] { d.Id, d.Slug })];

    public string Name => "configuration";

    public int Weight => 6;

    public FuzzInput Generate(Dice dice)
    {
        var text = mutator.Mutate(dice.Pick(corpus.Configurations), dice, 1 + dice.Next(6));
        return new FuzzInput(Name, KumaVersions.Default, 0, [(ConfigurationReader.FileName, text)]);
    }

    public void Run(FuzzInput input)
    {
        var result = ConfigurationReader.Read(new SourceText(ConfigurationReader.FileName, input.Text), KnownRules);
        foreach (var problem in result.Problems)
        {
            Checks.Inside("configuration", problem.Location.Source, problem.Location.Span);
            if (problem.Message.Length == 0)
                throw new FuzzFailureException("empty message", "configuration");
        }

        var map = ControlPlaneMap.Create(result.Options.ControlPlanes, anyKubernetesForm: false);
        map.Find("zones/east/a.yaml");
        foreach (var exclude in result.Options.Exclude)
            new MeshLint.Sources.PathPattern(exclude).Matches("zones/east/a.yaml");
    }
}
