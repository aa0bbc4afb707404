namespace MeshLint.Cli;

/// <summary>What <c>--help</c> says below the options.</summary>
internal static class HelpTexts
{
    private const string ExitCodes =
        """
        Exit codes:
          0  nothing at or above the failing severity
          1  findings
          2  wrong usage or configuration, or an output that is refused
          3  MeshLint itself failed, or an output could not be written

        """;

    /// <summary>The text of a command; null for one that needs none.</summary>
    public static string? For(string command) => command switch
    {
        "check" => """
            Examples:
              meshlint check                                   the repository of the current folder
              meshlint check zones/east --kuma-version 2.14    one folder, for one Kuma line
              meshlint check . --kuma-version 2.11,2.14,3.0    before an upgrade: which finding concerns which line
              meshlint check --staged --format concise         what the next commit will contain
              meshlint check . --format github --format json=findings.json
              kubectl get meshservice -A -o yaml | meshlint check -

            """ + "\n" + ExitCodes,
        "build" => """
            Examples:
              meshlint build . --out out                       check, then write manifests, graph.json and the migration plan
              meshlint build . --out out --form kubernetes --kuma-version 3.0
              meshlint build . --out out --rev origin/main     build a revision without checking it out

            The output folder is replaced as a whole, and only when there is no error (or with --keep-going).
            A folder that holds anything that MeshLint did not write is never touched.

            """ + "\n" + ExitCodes,
        "graph" => """
            Examples:
              meshlint graph . --as mermaid                    who reaches whom, for a README
              meshlint graph . --as dot | dot -Tsvg > mesh.svg
              meshlint graph . --as json > graph.json

            """,
        "render" => """
            Examples:
              meshlint render mesh.yaml                        anchors and merges resolved, one spelling for each value
              meshlint render mesh.yaml --format json          the documents as an array, in order
              meshlint render mesh.yaml --provenance           which place each value comes from

            Exit code 1 where a document is refused; the others are printed.

            """,
        "explain" => """
            Examples:
              meshlint explain target-port-not-found
              meshlint explain ML0003

            """,
        "rules" or "init" => null,
        _ => """
            Examples:
              meshlint check                                   find mistakes in this repository
              meshlint build . --out out                       compile it
              meshlint explain duplicate-key                   what a finding means

            """ + "\n" + ExitCodes,
    };
}
