using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MeshLint.Kuma.Resources;
using MeshLint.Testing;

namespace MeshLint.Benchmarks;

/// <summary>
/// <c>table PROGRAM [PART-OF-A-ROW]</c>: what whole runs of a program cost beside PyYAML's C parser on the same files, as a table.
/// </summary>
/// <remarks>
/// Program and calibrators run in turn (<c>measure.py</c>), so that other work on the machine meets all of them; medians are shown.
/// </remarks>
internal static class TableCommand
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "measure.py");

    /// <summary>Prints the table.</summary>
    /// <param name="program">The native file.</param>
    /// <param name="filter">Part of the name of the rows to measure; "" for all.</param>
    public static int Run(string program, string filter)
    {
        var root = FindRoot();
        var broken = Path.Combine(root, "examples", "shop-broken");
        var temporary = Directory.CreateTempSubdirectory("meshlint-table-").FullName;
        try
        {
            Console.WriteLine($"{Python(["--name"], "").Trim()}; {Environment.ProcessorCount} processors; {Load()}");
            Console.WriteLine();
            Console.WriteLine("| Run | Wall | CPU | Peak | Wall ÷ parser | CPU ÷ parser | Wall ÷ loader | CPU ÷ loader |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            (string Name, int Count, int Documents, string[] Command)[] rows =
            [
                ("`--version`", 41, 0, [program, "--version"]),
                ("`check` of one file", 41, 0, [program, "check", Path.Combine(broken, "global", "mesh.yaml")]),
                ("`check examples/shop-broken`", 41, 0, [program, "check", broken]),
                ("`check` of 10,000 documents", 7, 10_000, [program, "check"]),
                ("`check` of 100,000 documents", 3, 100_000, [program, "check"]),
            ];
            foreach (var row in rows)
            {
                if (row.Name.Contains(filter, StringComparison.Ordinal))
                    Measure(row.Name, row.Count, row.Documents, row.Command, temporary);
            }

            Console.WriteLine();
            Console.WriteLine($"at the end: {Load()}");
            return 0;
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static void Measure(string name, int count, int documents, string[] command, string temporary)
    {
        if (documents == 0)
        {
            var alone = Outcomes(count, [command])[0];
            Console.WriteLine(Invariant($"| {name} | {alone.Wall * 1000:F1} ms | {alone.Cpu * 1000:F1} ms | | | | | |"));
            return;
        }

        var folder = Path.Combine(temporary, documents.ToString(CultureInfo.InvariantCulture));
        SyntheticRepository.Create(documents, ResourceForm.Universal, 0).WriteTo(folder);
        string[] events = ["python3", Script, "--events", folder];
        string[] values = ["python3", Script, "--values", folder];
        var found = Outcomes(count, [[.. command, folder], events, values]);
        var (run, parser, loader) = (found[0], found[1], found[2]);
        Console.WriteLine(Invariant(
            $"| {name} | {run.Wall:F2} s | {run.Cpu:F2} s | {run.Peak / 1024:F0} MiB | {Ratios(run, parser)} | {Ratios(run, loader)} |"));
    }

    private static string Ratios(Outcome run, Outcome other) => Invariant($"{run.Wall / other.Wall:F2} | {run.Cpu / other.Cpu:F2}");

    private static List<Outcome> Outcomes(int count, string[][] commands)
    {
        using var json = JsonDocument.Parse(Python([count.ToString(CultureInfo.InvariantCulture)], JsonSerializer.Serialize(commands)));
        var outcomes = new List<Outcome>();
        foreach (var runs in json.RootElement.EnumerateArray())
        {
            var failed = runs.EnumerateArray().FirstOrDefault(static r => r[3].GetInt32() is not (0 or 1));
            if (failed.ValueKind != JsonValueKind.Undefined)
            {
                var command = string.Join(' ', commands[outcomes.Count]);
                throw new InvalidOperationException($"'{command}' ended with exit code {failed[3].GetInt32()}");
            }


            outcomes.Add(new Outcome(Median(runs, 0), Median(runs, 1), Median(runs, 2)));
        }

        return outcomes;
    }

    private static double Median(JsonElement runs, int column)
    {
        var values = runs.EnumerateArray().Select(r => r[column].GetDouble()).Order().ToArray();
        return values[values.Length / 2];
    }

    private static string Python(string[] arguments, string input)
    {
        var start = new ProcessStartInfo("python3", [Script, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("python3 did not start");
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{Script}' failed; it needs python3 with PyYAML and libyaml");
        return output;
    }

    private static string Load() =>
        File.Exists("/proc/loadavg") ? $"load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}" : "load unknown";

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MeshLint.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("MeshLint.sln is in no parent folder");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private readonly record struct Outcome(double Wall, double Cpu, double Peak);
}
