using MeshLint.Core.Versions;

namespace MeshLint.Build.Schemas;

/// <summary>Writes the catalogue of schemas that MeshLint.Core embeds.</summary>
internal static class SchemaTask
{
    /// <summary>The catalogue's place in the project.</summary>
    public static string Target { get; } = Path.Combine(ProjectPaths.Root, "src", "MeshLint.Core", "Schemas", "catalogue.bin");

    public static int Run(string[] arguments)
    {
        var bytes = Generate(out var summary);
        File.WriteAllBytes(arguments.Length > 0 ? arguments[0] : Target, bytes);
        Console.WriteLine(summary);
        return 0;
    }

    /// <summary>The catalogue's bytes; the same for the same input.</summary>
    public static byte[] Generate(out string summary)
    {
        var facts = Path.Combine(ProjectPaths.Root, "build", "facts");
        var writer = new CatalogueWriter();
        var go = new GoFacts(Path.Combine(facts, "go-structs.txt"));
        foreach (var version in KumaVersions.All)
        {
            var folder = Path.Combine(ProjectPaths.Shared, "kuma", version.Text());
            var crds = new CrdReader(writer, go, version);
            foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "crds"), "*.yaml").Order(StringComparer.Ordinal))
                crds.Read(path);
            new ProtoReader(writer, Path.Combine(facts, "proto-messages.txt"), Path.Combine(folder, "protos"), version).ReadAll();
        }

        var bytes = writer.Build();
        summary = $"{bytes.Length} bytes, {writer.RecordCount} records, {writer.StringCount} strings";
        return bytes;
    }
}
