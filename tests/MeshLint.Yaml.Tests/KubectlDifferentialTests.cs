using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Yaml.Tests;

/// <summary>Invented files, read by us and by the kubectl of this machine: the same documents, or both refuse.</summary>
/// <remarks>
/// The files come from a seed. <c>MESHLINT_KUBECTL_SEED</c> and <c>MESHLINT_KUBECTL_CASES</c> choose another one and more of them.
/// </remarks>
public sealed class KubectlDifferentialTests(ITestOutputHelper output)
{
    private const int UsualCases = 60;
    private const int MaxPieces = 14;

    private static readonly string[] Pieces =
    [
        "a", "b", "k", " ", " ", "  ", "\n", "\n  ", "\n    ", "\n     ", ":", ": ", ": ", "- ", "[", "]", "{", "}", ", ", ",", "'", "\"", "''", "#", " # ",
        "&a ", "*a", "*a ", "!t ", "!!str ", "!!int ", "!!binary ", "|", "|-\n    ", ">\n    ", "|+2\n    ", "?", "? ", "<<: ", "<<: *a\n  ", "0x1F", "1e3", "010", "1_0", ".5",
        "~", "yes", "null", "2001-01-01", "\t", "\\", "\\n", "\\x41", "\u0085", "\u2028", "\r", "\r\n", "...", "\n...\n", "%", "@", "`", "\n---\n", "é", "😀", "a: 1\n  b: 2", "{a: 1}", "[1, 2]",
    ];

    [KubectlFact]
    public void Invented_files_are_read_alike()
    {
        var seed = Setting("MESHLINT_KUBECTL_SEED", 20_321);
        var count = Setting("MESHLINT_KUBECTL_CASES", UsualCases);
        var folder = Directory.CreateTempSubdirectory("meshlint-kubectl-");
        try
        {
            var (compared, refused, differences) = (0, 0, new List<string>());
            for (var i = 0; i < count; i++)
            {
                var text = Invent(new Random(seed + i));
                if (Ask(folder.FullName, text) is not { } answer)
                    continue;
                compared++;
                refused += answer.Documents is null ? 1 : 0;
                var (ours, error) = RecordedCase.Render(Encoding.UTF8.GetBytes(text));
                if (Difference(ours, error, answer) is { } difference)
                    differences.Add(string.Create(CultureInfo.InvariantCulture,
                        $"seed {seed + i}: {JsonSerializer.Serialize(text)}\n  {difference}"));
            }

            output.WriteLine($"{compared} of {count} files compared, {refused} of them refused by kubectl, {differences.Count} differences");
            Assert.True(compared > count / 2, $"only {compared} files could be compared");
            Assert.True(differences.Count == 0, string.Join('\n', differences));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : usual;

    private static string Invent(Random random)
    {
        var text = new StringBuilder("apiVersion: kuma.io/v1alpha1\nkind: MeshProxyPatch\nmetadata:\n  name: web\nspec:\n  ");
        text.Append(random.Next(4) == 0 ? "x: &a {k: 1, l: [2]}\n  v: " : random.Next(3) == 0 ? "" : "v: ");
        for (var left = random.Next(1, MaxPieces); left > 0; left--)
            text.Append(Pieces[random.Next(Pieces.Length)]);
        return text.Append(random.Next(5) == 0 ? "" : "\n").ToString();
    }

    // What kubectl says; null where it refuses a document for what is in it rather than for how it is written.
    private static (JsonArray? Documents, string Error)? Ask(string folder, string text)
    {
        File.WriteAllText(Path.Combine(folder, "case.yaml"), text);
        var start = new ProcessStartInfo(KubectlFactAttribute.Program!)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "label", "--local", "-o", "json", "-f", "case.yaml", "zz=zz" })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var error = errors.GetAwaiter().GetResult();
        if (process.ExitCode == 0)
            return (Parse(answer), "");
        return error.Contains("error parsing", StringComparison.Ordinal) ? (null, error) : null;
    }

    private static JsonArray Parse(string answer)
    {
        var documents = new JsonArray();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(answer), new JsonReaderOptions { AllowMultipleValues = true,
            MaxDepth = 1000 });
        while (reader.Read())
        {
            var document = JsonNode.Parse(ref reader)!.AsObject();
            var labels = document["metadata"]!["labels"]!.AsObject();
            labels.Remove("zz");
            if (labels.Count == 0)
                document["metadata"]!.AsObject().Remove("labels");
            documents.Add(document);
        }

        return documents;
    }

    private static string? Difference(string? ours, string? error, (JsonArray? Documents, string Error) answer)
    {
        if (answer.Documents is null)
            return error is null ? $"we read {ours}, kubectl refuses: {answer.Error}" : null;
        if (error is not null)
            return $"we refuse: {error}, kubectl reads {answer.Documents.ToJsonString()}";
        using var left = JsonDocument.Parse(ours!, new JsonDocumentOptions { MaxDepth = 1000 });
        using var right = JsonDocument.Parse(answer.Documents.ToJsonString(), new JsonDocumentOptions { MaxDepth = 1000 });
        return JsonEquality.AreEqual(left.RootElement, right.RootElement) ? null
            : $"we read {ours}, kubectl reads {answer.Documents.ToJsonString()}";
    }
}
