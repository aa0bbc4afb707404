using System.Text;
using MeshLint.Sources;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MeshLint.Yaml.Tests;

/// <summary>
/// A second opinion: on files of one plain document YamlDotNet and we agree whether they are YAML, with the exceptions that are counted
/// here.
/// </summary>
public sealed class YamlDotNetPeerTests(ITestOutputHelper output)
{
    [Fact]
    public void The_files_that_both_accept_have_the_same_shape()
    {
        var cases = RecordedCase.Load(Path.Combine(SharedData.ProjectRoot, "tests", "recordings", "yaml", "cases.jsonl.gz"));
        var (same, onlyOne, shapes) = (0, 0, new List<string>());
        foreach (var recorded in cases)
        {
            var text = TextDecoder.Decode(recorded.Bytes).Text;
            var documents = DocumentReader.Read(new SourceText("case.yaml", text));
            SourceDocument[]? ours = documents.Any(d => d.IsBroken) ? null : [.. documents];
            var theirs = ReadWithYamlDotNet(text);
            if (ours is null || theirs is null)
            {
                onlyOne += ours is null == (theirs is null) ? 0 : 1;
                continue;
            }

            same++;
            // Aliases, merges and what follows '...' are resolved by us only.
            var isPlain = !text.AsSpan().ContainsAny("&*!") && !text.Contains("<<", StringComparison.Ordinal) && !text.Contains("...",
                StringComparison.Ordinal);
            if (isPlain && ours is [var single] && theirs is [var peer] && single.Problems.IsEmpty
                && Count(single.Root) != Count(peer.RootNode))
                shapes.Add($"{recorded.Id}: {Count(single.Root)} values, YamlDotNet {Count(peer.RootNode)}: {text}");
        }

        output.WriteLine($"{cases.Count} files: both read {same}, only one of the two reads {onlyOne}, {shapes.Count} differ in shape");
        Assert.True(same > cases.Count / 3, $"only {same} files were compared");
        Assert.True(shapes.Count * 50 < same, string.Join('\n', shapes));
    }

    private static List<YamlDocument>? ReadWithYamlDotNet(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return [.. stream.Documents];
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            return null;
        }
    }

    private static int Count(Node node) => node.Count == 0 ? 1 : node.Children.Sum(Count);

    private static int Count(YamlNode node) => node switch
    {
        YamlMappingNode { Children.Count: > 0 } mapping => mapping.Children.Values.Sum(Count),
        YamlSequenceNode { Children.Count: > 0 } sequence => sequence.Children.Sum(Count),
        _ => 1,
    };
}
