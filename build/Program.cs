using MeshLint.Build;
using MeshLint.Build.Recordings;
using MeshLint.Build.Schemas;

// dotnet run --project build -- <task> [arguments]
var tasks = new Dictionary<string, (string What, Func<string[], int> Run)>(StringComparer.Ordinal)
{
    ["schemas"] = ("write the embedded catalogue of schemas: from ../shared/kuma, or one line with --from DIR [--line 2.15]", SchemaTask.Run),
    ["recordings"] = ("write tests/recordings, the sample of the recordings in ../shared/conformance", RecordingsTask.Run),
    ["rules"] = ("write the list of rules (RuleCatalog.g.cs)", RulesTask.Run),
    ["test"] = ("run every test", TestTask.Run),
    ["accept"] = ("take over every *.received.* file as *.verified.*", AcceptTask.Run),
    ["pack"] = ("write the dotnet tool and the single files to artifacts/", PackTask.Run),
    ["bench"] = ("compile the native program and print what whole runs cost, beside PyYAML's C parser", BenchTask.Run),
    ["new-rule"] = ("write a rule, its page and a failing test: new-rule references my-slug (or 2, or ML2042)", NewRuleTask.Run),
    ["docs"] = ("write the generated parts of docs/rules, and docs/kuma/versions.md", DocsTask.Run),
};

if (args.Length > 0 && tasks.TryGetValue(args[0], out var task))
    return task.Run(args[1..]);

Console.Error.WriteLine("usage: dotnet run --project build -- <task>");
foreach (var (name, (what, _)) in tasks.OrderBy(t => t.Key, StringComparer.Ordinal))
    Console.Error.WriteLine($"  {name,-12} {what}");
return 2;
