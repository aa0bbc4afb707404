using MeshLint.Core.Versions;

namespace MeshLint.Build.Schemas;

/// <summary>Writes the catalogue of schemas that MeshLint.Core embeds.</summary>
internal static class SchemaTask
{
    public static int Run(string[] arguments)
    {
        var target = arguments.Length > 0 ? arguments[0] : Path.Combine(ProjectPaths.Root, "src", "MeshLint.Core", "Schemas", "catalogue.bin");
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
        File.WriteAllBytes(target, bytes);
        Console.WriteLine($"{Path.GetRelativePath(ProjectPaths.Root, target)}: {bytes.Length} bytes, {writer.RecordCount} records, {writer.StringCount} strings");
        return 0;
    }
}
