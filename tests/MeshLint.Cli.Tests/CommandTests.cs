using System.Text.Json;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>Each command as a user calls it: arguments and files in, exit code and both streams out.</summary>
public sealed class CommandTests
{
    private const string Clean = "type: Mesh\nname: default\n";
    private const string Broken = "type: Mesh\nname: default\nname: other\n";
    private const string Configuration = "controlPlanes:\n  - path: .\n";

    public static TheoryData<string> Formats => ["text", "concise", "json", "github"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_exit_code_is_the_same_for_every_format(string format)
    {
        using var cli = new CliTester();
        Assert.Equal(0, cli.Write("a.yaml", Clean).Run("check", "--format", format).ExitCode);
        Assert.Equal(1, cli.Write("b.yaml", Broken).Run("check", "--format", format).ExitCode);
        Assert.Equal(2, cli.Write(".meshlint.yaml", "rulez: {}").Run("check", "--format", format).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Shows_findings(string format)
    {
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", Configuration).Write("meshes/mesh.yaml", Broken).Write("meshes/bad.yaml", "type: Mesh\nname: [\n");
        var result = cli.Run("check", "--format", format);
        Assert.Equal("", result.Error);
        Snapshot.Verify(result.Out, $"findings-{format}");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Nothing_to_report_is_a_complete_report(string format)
    {
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", Configuration).Write("mesh.yaml", Clean);
        var result = cli.Run("check", "--format", format);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Snapshot.Verify(result.Out, $"clean-{format}");
    }

    [Fact]
    public void Help_is_worth_reading()
    {
        using var cli = new CliTester();
        var text = string.Join("\n", new[] { "", "build", "check", "graph", "explain", "rules", "init" }.Select(command =>
        {
            var result = command.Length == 0 ? cli.Run("--help") : cli.Run(command, "--help");
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            return $"$ meshlint {(command.Length == 0 ? "" : $"{command} ")}--help\n{string.Join('\n', result.Out.Split('\n').Select(l => l.TrimEnd()))}";
        }));
        // The name of the test runner stands where users see 'meshlint'.
        Snapshot.Verify(text.Replace(System.CommandLine.RootCommand.ExecutableName, "meshlint", StringComparison.Ordinal), "help");
    }

    [Fact]
    public void The_version_line_names_the_versions_that_are_known() =>
        Assert.Contains($"(Kuma {KumaVersions.All[0].Text()} to {KumaVersions.All[^1].Text()})", Program.VersionLine(), StringComparison.Ordinal);

    [Theory]
    [InlineData("unknown command 'chekc'; did you mean 'check'?", "chekc")]
    [InlineData("name a command: build, check, graph, render, explain, rules, init (meshlint --help)")]
    [InlineData("unknown option '--formt'; did you mean '--format'?", "check", "--formt", "json")]
    [InlineData("unknown option '--frm'", "graph", "--frm")]
    [InlineData("unknown format 'jsn'; choose text, concise, json or github; did you mean 'json'?", "check", "--format", "jsn")]
    [InlineData("standard output takes one format; send the others to files with --format FORMAT=FILE", "check", "--format", "json", "--format", "text")]
    [InlineData("'--format json=' needs the name of a file after '='", "check", "--format", "json=")]
    [InlineData("there is no file or folder 'nowhere'", "check", "nowhere")]
    [InlineData("there is no file or folder '--nowhere'", "check", "--", "--nowhere")]
    [InlineData("unknown Kuma version '2.8'; choose 2.9, 2.10, 2.11, 2.12, 2.13, 2.14 or 3.0", "check", "--kuma-version", "2.14,2.8")]
    [InlineData("this command takes one Kuma version", "graph", "--kuma-version", "2.14,3.0")]
    [InlineData("'-' (standard input) cannot be read together with other paths", "check", "-", ".")]
    [InlineData("--rev and --staged cannot be used together", "check", "--rev", "HEAD", "--staged")]
    [InlineData("--max-diagnostics takes 0 or a positive number", "check", "--max-diagnostics", "-1")]
    [InlineData("unknown value of --color 'blue'; choose auto, always or never", "check", "--color", "blue")]
    [InlineData("unknown value of --fail-on 'fatal'; choose error, warning or info", "check", "--fail-on", "fatal")]
    [InlineData("there is no rule 'duplicate-kye'; did you mean 'duplicate-key'?", "explain", "duplicate-kye")]
    [InlineData("unknown format of the list 'xml'; choose text or json", "rules", "--format", "xml")]
    [InlineData("unknown graph format 'svg'; choose json, dot, mermaid or html", "graph", "--as", "svg")]
    [InlineData("unknown form of the manifests 'kubernets'; choose kubernetes, universal or both; did you mean 'kubernetes'?", "build", "--form", "kubernets")]
    [InlineData("there is no configuration 'none.yaml'", "check", "--config", "none.yaml")]
    [InlineData("there is no folder 'none'", "init", "none")]
    [InlineData("a path is empty", "check", "")]
    public void Wrong_usage_is_one_clear_line(string expected, params string[] arguments)
    {
        using var cli = new CliTester();
        var result = cli.Run(arguments);
        Assert.Equal((2, "", $"meshlint: {expected}\n"), (result.ExitCode, result.Out, result.Error));
    }

    [Fact]
    public void A_wrong_configuration_is_a_line_for_each_fault_with_its_place()
    {
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", "kumaVersion: 1.0\nrulez: {}\n").Write("sub/mesh.yaml", Clean);
        var result = cli.RunIn("sub", "check");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Out);
        var path = cli.PathOf(".meshlint.yaml");
        Assert.Equal(
            $"meshlint: {path}:2:1: unknown key 'rulez' in the configuration, did you mean 'rules'?\n"
            + $"meshlint: {path}:1:14: unknown Kuma version '1.0'; choose 2.9, 2.10, 2.11, 2.12, 2.13, 2.14, 3.0\n",
            result.Error);
    }

    [Fact]
    public void Reads_standard_input()
    {
        using var cli = new CliTester();
        var result = cli.RunWith(Broken, "check", "-", "--format", "concise");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("-:3:1: error ML0003 duplicate-key: key 'name' appears twice in this mapping\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_are_relative_to_the_root_and_openable_from_the_current_folder()
    {
        using var cli = new CliTester();
        cli.Write("repo/.meshlint.yaml", Configuration).Write("repo/meshes/mesh.yaml", Broken);
        Assert.StartsWith("repo/meshes/mesh.yaml:3:1", cli.Run("check", "repo", "--format", "concise").Out, StringComparison.Ordinal);
        Assert.StartsWith("meshes/mesh.yaml:3:1", cli.RunIn("repo/meshes", "check", "--format", "concise").Out, StringComparison.Ordinal);
        Assert.StartsWith("repo/meshes/mesh.yaml:3:1", cli.Run("check", "repo/meshes/mesh.yaml", "--format", "concise").Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(cli.Run("check", "repo", "--format", "json").Out);
        Assert.Equal("meshes/mesh.yaml", json.RootElement.GetProperty("diagnostics")[0].GetProperty("file").GetString());
        cli.Environment["GITHUB_WORKSPACE"] = cli.Folder;
        Assert.Contains("file=repo/meshes/mesh.yaml,", cli.RunIn("repo", "check", "--format", "github").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_formats_go_to_files()
    {
        using var cli = new CliTester();
        cli.Write("mesh.yaml", Broken);
        var result = cli.Run("check", "--format", "github", "--format", "json=report.json", "--format", "concise=report.txt");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("::", result.Out, StringComparison.Ordinal);
        Assert.Equal(cli.Run("check", "--format", "json").Out, cli.Read("report.json").Replace("\"files\": 1", "\"files\": 2", StringComparison.Ordinal));
        Assert.Contains("ML0003", cli.Read("report.txt"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(cli.Folder, "*.tmp"));
    }

    [Fact]
    public void Several_versions_are_judged_in_one_run()
    {
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", Configuration).Write("mesh.yaml", Clean).Write("broken.yaml", Broken);
        using var json = JsonDocument.Parse(cli.Run("check", "--kuma-version", "3.0,2.11,2.14", "--format", "json").Out);
        var versions = json.RootElement.GetProperty("diagnostics").EnumerateArray().Single(d => d.GetProperty("id").GetString() == "ML0003").GetProperty("kumaVersions");
        Assert.Equal(["2.11", "2.14", "3.0"], versions.EnumerateArray().Select(v => v.GetString()));
        Assert.Contains("= versions: Kuma 2.14, 3.0", cli.Run("check", "--kuma-version", "2.14", "--kuma-version", "3.0").Out, StringComparison.Ordinal);
        Assert.DoesNotContain("versions: Kuma", cli.Run("check", "--kuma-version", "2.14").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_of_one_version_says_so()
    {
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", Configuration).Write("mesh.yaml", Clean)
            .Write("legacy.yaml", "type: TrafficRoute\nmesh: default\nname: r\nsources: [{match: {kuma.io/service: '*'}}]\ndestinations: [{match: {kuma.io/service: '*'}}]\nconf: {destination: {kuma.io/service: '*'}}\n");
        using var json = JsonDocument.Parse(cli.Run("check", "--kuma-version", "2.14,3.0", "--format", "json").Out);
        Assert.Contains(json.RootElement.GetProperty("diagnostics").EnumerateArray(), d =>
            d.GetProperty("file").GetString() == "legacy.yaml" && d.GetProperty("severity").GetString() == "error"
            && d.GetProperty("kumaVersions").EnumerateArray().Select(v => v.GetString()).SequenceEqual(["3.0"]));
    }

    [Fact]
    public void Colours_are_for_terminals_and_those_who_ask()
    {
        using var cli = new CliTester();
        cli.Write("mesh.yaml", Broken);
        Assert.DoesNotContain("\e[", cli.Run("check").Out, StringComparison.Ordinal);
        Assert.Contains("\e[1;31merror", cli.Run("check", "--color", "always").Out, StringComparison.Ordinal);
        cli.IsTerminal = true;
        Assert.Contains("\e[", cli.Run("check").Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", cli.Run("check", "--color", "never").Out, StringComparison.Ordinal);
        cli.Environment["NO_COLOR"] = "1";
        Assert.DoesNotContain("\e[", cli.Run("check").Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", cli.Run("check", "--format", "json", "--color", "always").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_form_is_capped_and_says_so_machine_forms_never_are()
    {
        using var cli = new CliTester();
        for (var i = 0; i < 5; i++)
            cli.Write($"m{i}.yaml", Broken);
        var text = cli.Run("check", "--max-diagnostics", "2");
        Assert.Equal(1, text.ExitCode);
        Assert.Equal(2, text.Out.Split("error[").Length - 1);
        Assert.Contains("more findings not shown; '--max-diagnostics 0' shows all\n", text.Out, StringComparison.Ordinal);
        Assert.Equal(5, cli.Run("check", "--max-diagnostics", "0").Out.Split("error[ML0003").Length - 1);
        Assert.Equal(5, cli.Run("check", "--max-diagnostics", "2", "--format", "concise").Out.Split("ML0003").Length - 1);
    }

    [Fact]
    public void Fail_on_moves_the_threshold()
    {
        using var cli = new CliTester();
        cli.Write("mesh.yaml", Clean);
        Assert.Equal(0, cli.Run("check").ExitCode);
        Assert.Equal(1, cli.Run("check", "--fail-on", "info").ExitCode);
    }

    [Fact]
    public void Rules_can_be_switched_off_and_reweighted()
    {
        using var cli = new CliTester();
        cli.Write("mesh.yaml", Broken).Write(".meshlint.yaml", Configuration + "rules:\n  duplicate-key: off\n");
        Assert.Equal(0, cli.Run("check", "--fail-on", "info").ExitCode);
        cli.Write(".meshlint.yaml", Configuration + "rules:\n  ML0003: warning\n");
        Assert.Contains("warning ML0003", cli.Run("check", "--format", "concise").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Timings_and_logs_go_to_standard_error()
    {
        using var cli = new CliTester();
        cli.Write("mesh.yaml", Clean);
        var result = cli.Run("check", "--timings", "-v", "--format", "json");
        JsonDocument.Parse(result.Out).Dispose();
        Assert.Matches("documents +[0-9.]+ ms\n", result.Error);
        Assert.Contains("meshlint: root ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_and_rules_know_the_catalogue()
    {
        using var cli = new CliTester();
        var explained = cli.Run("explain", "duplicate-key");
        Assert.Equal(explained.Out, cli.Run("explain", "ML0003").Out);
        Assert.StartsWith("ML0003 duplicate-key\nA mapping contains a key twice\n", explained.Out, StringComparison.Ordinal);
        // The page itself, not only its address.
        Assert.Contains("```yaml", explained.Out, StringComparison.Ordinal);
        Assert.Contains("ML0003  duplicate-key", cli.Run("rules").Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(cli.Run("rules", "--format", "json").Out);
        Assert.Contains(json.RootElement.GetProperty("rules").EnumerateArray(), r => r.GetProperty("slug").GetString() == "duplicate-key");
    }

    [Fact]
    public void Init_writes_a_configuration_that_is_understood_and_keeps_an_existing_one()
    {
        using var cli = new CliTester();
        cli.Write("mesh.yaml", "apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata:\n  name: default\n");
        var result = cli.Run("init");
        Assert.Equal((0, "wrote ./.meshlint.yaml\n", ""), (result.ExitCode, result.Out, result.Error));
        Assert.Contains("environment: kubernetes ", cli.Read(".meshlint.yaml"), StringComparison.Ordinal);
        Assert.Equal(0, cli.Run("check", "--fail-on", "info").ExitCode);
        Assert.Equal("meshlint: './.meshlint.yaml' exists and is left alone\n", cli.Run("init").Error);
    }

    [Fact]
    public void Graph_prints_every_form()
    {
        using var cli = new CliTester();
        cli.Write("mesh.yaml", Clean);
        using var json = JsonDocument.Parse(cli.Run("graph").Out);
        Assert.Equal(1, json.RootElement.GetProperty("version").GetInt32());
        Assert.StartsWith("digraph", cli.Run("graph", "--as", "dot").Out, StringComparison.Ordinal);
        Assert.StartsWith("flowchart", cli.Run("graph", ".", "--as", "mermaid").Out, StringComparison.Ordinal);
    }
}
