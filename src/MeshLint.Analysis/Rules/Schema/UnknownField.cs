using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.Schema;

/// <summary>A field that the schema of the version does not know: it vanishes without a word.</summary>
internal sealed class UnknownField : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML1004", "unknown-field", "The Kuma version does not know a field", RuleCategory.Schema, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var verdict in context.Compilation.Verdicts)
        {
            foreach (var field in verdict.UnknownFields)
            {
                var name = field.Node.Key ?? field.Path;
                var version = context.Version.Text();
                var finding = context.Report(Descriptor, Location.OfKey(field.Node), field switch
                {
                    { Since: { } since } => $"Kuma {version} does not know '{field.Path}'; {since.Text()} is the first version with it",
                    { Until: { } until } => $"Kuma {version} does not know '{field.Path}'; {until.Text()} is the last version with it",
                    _ => $"{verdict.Resource.Kind} has no field '{field.Path}'",
                });
                // kubectl refuses such a document (strict validation is its default); a Universal control plane drops the field and says
                // 201.
                finding.On(verdict.Resource).As(field.FailsStrictValidation ? Severity.Error : Severity.Warning)
                    .Note(WhatHappens(verdict.Resource.IsKubernetes, field.FailsStrictValidation));
                if (field is { Since: null, Until: null })
                    finding.NearMiss(name, default, field.KnownSiblings);
            }
        }
    }

    private static string WhatHappens(bool isKubernetes, bool isRefused) => (isKubernetes, isRefused) switch
    {
        (true, true) => "the API server prunes the field; kubectl with strict validation refuses the document",
        (true, false) => "the schema of this kind allows any field, so the API server keeps it and the control plane ignores it",
        _ => "the control plane drops the field without an error",
    };
}
