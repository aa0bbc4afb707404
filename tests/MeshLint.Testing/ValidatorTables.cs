using System.Text.Json;
using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;

namespace MeshLint.Testing;

/// <summary>Runs the table tests of Kuma's own validators, which <c>conformance/validators/*.jsonl</c> hold, against ours.</summary>
public static class ValidatorTables
{
    private static readonly string[] HeaderKeys = ["type", "mesh", "name", "labels"];

    /// <summary>The rows of a version that were understood when they were extracted.</summary>
    public static IEnumerable<JsonElement> Rows(KumaVersion version) =>
        Recordings.Open("validators", version.Text()).Select(d => d.RootElement).Where(r => r.GetProperty("parse").GetString() == "ok");

    /// <summary>The input as one resource: a plugin kind's fields stand below <c>spec</c>, a protobuf kind's beside the header.</summary>
    public static MeshResource ToResource(string kind, string yaml, string name)
    {
        var source = new SourceText("input.yaml", yaml);
        var input = DocumentReader.ReadYaml(source).Root;
        var builder = new NodeTreeBuilder(source);
        builder.BeginMapping(default);
        Add("type", kind);
        Add("mesh", "default");
        Add("name", name);
        if (KindCatalog.Find(kind) is { IsPlugin: false })
        {
            CopyBody();
        }
        else if (input["spec"].Exists)
        {
            builder.Key("spec", default);
            builder.Copy(input["spec"]);
        }
        else
        {
            builder.Key("spec", default);
            builder.BeginMapping(default);
            CopyBody();
            builder.End();
        }

        builder.End();
        var tree = builder.Build();
        return new MeshResource
        {
            KindInfo = KindCatalog.Find(kind),
            Kind = kind,
            Form = ResourceForm.Universal,
            Document = new SourceDocument(source, 0, default, tree, []),
            Root = tree.Root,
            Place = new ControlPlane(),
            Order = 0,
            Name = name,
            Mesh = "default",
        };

        void CopyBody()
        {
            foreach (var entry in input.Entries)
            {
                if (HeaderKeys.Contains(entry.Key))
                    continue;
                builder.Key(entry.Key ?? "", default);
                builder.Copy(entry);
            }
        }

        void Add(string key, string value)
        {
            builder.Key(key, default);
            builder.Scalar(NodeKind.String, value, default, ScalarStyle.Plain);
        }
    }

    /// <summary>What the validator of a row's kind says, one <c>field: reason</c> a line, beside what Kuma's test expects.</summary>
    public static (string Expected, string Actual) Compare(JsonElement row, KumaVersion version)
    {
        var kind = row.GetProperty("kind").GetString() ?? "";
        var meta = row.GetProperty("meta");
        var hasMeta = meta.ValueKind == JsonValueKind.Object;
        var name = hasMeta && meta.TryGetProperty("name", out var n) ? n.GetString() ?? "" : "";
        var resource = ToResource(kind, row.GetProperty("input_yaml").GetString() ?? "", name);
        var spec = resource.Spec;
        if (resource.KindInfo is { Family: KindFamily.Proto } && SchemaCatalog.Instance.FindBody(version, kind) is { } message)
        {
            if (ProtoErrorFinder.Find(resource.Root, message, out _) is { } error)
                return (row.GetProperty("expected_text").GetString() is { } text && error.Contains(text, StringComparison.Ordinal) ? error : "a body that decodes", error);
            spec = ProtoDecoder.Normalize(resource.Root, null, resource.Root, message, default, version);
        }

        var validation = new Validation(version, resource, spec, LabelSet.Empty, hasMeta);
        ValidatorCatalog.Find(kind)?.Invoke(validation);
        return Lines(row, validation);
    }

    /// <summary>Expected and actual violations as comparable texts; sorted unless the row wants an order.</summary>
    public static (string Expected, string Actual) Lines(JsonElement row, Validation validation)
    {
        var actual = validation.Violations.Select(v => $"{v.Field}: {v.Reason}").ToList();
        var violations = row.GetProperty("expected_violations");
        var expected = violations.ValueKind == JsonValueKind.Array
            ? violations.EnumerateArray().Select(v => $"{v.GetProperty("field").GetString()}: {v.GetProperty("message").GetString()}").ToList()
            : [];
        var match = row.GetProperty("match").GetString();
        if (match == "contains" && row.GetProperty("expected_text").GetString() is { } part)
        {
            var text = string.Join("; ", actual);
            return (part, text.Contains(part, StringComparison.Ordinal) ? part : text);
        }

        if (match != "ordered")
        {
            actual.Sort(StringComparer.Ordinal);
            expected.Sort(StringComparer.Ordinal);
        }

        return (string.Join('\n', expected), string.Join('\n', actual));
    }
}
