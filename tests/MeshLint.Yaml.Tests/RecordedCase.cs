using System.IO.Compression;
using System.Text.Json;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Sources;

namespace MeshLint.Yaml.Tests;

/// <summary>One file and what kubectl made of it.</summary>
internal sealed record RecordedCase(string Id, string Group, byte[] Bytes, bool IsAccepted, string? Error, JsonElement Documents)
{
    /// <summary>The cases of a compressed file, one JSON object a line.</summary>
    public static List<RecordedCase> Load(string path)
    {
        var cases = new List<RecordedCase>();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 1000 });
            var root = json.RootElement;
            var expected = root.GetProperty("expected");
            var isAccepted = expected.GetProperty("ok").GetBoolean();
            cases.Add(new RecordedCase(
                root.GetProperty("id").GetString()!,
                root.GetProperty("group").GetString()!,
                root.GetProperty("bytes").GetBytesFromBase64(),
                isAccepted,
                isAccepted ? null : expected.GetProperty("error").GetString(),
                isAccepted ? expected.GetProperty("documents").Clone() : default));
        }

        return cases;
    }

    /// <summary>Null where we read the file as kubectl does, else what differs.</summary>
    public string? Difference()
    {
        var (ours, error) = Render(Bytes);
        if (!IsAccepted)
            return error is null ? $"we read {ours}, kubectl refuses: {Error}" : null;
        if (error is not null)
            return $"we refuse: {error}, kubectl reads {Documents}";
        using var json = JsonDocument.Parse(ours!, new JsonDocumentOptions { MaxDepth = 1000 });
        return JsonEquality.AreEqual(json.RootElement, Documents) ? null : $"we read {ours}, kubectl reads {Documents}";
    }

    /// <summary>What <c>meshlint render --format json</c> prints, or why it refuses.</summary>
    public static (string? Json, string? Error) Render(byte[] bytes)
    {
        var read = RenderedDocuments.Read(new SourceText("case.yaml", TextDecoder.Decode(bytes).Text));
        var refused = read.Problems.FirstOrDefault(p => p.IsRefused);
        return refused is null
            ? (RenderedDocuments.ToJson([read], withProvenance: false), null)
            : (null, $"{refused.Source.GetPosition(refused.Span.Start)} {refused.Message}");
    }
}
