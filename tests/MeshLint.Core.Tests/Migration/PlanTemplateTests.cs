using System.Diagnostics;
using MeshLint.Analysis.Migration;
using MeshLint.Output.Migration;
using MeshLint.Output.Templates;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Migration;

/// <summary>Templates of a user's: what they see, what they may not, and that none runs for ever. One may come from the repository that is judged.</summary>
public sealed class PlanTemplateTests
{
    private const string Hostile =
        """
        type: Mesh
        name: default
        ---
        type: MeshTimeout
        name: x
        mesh: default
        spec: {targetRef: {kind: MeshService, name: "<b>*a*|`b` @team\nx"}}

        """;

    private static readonly MigrationPlan Plan = TestRepository.Compile(Hostile).Plan;

    [Fact]
    public void A_template_sees_the_plan_and_cannot_be_made_to_run_markup() =>
        Assert.Equal(
            "\\<b\\>\\*a\\*\\|\\`b\\` @<!-- -->team x|``<b>*a*|`b` @team x``|``<b>*a*\\|`b` @team x``|&lt;b&gt;&#42;a&#42;&#124;&#96;b&#96; @<!-- -->team x",
            Render("{{ for m in meshes; for s in m.services }}{{ s.legacyName }}|{{ code s.legacyName }}|{{ s.legacyName | cell }}|{{ html s.legacyName }}{{ end; end }}"));

    [Theory]
    [InlineData("{{ meshes.size }} {{ meshes[0].name }} {{ findings.size }} {{ for f in references }}{{ f.path }}{{ end }}", "1 default 1 spec.targetRef.name")]
    [InlineData("{{ raw '*' }}{{ '*' }}{{ capture x }}*{{ '*' }}{{ end }}{{ x }}", "*\\**\\*")]
    [InlineData("{{ join ['a', 'b*'] }} {{ plural 1 'mesh' 'meshes' }} {{ plural 2 'mesh' 'meshes' }}", "a, b\\* 1 mesh 2 meshes")]
    [InlineData("{{ has '' }}{{ has 0 }}{{ has [] }}{{ has null }}{{ has false }} {{ has 'a' }}{{ has 1 }}{{ has [0] }}", "falsefalsefalsefalsefalse truetruetrue")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("{{ meshes[0].nothing }}", "")]
    public void Values_and_functions(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("a\n  {{ for x in meshes }}", "mine/plan.md.scriban:2:")]
    [InlineData("a\n{{ nothing }}", "mine/plan.md.scriban:2:4: the variable or function 'nothing' was not found")]
    [InlineData("{{ code }}", "mine/plan.md.scriban:1:8: invalid number of arguments '0' passed to 'code'")]
    [InlineData("{{ kumaVersion | string.upcase }}", "mine/plan.md.scriban:1:18: ")]
    [InlineData("{{ meshes[0].nothing.at }}", "mine/plan.md.scriban:1:22: cannot get the member meshes[0].nothing.at for a null object")]
    [InlineData("{{ include 'part' }}", "mine/part:3:4: the variable or function 'nope' was not found")]
    [InlineData("{{ include 'broken' }}", "mine/broken:2:")]
    [InlineData("{{ include '../secret' }}", "mine/plan.md.scriban:1:4: '../secret' is no path below the template folder")]
    [InlineData("{{ include 'self' }}", "mine/self:1:4: exceeding number of recursive depth limit '100'")]
    public void What_is_wrong_is_said_with_its_place(string template, string expected)
    {
        var problems = Assert.Throws<TemplateException>(() => Render(template)).Problems;
        Assert.StartsWith(expected, problems[0], StringComparison.Ordinal);
        Assert.All(problems, p => Assert.DoesNotMatch("[`\n]|\\.$", p));
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "{{ while true; end }}", "iteration limit" },
        { "{{ for i in 1..2000000000; end }}", "range" },
        { "{{ for i in 1..1000; for j in 1..1000; for k in 1..1000; end; end; end }}", "iteration limit" },
        { "{{ for i in 1..900000; for j in (1..900000) reversed; end; end }}", "iteration" },
        { "{{ func f; ret f(); end; f }}", "recursive depth limit" },
        { "{{ func f(n); if n > 0; f (n - 1); f (n - 1); end; end; f 90 }}", "steps" },
        { "{{ s = 'x' * 1000000000 }}", "exceeds" },
        { "{{ s = 'xxxxxxxxxxxxxxxx'; for i in 1..100; s = s + s; end }}", "a value has more than" },
        { "{{ s = 'x' * 1000000; a = []; for i in 1..100000; a[i] = s + i; end }}", "steps" },
        { "{{ a = [1]; for i in 1..100; a = a + a; end }}", "iteration limit" },
        { "{{ a = [1]; a[2000000000] = 1 }}", "iteration" },
        { "{{ a = []; a[0] = a; a }}", "nested" },
        { "{{ n = 3; for i in 1..100; n = n * n; end }}", "more than" },
        { "{{ 1 << 2000000000 }}", "exceed" },
        { "{{ s = 'x' * 1000000; for i in 1..100; s; end }}", "writes more than" },
        { "{{ s = 'x' * 1000000; capture c; for i in 1..1000; s; end; end; c }}", "more than" },
        { "{{ for i in 1..100000 }}" + new string('x', 1000) + "{{ end }}", "writes more than" },
        { "{{ " + new string('(', 100_000) + "1" + new string(')', 100_000) + " }}", "depth" },
        { "{{ " + string.Join('+', Enumerable.Repeat("1", 100_000)) + " }}", "depth" },
        { string.Concat(Enumerable.Repeat("{{ if true }}", 50_000)), "" },
        { "{{ date.now }}", "not found" },
        { "{{ 'a' | regex.match '(a+)+$' }}", "not found" },
        { "{{ object.eval '1' }}", "not found" },
        { "{{ math.random 1 9 }}", "not found" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_template_that_means_harm_is_stopped(string template, string expected)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var problem = Assert.Throws<TemplateException>(() => Render(template)).Problems[0];
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.StartsWith("mine/plan.md.scriban:", problem, StringComparison.Ordinal);
        Assert.InRange(problem.Length, 20, 400);
        // Generous: a bound is meant, not a speed.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16L << 30);
    }

    [Fact]
    public void Nothing_of_NET_is_reachable()
    {
        Assert.Equal("", Render("{{ x = code 'a'; x.length }}{{ x.get_type }}{{ meshes.get_type }}{{ kumaVersion.length }}"));
        Assert.Equal("3", Render("{{ x = 'abc'; x.size }}"));
    }

    [Fact]
    public void The_built_in_template_has_no_limits_that_a_large_repository_could_meet()
    {
        var services = string.Concat(Enumerable.Range(0, 3000).Select(i =>
            $"---\ntype: MeshTimeout\nname: t{i}\nmesh: default\nspec: {{targetRef: {{kind: MeshService, name: s{i}}}}}\n"));
        var text = PlanMarkdown.Render(TestRepository.Compile($"type: Mesh\nname: default\n{services}").Plan);
        Assert.Contains("s2999", text, StringComparison.Ordinal);
    }

    private static string Render(string template) => PlanMarkdown.Render(Plan, template, new Files());

    private sealed class Files : ITemplateFiles
    {
        private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
        {
            ["part"] = "a\nb\n{{ nope }}",
            ["broken"] = "\n{{ if }}{{",
            ["self"] = "{{ include 'self' }}",
        };

        public string Shown(string name) => $"mine/{name}";

        public string? Read(string name, out string problem)
        {
            problem = $"'{name}' is no path below the template folder";
            return Texts.GetValueOrDefault(name);
        }
    }
}
