using MeshLint.Kuma.Versions;

namespace MeshLint.Build.Schemas;

/// <summary>Writes the catalogue of schemas that MeshLint.Kuma embeds.</summary>
internal static class SchemaTask
{
    private const string Usage = "usage: schemas [--from DIR [--line 2.15]]";

    private static readonly string Facts = Path.Combine(ProjectPaths.Root, "build", "facts");

    /// <summary>The catalogue's place in the project.</summary>
    public static string Target { get; } = Path.Combine(ProjectPaths.Root, "src", "MeshLint.Kuma", "Schemas", "catalogue.bin");

    private static string SharedSchemas => Path.Combine(ProjectPaths.Shared, "kuma");

    /// <summary>
    /// Without arguments the whole catalogue from <c>../shared/kuma</c>; with <c>--from DIR</c> one line is added to the catalogue that is there, or
    /// written again. <c>DIR</c> is a checkout of Kuma or a folder with <c>crds</c> and <c>protos</c>.
    /// </summary>
    public static int Run(string[] arguments) => arguments switch
    {
        [] => WriteAll(),
        ["--from", var folder] => Add(folder, null),
        ["--from", var folder, "--line", var line] => Add(folder, line),
        _ => Refuse(Usage),
    };

    /// <summary>The catalogue of the lines that <c>../shared/kuma</c> has; the same bytes for the same input.</summary>
    public static byte[] Generate(out string summary)
    {
        var writer = GenerateShared();
        var bytes = writer.Build();
        summary = Summary(writer, bytes);
        return bytes;
    }

    /// <summary>Whether the catalogue that is there holds what <c>../shared/kuma</c> gives, and beside it only lines that have no folder there.</summary>
    public static bool IsUpToDate() => CatalogueWriter.Load(File.ReadAllBytes(Target)).Extends(GenerateShared());

    private static CatalogueWriter GenerateShared()
    {
        var writer = new CatalogueWriter();
        foreach (var version in KumaVersions.All)
        {
            if (Directory.Exists(Path.Combine(SharedSchemas, version.Text())))
                Fail(Read(writer, Path.Combine(SharedSchemas, version.Text()), version));
        }

        return writer;
    }

    private static int WriteAll()
    {
        if (!Directory.Exists(SharedSchemas))
            return Refuse("../shared/kuma is absent: add a line with 'schemas --from DIR'");
        foreach (var version in KumaVersions.All)
        {
            if (!Directory.Exists(Path.Combine(SharedSchemas, version.Text())))
                return Refuse($"../shared/kuma has no folder '{version.Text()}': add this line with 'schemas --from DIR --line {version.Text()}'");
        }

        var bytes = Generate(out var summary);
        File.WriteAllBytes(Target, bytes);
        Console.WriteLine(summary);
        return 0;
    }

    private static int Add(string folder, string? line)
    {
        var writer = CatalogueWriter.Load(File.ReadAllBytes(Target));
        if (FindSchemas(folder) is not { } schemas)
            return Refuse($"'{folder}' is no checkout of Kuma (docs/generated/raw/crds and protos) and has no folders 'crds' and 'protos'");
        KumaVersion version;
        if (line is null)
        {
            var missing = KumaVersions.All.Where(v => !writer.HasLine((int)v)).ToList();
            if (missing is not [var only])
                return Refuse($"name the line with --line: {missing.Count} of the lines in KumaVersion have no schemas yet");
            version = only;
        }
        else if (!KumaVersions.TryParse(line, out version))
        {
            return Refuse($"KumaVersion has no line '{line}': add it there first");
        }

        writer.RemoveLine((int)version);
        var facts = Read(writer, schemas, version);
        if (facts.Count > 0)
        {
            foreach (var fact in facts)
                Console.Error.WriteLine(fact);
            Console.Error.WriteLine($"{facts.Count} facts are missing; the catalogue is as it was");
            return 1;
        }

        var bytes = writer.Build();
        File.WriteAllBytes(Target, bytes);
        Console.WriteLine($"{version.Text()} from {schemas}: {Summary(writer, bytes)}");
        return 0;
    }

    private static string? FindSchemas(string folder)
    {
        string[] candidates = [folder, Path.Combine(folder, "docs", "generated", "raw")];
        return Array.Find(candidates, static c => Directory.Exists(Path.Combine(c, "crds")) && Directory.Exists(Path.Combine(c, "protos")));
    }

    /// <summary>Adds the entries of one line; returns what the facts lack for it.</summary>
    private static List<string> Read(CatalogueWriter writer, string folder, KumaVersion version)
    {
        var missing = new List<string>();
        var crds = new CrdReader(writer, new GoFacts(Path.Combine(Facts, "go-structs.txt")), version);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "crds"), "*.yaml").Order(StringComparer.Ordinal))
        {
            try
            {
                crds.Read(path);
            }
            catch (MissingFactException fact)
            {
                missing.Add(fact.Message);
            }
        }

        new ProtoReader(writer, Path.Combine(Facts, "proto-messages.txt"), Path.Combine(folder, "protos"), version).ReadAll(missing);
        return missing;
    }

    private static void Fail(List<string> missing)
    {
        if (missing.Count > 0)
            throw new MissingFactException(string.Join('\n', missing));
    }

    private static string Summary(CatalogueWriter writer, byte[] bytes) => $"{bytes.Length} bytes, {writer.RecordCount} records, {writer.StringCount} strings";

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }
}
