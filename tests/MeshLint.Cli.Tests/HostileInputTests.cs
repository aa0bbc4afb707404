using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>Files that mean harm, or are merely odd: nothing crashes, hangs, escapes or injects.</summary>
public sealed class HostileInputTests
{
    private const string Configuration = "controlPlanes: [{path: .}]\n";

    private static CliResult Check(string text, params string[] arguments)
    {
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", Configuration).Write("a.yaml", text);
        var clock = Stopwatch.StartNew();
        var result = cli.Run(["check", .. arguments]);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"it took {clock.Elapsed}");
        Assert.InRange(result.ExitCode, 0, 1);
        Assert.Equal("", result.Error);
        return result;
    }

    [Fact]
    public void An_alias_bomb_is_a_finding()
    {
        var bomb = new StringBuilder("type: Mesh\nname: default\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        // Refused by kubectl and kumactl too, in their reader.
        Assert.Contains("almost all of the document comes from aliases", Check(bomb.ToString(), "--format", "concise").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_a_finding()
    {
        Assert.Contains("ML0005", Check("type: Mesh\nname: default\nx: " + new string('[', 5000) + new string(']', 5000) + "\n", "--format", "concise").Out, StringComparison.Ordinal);
        Assert.Contains("ML0005", Check("{\"type\": \"Mesh\", \"a\": " + string.Concat(Enumerable.Repeat("{\"a\":", 3000)) + "1" + new string('}', 3001), "--format", "concise").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_scalar_and_a_huge_line_are_cut_in_the_frame()
    {
        var result = Check($"type: Mesh\nname: {new string('x', 300_000)}\nname: {new string('y', 300_000)}\n");
        Assert.All(result.Out.Split('\n').Where(l => l.Contains(" | ", StringComparison.Ordinal)), l => Assert.InRange(l.Length, 0, 200));
    }

    [Fact]
    public void Control_characters_never_reach_the_terminal()
    {
        const string text = "type: Mesh\nname: \"a\\e[31m\\a\\u202Eb\\u0085\"\n\"key\\e]0;x\\a\": 1\n\"key\\e]0;x\\a\": 2\n";
        foreach (var format in (string[])["text", "concise", "github"])
        {
            var output = Check(text, "--format", format).Out;
            Assert.DoesNotContain(output, c => c != '\n' && (char.IsControl(c) || c is '\u202E'));
            Assert.Contains("\\u001b", output, StringComparison.Ordinal);
        }

        // Raw ones in the source line of a code frame; YAML allows DEL-range C1 controls only escaped, so the parser refuses and the frame shows.
        Assert.DoesNotContain(Check("type: Mesh\nname: default\nname: \u202Ex\u200F\u2066\n").Out, c => c is '\u202E' or '\u200F' or '\u2066');
    }

    [Fact]
    public void An_annotation_cannot_be_injected()
    {
        const string text = "type: Mesh\nname: \"x\\n::error file=evil::owned\\r%0A::stop-commands::t\"\n\"k\\n::set-output name=a::b,c:d\": 1\n\"k\\n::set-output name=a::b,c:d\": 2\n";
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", Configuration).Write("dir,a:b%/c.yaml", text);
        var result = cli.Run("check", "--format", "github");
        Assert.All(result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
        {
            Assert.Matches("^::(error|warning|notice) file=dir%2Ca%3Ab%25/c\\.yaml,line=[0-9]+,endLine=[0-9]+(,col=[0-9]+,endColumn=[0-9]+)?,title=ML[0-9]{4} [a-z0-9-]+::", line);
            Assert.DoesNotContain('\r', line);
        });
        Assert.DoesNotContain("\n::set-output", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\n::stop", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type: Mesh\nname: \"\\ud800\"\n\"\\ud800\": 1\n\"\\ud800\": 2\n")]
    [InlineData("type: Mesh\nname: \0\n")]
    [InlineData("type: Mesh\n\t name: x\n")]
    [InlineData("type: Mesh\n? [a]\n: b\n")]
    [InlineData("type: Mesh\n<<: *unknown\n")]
    [InlineData("type: Mesh\n<<: [1, 2]\n")]
    [InlineData("type: Mesh\nname: !!binary x\nmtls: !foo {a: b}\n")]
    [InlineData("type: Mesh\nname: {{{{{{{{{{\n")]
    [InlineData("type: Mesh\nname: {{#a}}\n")]
    [InlineData("apiVersion: kuma.io/v1alpha1\nkind: [Mesh]\nmetadata: 5\n")]
    [InlineData("apiVersion: v1\nkind: List\nitems: [1, [], {apiVersion: kuma.io/v1alpha1}, null, {apiVersion: v1, kind: Service, spec: 7}]\n")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata: {name: [], namespace: {}}\nspec: {ports: {a: b}, selector: 5}\n")]
    [InlineData("type: Dataplane\nmesh: default\nname: x\nnetworking: {inbound: [[], 5, {port: -1}], address: {}}\n")]
    public void Odd_documents_are_findings_or_nothing(string text)
    {
        foreach (var format in (string[])["text", "concise", "json", "github"])
        {
            var output = Check(text, "--format", format, "--kuma-version", "2.9,3.0").Out;
            Assert.DoesNotContain("ML0001", output, StringComparison.Ordinal);
            if (format == "json")
                JsonDocument.Parse(output).Dispose();
        }
    }

    [Fact]
    public void Links_are_not_followed()
    {
        using var outside = new CliTester();
        outside.Write("secret.yaml", "type: Mesh\nname: a\nname: b\n");
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", Configuration).Write("real/a.yaml", "type: Mesh\nname: default\n");
        File.CreateSymbolicLink(cli.PathOf("real/file.yaml"), outside.PathOf("secret.yaml"));
        Directory.CreateSymbolicLink(cli.PathOf("real/folder"), outside.Folder);
        Directory.CreateSymbolicLink(cli.PathOf("real/loop"), cli.Folder);
        File.CreateSymbolicLink(cli.PathOf("real/dangling.yaml"), "/nowhere");
        var result = cli.Run("check", "--format", "json");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\"files\": 1,", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_does_not_hang_and_a_locked_file_is_a_finding()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", Configuration).Write("locked.yaml", "type: Mesh\nname: x\n").Write("locked/a.yaml", "type: Mesh\nname: y\n");
        using (var mkfifo = Process.Start("mkfifo", [cli.PathOf("pipe.yaml")]))
            mkfifo.WaitForExit();
        File.SetUnixFileMode(cli.PathOf("locked.yaml"), UnixFileMode.None);
        File.SetUnixFileMode(cli.PathOf("locked"), UnixFileMode.None);
        var result = cli.Run("check", "--format", "concise");
        if (string.Equals(System.Environment.UserName, "root", StringComparison.Ordinal))
            return;
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("locked.yaml:1:1: error ML0007 unreadable-file: 'locked.yaml' cannot be read: permission denied\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("locked:1:1: error ML0007", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_as_deep_as_the_system_allows_is_walked()
    {
        using var cli = new CliTester();
        var folder = cli.Write(".meshlint.yaml", Configuration).Folder;
        for (var i = 0; folder.Length < 3500; i++)
            folder = Path.Combine(folder, "deep");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "a.yaml"), "type: Mesh\nname: default\n");
        Assert.Contains("\"documents\": 1,", cli.Run("check", "--format", "json").Out, StringComparison.Ordinal);
    }
}
