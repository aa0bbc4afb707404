using System.Diagnostics;
using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>Templates of a user's, named on the command line or by the configuration.</summary>
public sealed class TemplateTests
{
    private const string Configuration = "controlPlanes: [{path: .}]\ntemplates: tpl\n";

    private static CliTester Repository(string configuration = Configuration)
    {
        var cli = new CliTester();
        return cli.Write("repo/.meshlint.yaml", configuration).Write("repo/mesh.yaml", "type: Mesh\nname: default\n");
    }

    private static CliResult Build(CliTester cli, params string[] more) => cli.Run(["build", "repo", "--out", "out", .. more]);

    [Fact]
    public void The_command_line_names_a_folder()
    {
        using var cli = Repository("controlPlanes: [{path: .}]\n");
        Assert.Equal(0, Build(cli).ExitCode);
        Assert.StartsWith("# Migration plan: Kuma ", cli.Read("out/migration/plan.md"), StringComparison.Ordinal);
        cli.Write("mine/plan.md.scriban", "meshes:{{ for m in meshes }} {{ m.name }}{{ end }}{{ include 'parts/end.scriban' }}").Write("mine/parts/end.scriban", "!\n");
        Assert.Equal(0, Build(cli, "--templates", "mine").ExitCode);
        Assert.Equal("meshes: default!\n", cli.Read("out/migration/plan.md"));
        var before = cli.Read("out/graph.json");
        cli.Write("mine/plan.md.scriban", "ok\n{{ for m in }}");
        var wrong = Build(cli, "--templates", "mine");
        Assert.Equal((2, ""), (wrong.ExitCode, wrong.Out));
        Assert.All(wrong.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => Assert.Matches("^meshlint: mine/plan\\.md\\.scriban:[0-9]+:[0-9]+: ", l));
        Assert.Equal(before, cli.Read("out/graph.json"));
    }

    [Fact]
    public void A_folder_without_the_template_is_one_clear_line()
    {
        using var cli = Repository("controlPlanes: [{path: .}]\n");
        Assert.Equal("meshlint: there is no folder 'none'\n", Build(cli, "--templates", "none").Error);
        Assert.Equal("meshlint: there is no template 'repo/plan.md.scriban'\n", Build(cli, "--templates", "repo").Error);
        cli.Write("old/plan.md.hbs", "x");
        Assert.Equal(
            "meshlint: 'old' holds plan.md.hbs, but templates are Scriban's now: plan.md.scriban (docs/migration-plan.md)\n",
            Build(cli, "--templates", "old").Error);
    }

    [Fact]
    public void The_configuration_names_a_folder_below_it()
    {
        using var cli = Repository();
        Assert.Equal("meshlint: there is no folder 'tpl', which the configuration names for templates\n", Build(cli).Error);
        cli.Write("repo/tpl/plan.md.scriban", "{{ meshes.size }}\n");
        Assert.Equal(0, Build(cli).ExitCode);
        Assert.Equal("1\n", cli.Read("out/migration/plan.md"));
        cli.Write("mine/plan.md.scriban", "mine\n");
        Assert.Equal(0, Build(cli, "--templates", "mine").ExitCode);
        Assert.Equal("mine\n", cli.Read("out/migration/plan.md"));
        // 'check' makes no plan and runs no template.
        cli.Write("repo/tpl/plan.md.scriban", "{{ nothing }}");
        Assert.Equal(0, cli.Run("check", "repo").ExitCode);
        Assert.Equal((2, "meshlint: tpl/plan.md.scriban:1:4: the variable or function 'nothing' was not found\n"), (Build(cli).ExitCode, Build(cli).Error));
    }

    [Theory]
    [InlineData("../tpl")]
    [InlineData("/etc")]
    [InlineData("a/../../b")]
    public void The_configuration_cannot_name_a_folder_elsewhere(string folder)
    {
        using var cli = Repository($"templates: {folder}\n");
        Assert.EndsWith($":1:12: templates '{folder}' must lie below the folder of the configuration\n", Build(cli).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_of_a_revision_come_from_that_revision()
    {
        using var cli = Repository();
        cli.Git("init", "-q");
        cli.Write("repo/tpl/plan.md.scriban", "first {{ include 'part' }}").Write("repo/tpl/part", "part\n").Git("add", ".");
        cli.Git("commit", "-qm", "first");
        cli.Write("repo/tpl/plan.md.scriban", "second\n");
        Assert.Equal(0, Build(cli, "--rev", "HEAD").ExitCode);
        Assert.Equal("first part\n", cli.Read("out/migration/plan.md"));
        cli.Git("add", ".");
        cli.Write("repo/tpl/plan.md.scriban", "third\n");
        Assert.Equal(0, Build(cli, "--staged").ExitCode);
        Assert.Equal("second\n", cli.Read("out/migration/plan.md"));
    }

    [Fact]
    public void Nothing_outside_of_the_folder_is_read_and_a_pipe_does_not_hang()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var cli = Repository();
        cli.Write("secret.txt", "secret").Write("repo/tpl/sub/x", "x");
        File.CreateSymbolicLink(cli.PathOf("repo/tpl/link"), cli.PathOf("secret.txt"));
        Directory.CreateSymbolicLink(cli.PathOf("repo/tpl/up"), cli.Folder);
        using (var mkfifo = Process.Start("mkfifo", [cli.PathOf("repo/tpl/pipe")]))
            mkfifo.WaitForExit();
        File.WriteAllBytes(cli.PathOf("repo/tpl/bytes"), [0x41, 0xff, 0x41]);
        File.WriteAllText(cli.PathOf("repo/tpl/large"), new string('x', 1_100_000));
        foreach (var (name, message) in new[]
                 {
                     ("link", "'tpl/link' is a symbolic link, and templates are read from their folder only"),
                     ("up/secret.txt", "'tpl/up/secret.txt' is a symbolic link, and templates are read from their folder only"),
                     ("../secret.txt", "'../secret.txt' is no path below the template folder"),
                     ("sub/../../../secret.txt", "'sub/../../../secret.txt' is no path below the template folder"),
                     ("/etc/passwd", "'/etc/passwd' is no path below the template folder"),
                     ("..\\secret.txt", "'..\\secret.txt' is no path below the template folder"),
                     ("none", "there is no template 'tpl/none'"),
                     ("sub", "there is no template 'tpl/sub'"),
                     ("bytes", "'tpl/bytes' is not UTF-8"),
                     ("large", "'tpl/large' has 1100000 bytes, the limit for a template is 1048576"),
                 })
        {
            cli.Write("repo/tpl/plan.md.scriban", $"{{{{ include `{name}` }}}}");
            Assert.Equal((2, $"meshlint: tpl/plan.md.scriban:1:4: {message}\n"), (Build(cli).ExitCode, Build(cli).Error));
        }

        cli.Write("repo/tpl/plan.md.scriban", "{{ include 'pipe' }}.");
        Assert.Equal((2, "meshlint: tpl/plan.md.scriban:1:4: 'tpl/pipe' cannot be read: it is a named pipe, not a regular file\n"), (Build(cli).ExitCode, Build(cli).Error));
        Directory.Move(cli.PathOf("repo/tpl"), cli.PathOf("elsewhere"));
        Directory.CreateSymbolicLink(cli.PathOf("repo/tpl"), cli.PathOf("elsewhere"));
        Assert.Equal(
            "meshlint: templates 'tpl' of the configuration is a symbolic link, and templates are read from the repository only\n", Build(cli).Error);
    }
}
