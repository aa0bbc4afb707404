using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Templates;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>
/// A template that takes more time or text than MeshLint gives one (<see cref="TemplateBudget"/>), so that nobody knows what it gives.
/// </summary>
/// <remarks>
/// A control plane has no such limits (kuma: pkg/core/resources/apis/hostnamegenerator/hostname/generator.go): it runs the template for
/// each
/// destination and may run out of memory. One finding a template: with the placeholder values of admission, else for the first destination.
/// </remarks>
internal sealed class TemplateOverBudget : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5109", "template-over-budget", "A template takes too many steps or produces too much text", RuleCategory.Routing,
        Severity.Error);

    private static readonly GoTemplateData HostnameStub = GoTemplateData.Hostname("name", "displayname", "namespace", "mesh", "zone");

    private static readonly GoTemplateData IdentityStub = GoTemplateData.Struct(
        "struct", ("Mesh", "mesh"), ("Zone", "zone"), ("TrustDomain", "domain"), ("Namespace", "namespace"), ("ServiceAccount", "account"),
        ("Workload", "workload"));

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var failing = FailingGenerators(context.Compilation.Graph);
        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (verdict.Stored is not { } stored)
                continue;
            switch (stored.Kind)
            {
                case "HostnameGenerator" when failing.TryGetValue(stored, out var hit):
                    Report(context, stored, stored.HostnameGenerator.Template, hit.Excess)
                        .Related(hit.At.Destination.Location, "the destination for which it was evaluated");
                    break;
                case "HostnameGenerator":
                    Check(context, stored, stored.HostnameGenerator.Template, HostnameStub, hasLabelFunction: true);
                    break;
                case "MeshIdentity":
                    Check(context, stored, stored.MeshIdentity.TrustDomain, IdentityStub, hasLabelFunction: true);
                    Check(context, stored, stored.MeshIdentity.IdentityPath, IdentityStub, hasLabelFunction: true);
                    break;
                case "VirtualOutbound":
                    var conf = stored.Spec["conf"];
                    Check(context, stored, conf["host"], Parameters(conf, "dummy"), hasLabelFunction: false);
                    Check(context, stored, conf["port"], Parameters(conf, "1"), hasLabelFunction: false);
                    break;
            }
        }
    }

    private static Dictionary<StoredResource, (string Excess, DestinationInstance At)> FailingGenerators(MeshGraph graph)
    {
        var found = new Dictionary<StoredResource, (string Excess, DestinationInstance At)>(ReferenceEqualityComparer.Instance);
        foreach (var view in graph.Views)
        {
            foreach (var instance in view.Destinations)
            {
                foreach (var outcome in instance.Hostnames)
                {
                    if (outcome is { Excess: { } excess, Generator.Stored: { } stored })
                        found.TryAdd(stored, (excess, instance));
                }
            }
        }

        return found;
    }

    private static GoTemplateData Parameters(Node conf, string stub)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in conf["parameters"].Items)
            values[parameter["name"].AsString() ?? ""] = stub;
        return GoTemplateData.Map(values);
    }

    private static void Check(RuleContext context, StoredResource stored, Node template, GoTemplateData stub, bool hasLabelFunction)
    {
        if (template.AsString() is { } text && GoTemplate.TryParse(text, hasLabelFunction, out var parsed, out _)
            && parsed.Render(stub, static _ => "label").Excess is { } excess)
            Report(context, stored, template, excess);
    }

    private static Finding Report(RuleContext context, StoredResource stored, Node template, string excess) =>
        context.Report(
            Descriptor,
            RuleText.At(template, stored.Resource.Location),
            $"the template of {stored.Kind} '{stored.Resource.Name}' {excess}, so MeshLint does not evaluate it")
            .On(stored)
            .Note("a control plane has no such limit: it runs the template for every object and can run out of memory")
            .Help("write a template whose result is short: a hostname has at most 253 characters");
}
