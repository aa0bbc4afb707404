using MeshLint.Sources;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Sources;

/// <summary>Mutations of real files with a fixed seed: reading never throws, always ends, spans stay inside the text, and no rule fails.</summary>
public sealed class MutationTests
{
    private static readonly string[] Fragments =
    [
        "---\n", "...\n", "{{", "}}", "{{#a}}", "- ", ": ", "\t", "&a ", "*a", "<<: *a\n", "!!binary ", "!<", "|\n", ">-\n", "\"", "'", "[", "]", "{", "}", "#", "%YAML 9.9\n",
        "\0", "\u0085", "\u2028", "\ud800", "\uFEFF", "? ", "@", "`", "\\", "1e999", "0x", "~", "null", "-.inf", "2001-01-01", "\r", "\r\n", "{%",
    ];

    [Fact]
    public void Nothing_throws()
    {
        var files = Directory.EnumerateFiles(Path.Combine(SharedData.ProjectRoot, "examples"), "*.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(t => t.Length < 8000).ToArray();
        Assert.NotEmpty(files);
        var random = new Random(20240607);
        for (var round = 0; round < 1500; round++)
        {
            var text = Mutate(files[random.Next(files.Length)], random);
            var compilation = TestRepository.Compile([("a.yaml", text), ("kustomization.yaml", text)]);
            foreach (var diagnostic in compilation.Diagnostics)
            {
                Assert.True(diagnostic.Descriptor.Id != "ML0001", $"round {round}: {diagnostic.Message}\n{string.Join('\n', diagnostic.Notes)}\n{text}");
                Assert.InRange(diagnostic.Location.Span.Start, 0, diagnostic.Location.Source.Text.Length);
                Assert.InRange(diagnostic.Location.Span.End, diagnostic.Location.Span.Start, diagnostic.Location.Source.Text.Length);
                Assert.All(diagnostic.Related, r => Assert.InRange(r.Location.Span.End, r.Location.Span.Start, r.Location.Source.Text.Length));
            }
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var i = random.Next(1, 5); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 40), text.Length - at);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(at, Fragments[random.Next(Fragments.Length)]),
                _ => text.Remove(at, length).Insert(at, Fragments[random.Next(Fragments.Length)]),
            };
        }

        return text;
    }
}
