using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Core.Tests.Emit;

/// <summary>Random trees with hostile strings, and their comparison.</summary>
internal static class Trees
{
    private static readonly SourceText Source = new("random.yaml", "");

    /// <summary>Strings that some reader takes for something else.</summary>
    public static readonly string[] Hostile =
    [
        "", " ", "yes", "No", "ON", "off", "y", "N", "true", "False", "null", "Null", "~", "0", "-0", "+1", "007", "0o17", "0x1F", "0b11", "1_000", "1e3", "1.5E-7", ".5", "5.",
        ".inf", "-.INF", ".nan", "12:30", "190:20:30", "1:2.5", "2024-01-01", "2024-01-01T10:00:00Z", "2024-1-1 1:1:1", "10.0.0.1", "1,000", "=", "<<", "!!str", "!tag", "&a", "*a",
        "- a", "-", "--", "---", "...", "--- a", "? a", "?", ": a", ":", "a:", "a: b", "a :b", "a #b", "a#b", "# a", "%TAG", "@x", "`x`", "'", "''", "\"", "{}", "[a]", "{a: b}", "a, b",
        "|", ">", "|-", "\\", "\\n", "C:\\x", "a\nb", "a\nb\n", "a\nb\n\n", "\na", "\n", "\n\n", " a\nb", "a\n b\n  c", "a \nb", "a\n\nb", "a\n---\nb", "a\n...\nb\n", "a\n# b", "\ta", "a\tb",
        "a\t\nb", "a\r\nb", "a\rb", "\0", "\u0007", "\u001b[31m", "\u007f", "\u0085", "\u00a0", "a\u00a0", "\u2028", "\u2029", "\ufeff", "\ufeffa", "\ufffe", "\uffff", "é", "日本", "😀", "a😀b",
        "\u202eevil", "\u200b", "{{ .Name }}", "${x}", "*.example.com", "spiffe://default/web", "kuma.io/service", "1h30m", "10s", "50Mbps", "2xx", "web:8080", "::1", "fe80::1", "a::b",
        "0.5s", "1e", "e1", "0xZZ", "1a", "12d", "0f", "12e03", "12e+03", "deadbeef", "1__2", "0z", "08", "09.5", "infinity", "a: |", "key:\n  value\n", "x\n\ty", "trailing ", " leading", "tab\t",
    ];

    private static readonly Gen<string> Strings = Gen.OneOf(
        Gen.Elements(Hostile),
        Gen.Elements(Hostile).SelectMany(a => Gen.Elements(Hostile).Select(b => a + b)),
        Gen.Elements("ab01 \t\n\r:-#?,[]{}&*!|>'\"%@`~_./\\=+<éΩ\u0085\u2028".ToCharArray()).ListOf().Select(c => Repair(new string([.. c]))),
        ArbMap.Default.GeneratorFor<string>().Select(s => Repair(s ?? "")),
        Gen.Choose(900, 1100).Select(n => new string('k', n) + "é"));

    public static Arbitrary<NodeTree> Arbitrary { get; } = Arb.From(Gen.Sized(size => BuildMapping(Math.Min(size / 12, 4)).Select(Finish)));

    /// <summary>Structure, kinds, keys, order and texts.</summary>
    public static bool Same(Node a, Node b)
    {
        if (a.Kind != b.Kind || a.Key != b.Key || a.Count != b.Count || a.Text != b.Text)
            return false;
        return a.Children.Zip(b.Children).All(p => Same(p.First, p.Second));
    }

    public static NodeTree OneString(string key, string value) => Finish(builder =>
    {
        builder.BeginMapping(default);
        builder.Key(key, default);
        builder.Scalar(NodeKind.String, value, default, ScalarStyle.Plain);
        builder.Key("list", default);
        builder.BeginSequence(default);
        builder.Scalar(NodeKind.String, value, default, ScalarStyle.Plain);
        builder.BeginMapping(default);
        builder.Key("z", default);
        builder.Scalar(NodeKind.String, value, default, ScalarStyle.Plain);
        builder.End();
        builder.End();
        builder.End();
    });

    private static NodeTree Finish(Action<NodeTreeBuilder> build)
    {
        var builder = new NodeTreeBuilder(Source);
        build(builder);
        return builder.Build();
    }

    // Lone surrogates are no text: no reader can hand them out.
    private static string Repair(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static Gen<Action<NodeTreeBuilder>> BuildNode(int depth) =>
        depth == 0 ? BuildScalar() : Gen.Frequency((3, BuildScalar()), (2, BuildMapping(depth - 1)), (2, BuildSequence(depth - 1)));

    private static Gen<Action<NodeTreeBuilder>> BuildScalar() => Gen.OneOf(
        Strings.Select(s => Scalar(NodeKind.String, s)),
        ArbMap.Default.GeneratorFor<bool>().Select(b => Scalar(NodeKind.Boolean, b ? "true" : "false")),
        ArbMap.Default.GeneratorFor<long>().Select(i => Scalar(NodeKind.Integer, i.ToString())),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(f =>
        {
            var text = f.Get.ToString("R");
            var kind = ScalarResolver.Resolve(text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text, out var canonical);
            return Scalar(kind, canonical);
        }),
        Gen.Constant(Scalar(NodeKind.Null, null)),
        Gen.Constant<Action<NodeTreeBuilder>>(b =>
        {
            b.BeginMapping(default);
            b.End();
        }),
        Gen.Constant<Action<NodeTreeBuilder>>(b =>
        {
            b.BeginSequence(default);
            b.End();
        }));

    private static Action<NodeTreeBuilder> Scalar(NodeKind kind, string? text) => b => b.Scalar(kind, text, default, ScalarStyle.Plain);

    private static Gen<Action<NodeTreeBuilder>> BuildSequence(int depth) =>
        BuildNode(depth).ListOf().Select(items => (Action<NodeTreeBuilder>)(b =>
        {
            b.BeginSequence(default);
            foreach (var item in items.Take(6))
                item(b);
            b.End();
        }));

    private static Gen<Action<NodeTreeBuilder>> BuildMapping(int depth) =>
        Strings.SelectMany(k => BuildNode(depth).Select(v => (Key: k, Value: v))).ListOf().Select(entries => (Action<NodeTreeBuilder>)(b =>
        {
            b.BeginMapping(default);
            foreach (var (key, value) in entries.DistinctBy(e => e.Key).Take(6))
            {
                b.Key(key, default);
                value(b);
            }

            b.End();
        }));
}
