namespace MeshLint.Cli.Tests.Rules;

/// <summary>What comes close to a finding that no document can show.</summary>
/// <param name="Why">What it is, and for a near miss why it is no finding.</param>
/// <param name="Arrange">Builds it in the folder <c>repo</c> of the tester.</param>
internal sealed record Situation(string Why, Action<CliTester> Arrange)
{
    /// <summary>Whether <c>check</c> reports the id about the situation.</summary>
    public bool Reports(string id)
    {
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", "type: Mesh\nname: default\n");
        Arrange(cli);
        var result = cli.RunIn("repo", "check", "--format", "concise");
        if (result.ExitCode > 1)
            throw new InvalidOperationException($"{Why}: exit code {result.ExitCode}: {result.Error}");
        return result.Out.Contains($" {id} ", StringComparison.Ordinal);
    }
}
