using System.Text;
using MeshLint.Analysis.Rules;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Cli.Tests.Rules;

/// <summary>
/// Near misses of the ids whose finding is no document but a state of files, of sizes or of MeshLint: every other id has a file in
/// <c>tests/MeshLint.Core.Tests/Rules/NearMisses</c>. As there, the finding itself is shown first, then what comes close and stays silent.
/// </summary>
public sealed class SituationNearMissTests
{
    private const int Least = 3;
    private const string Mesh = "type: Mesh\nname: default\n";

    private static readonly Dictionary<string, (Situation Speaks, Situation[] Silent)> Situations = new(StringComparer.Ordinal)
    {
        ["ML0005"] = (Document("5,000 brackets", Nested(5000)),
        [
            Document("as deep as is read", Nested(250)),
            Document("long, not deep", Nested(1, 20_000)),
            Document("aliases that expand to little", "type: Mesh\nname: default\na: &a [1, 2, 3]\nb: [" + Repeat("*a, ", 300) + "1]\n"),
            Document("deep in a document that concerns no mesh", Nested(5000).Replace("type: Mesh", "type: Other", StringComparison.Ordinal)),
        ]),
        ["ML0008"] = (Sized("one byte too many", "big.yaml"),
        [
            Sized("a name that is not read", "big.txt"),
            Sized("a folder that is never read", "node_modules/big.yaml"),
            new("excluded", static cli => MakeLarge(cli.Write("repo/.meshlint.yaml", "controlPlanes: [{path: .}]\nexclude: [big.yaml]\n"), "big.yaml")),
        ]),
        ["ML0009"] = (Bytes("Latin-1", "a.yaml", Encoding.Latin1.GetBytes(Mesh + "# café\n")),
        [
            Bytes("UTF-8", "a.yaml", Encoding.UTF8.GetBytes(Mesh + "# café\n")),
            Bytes("UTF-16 with a byte order mark", "a.yaml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Mesh + "# café\n")]),
            Bytes("Latin-1 that concerns no mesh", "a.yaml", Encoding.Latin1.GetBytes("greeting: café\n")),
            Bytes("Latin-1 in a file that is not read", "a.txt", Encoding.Latin1.GetBytes(Mesh + "# café\n")),
        ]),
        ["ML0014"] = (Linked("a link out", "out.yaml", "../outside.yaml"),
        [
            Linked("a link to a file inside", "in.yaml", "mesh.yaml"),
            Linked("a link out whose name is not read", "out.txt", "../outside.yaml"),
            new("a link out that is excluded", static cli =>
                Link(cli.Write("repo/.meshlint.yaml", "controlPlanes: [{path: .}]\nexclude: [out.yaml]\n"), "out.yaml", "../outside.yaml")),
            new("a folder 'out' that no build wrote", static cli => cli.Write("repo/out/a.yaml", Mesh.Replace("default", "second", StringComparison.Ordinal))),
        ]),
        ["ML0019"] = (Generators("700 generators, each for 700 services", 700, static _ => "a"),
        [
            Generators("20 generators, each for 700 services", 20, static _ => "a"),
            Generators("700 generators, each for no service", 700, static i => $"none-{i}"),
            Generators("700 generators, one of them for 700 services", 700, static i => i == 0 ? "a" : $"none-{i}"),
        ]),
    };

    public static TheoryData<string> Ids() => [.. Situations.Keys];

    [UnixTheory]
    [MemberData(nameof(Ids))]
    public void Near_misses_stay_silent(string id)
    {
        var (speaks, silent) = Situations[id];
        Assert.True(speaks.Reports(id), $"{id} does not report: {speaks.Why}");
        Assert.True(silent.Length >= Least, $"{id} has {silent.Length} near misses, {Least} are the least");
        foreach (var situation in silent)
            Assert.False(situation.Reports(id), $"{id} reports: {situation.Why}");
    }

    // Pipes are made by a shell.
    [Fact]
    public void An_unreadable_file_is_one_that_is_read()
    {
        if (!CliProcess.IsAvailable)
            return;
        Assert.True(Pipe("a.yaml").Reports("ML0007"));
        Assert.False(Pipe("a.txt").Reports("ML0007"), "a name that is not read");
        Assert.False(Pipe("node_modules/a.yaml").Reports("ML0007"), "a folder that is never read");
        Assert.False(Pipe("a.yaml", "controlPlanes: [{path: .}]\nexclude: [a.yaml]\n").Reports("ML0007"), "excluded");
        Assert.False(new Situation("an empty file", static cli => cli.Write("repo/a.yaml", "")).Reports("ML0007"));
        Assert.False(new Situation("a folder with the name of a file", static cli => cli.Write("repo/a.yaml/b.txt", "")).Reports("ML0007"));
    }

    [Fact]
    public void An_internal_error_is_a_rule_that_runs_and_throws()
    {
        var descriptor = RuleCatalog.Find("ML2001") ?? throw new InvalidOperationException("ML2001 is a rule");
        Assert.Equal(["ML0001"], FailingRule.Run(descriptor, "", fails: true));
        Assert.Empty(FailingRule.Run(descriptor, "", fails: false));
        Assert.Empty(FailingRule.Run(descriptor, "rules: {ML2001: off}\n", fails: true));
        Assert.Empty(FailingRule.Run(descriptor with { When = static b => !b.Workloads }, "kumaVersion: '3.0'\n", fails: true));
    }

    [Fact]
    public void Every_id_has_near_misses()
    {
        var files = Directory.EnumerateFiles(Path.Combine(SharedData.ProjectRoot, "tests", "MeshLint.Core.Tests", "Rules", "NearMisses"))
            .Select(static f => Path.GetFileNameWithoutExtension(f));
        Assert.Equal(
            RuleCatalog.Descriptors.Select(static d => d.Id),
            files.Concat(Situations.Keys).Append("ML0001").Append("ML0007").Order(StringComparer.Ordinal));
    }

    private static Situation Document(string why, string text) => new(why, cli => cli.Write("repo/a.yaml", text));

    private static Situation Bytes(string why, string name, byte[] bytes) => new(why, cli => File.WriteAllBytes(cli.PathOf($"repo/{name}"), bytes));

    private static Situation Linked(string why, string name, string target) => new(why, cli => Link(cli, name, target));

    private static Situation Sized(string why, string name) => new(why, cli => MakeLarge(cli, name));

    private static Situation Pipe(string name, string? configuration = null) => new(name, cli =>
    {
        if (configuration is not null)
            cli.Write("repo/.meshlint.yaml", configuration);
        var result = CliProcess.Shell(cli.PathOf("repo"), $"mkdir -p \"$(dirname {name})\" && mkfifo {name}");
        Assert.Equal(0, result.ExitCode);
    });

    private static Situation Generators(string why, int count, Func<int, string> label)
    {
        var text = new StringBuilder(Mesh);
        for (var i = 0; i < 700; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $$$"""
                ---
                type: MeshService
                mesh: default
                name: service-{{{i}}}
                labels: {app: a}
                spec: {selector: {dataplaneTags: {kuma.io/service: s}}, ports: [{port: 80, targetPort: 80, appProtocol: http}]}

                """);
        }

        for (var i = 0; i < count; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $$$$"""
                ---
                type: HostnameGenerator
                name: generator-{{{{i}}}}
                spec:
                  selector: {meshService: {matchLabels: {app: {{{{label(i)}}}} }}}
                  template: '{{ .DisplayName }}.g{{{{i}}}}.mesh'

                """);
        }

        return new Situation(why, cli => cli.Write("repo/mesh.yaml", text.ToString())
            .Write("repo/.meshlint.yaml", "controlPlanes: [{path: ., zone: east, environment: universal}]\n"));
    }

    private static void Link(CliTester cli, string name, string target)
    {
        cli.Write("outside.yaml", Mesh);
        File.CreateSymbolicLink(cli.PathOf($"repo/{name}"), target);
    }

    private static void MakeLarge(CliTester cli, string name)
    {
        using var stream = new FileStream(cli.Write($"repo/{name}", "").PathOf($"repo/{name}"), FileMode.Open);
        stream.SetLength(SourceNames.MaxBytes + 1);
    }

    private static string Nested(int depth, int length = 1) =>
        $"type: Mesh\nname: default\nx: {new string('[', depth)}{Repeat("1, ", length)}1{new string(']', depth)}\n";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
