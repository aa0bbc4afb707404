using System.Text;
using MeshLint.Kuma.Versions;

namespace MeshLint.Build;

/// <summary>Writes docs/kuma/versions.md from the table of facts: what changes between Kuma lines, one line a fact.</summary>
internal static class VersionsPage
{
    /// <summary>Brings the page up to date, or says that it is not.</summary>
    public static int Write(bool checkOnly) =>
        GeneratedFile.Write(Path.Combine(ProjectPaths.Root, "docs", "kuma", "versions.md"), Text(), checkOnly);

    private static string Text()
    {
        var builder = new StringBuilder(
            $"""
             # What differs between Kuma versions

             Written by `dotnet run --project build -- docs` from the facts that MeshLint works with (`src/MeshLint.Kuma/Versions/Behaviour.*.cs`):
             {FactTable.Rows.Length} differences in behaviour between Kuma {KumaVersions.All[0].Text()} and {KumaVersions.All[^1].Text()}. The latest patch release of each version is meant.

             - **Versions**: the versions in which the sentence holds, or the value in each of them.
             - **Kuma file**: the file of Kuma's repository that decides it. Files move between versions; the path is that of one version that has it.
             - **Note**: the section of Kuma's UPGRADE.md or CHANGELOG.md about the change; empty where Kuma has none.

             """);
        foreach (var subject in FactTable.Rows.GroupBy(static f => f.Subject))
        {
            builder.Append("\n## ").Append(Heading(subject.Key)).Append("\n\n| Behaviour | Versions | Kuma file | Note | Fact |\n| --- | --- | --- | --- | --- |\n");
            foreach (var fact in subject)
                builder.Append($"| {Cell(fact.Meaning)} | {Versions(fact)} | `{fact.Source}` | {Cell(fact.Note)} | `{fact.Name}` |\n");
        }

        return builder.ToString();
    }

    private static string Heading(FactSubject subject) => subject switch
    {
        FactSubject.MeshFields => "Meshes",
        FactSubject.Acceptance => "Acceptance of documents",
        FactSubject.Targets => "References and targets",
        FactSubject.PodsAndServices => "Pods and Services on Kubernetes",
        FactSubject.Zones => "Traffic between zones",
        FactSubject.Texts => "Wording of messages",
        _ => subject.ToString(),
    };

    /// <summary>The versions of a yes: <c>2.13 and later</c>, <c>up to 2.14</c>, <c>2.10 to 2.14</c>; otherwise each value after its first version.</summary>
    private static string Versions(Fact fact)
    {
        if (!fact.IsYesOrNo)
            return string.Join("; ", fact.Values.Select(static v => $"{v.From.Text()}: {Cell(v.Value)}"));
        var spans = new List<string>();
        for (var i = 0; i < fact.Values.Length; i++)
        {
            if (fact.Values[i].Value != "yes")
                continue;
            var from = fact.Values[i].From;
            var until = i + 1 < fact.Values.Length ? KumaVersions.All[fact.Values[i + 1].From.Index() - 1] : KumaVersions.All[^1];
            spans.Add(Span(from, until));
        }

        return string.Join(", ", spans);
    }

    private static string Span(KumaVersion from, KumaVersion until) => (from == KumaVersions.All[0], until == KumaVersions.All[^1]) switch
    {
        (_, true) => $"{from.Text()} and later",
        (true, _) => $"up to {until.Text()}",
        _ when from == until => from.Text(),
        _ => $"{from.Text()} to {until.Text()}",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
