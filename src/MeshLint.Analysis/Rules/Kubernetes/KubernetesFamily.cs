using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.Kubernetes;

/// <summary>What the derivation of Dataplanes and MeshServices from Kubernetes objects met on its way.</summary>
/// <remarks>
/// The deriver mirrors kuma: pkg/plugins/runtime/k8s (injector, Pod and Service controllers) and says what went wrong as events; each rule
/// owns some of
/// them. Conditions C05, C07, C08, C12–C38, C40 and B26 of docs/coverage.md. What the graph rules say with more to tell (C01, C02,
/// C09–C11) is left to them.
/// </remarks>
internal sealed class KubernetesFamily(ImmutableArray<KubernetesRule> rules) : RuleFamily<KubernetesRule>(rules)
{
    public override void Analyze(RuleContext context)
    {
        foreach (var controlPlane in context.Compilation.Derivation.ControlPlanes)
        {
            var scene = new KubernetesScene(context, controlPlane.Events);
            var said = new HashSet<(DiagnosticDescriptor, Location)>();
            foreach (var item in controlPlane.Events)
            {
                foreach (var rule in Rules)
                {
                    if (rule.Look(scene, item) is { } report && said.Add((report.Descriptor, report.At)))
                        report.Report(context);
                }
            }
        }
    }
}
