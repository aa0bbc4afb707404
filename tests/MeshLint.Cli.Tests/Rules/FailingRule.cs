using MeshLint.Analysis.Rules;
using MeshLint.Testing;

namespace MeshLint.Cli.Tests.Rules;

/// <summary>A rule that throws, to see what becomes of it.</summary>
internal sealed class FailingRule(DiagnosticDescriptor descriptor, bool fails) : Rule
{
    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [descriptor];

    /// <summary>The ids that a run of only this rule reports.</summary>
    public static IEnumerable<string> Run(DiagnosticDescriptor descriptor, string configuration, bool fails)
    {
        var text = $"# file: .meshlint.yaml\ncontrolPlanes: [{{path: .}}]\n{configuration}# file: mesh.yaml\ntype: Mesh\nname: default\n";
        return RuleRunner.Run(TestRepository.Compile(text), [new FailingRule(descriptor, fails)]).Select(static d => d.Descriptor.Id);
    }

    public override void Analyze(RuleContext context)
    {
        if (fails)
            throw new InvalidOperationException("this rule fails");
    }
}
