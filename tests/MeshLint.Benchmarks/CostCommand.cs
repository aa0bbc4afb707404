using System.Diagnostics;
using System.Globalization;
using System.Text;
using MeshLint.Cli;
using MeshLint.Cli.Hosting;

namespace MeshLint.Benchmarks;

/// <summary><c>cost [PART-OF-A-NAME]</c>: runs each hostile case at n and 4 n and prints how processor time and memory grow.</summary>
/// <remarks>
/// Each size runs in a process of its own, so that one case cannot spoil the next: user processor time of the whole command within that process
/// after a warm-up, and the peak of its working set. A run that takes longer than the limit is killed and shown as such.
/// </remarks>
internal static class CostCommand
{
    private const int LimitSeconds = 60;
    private const string MemoryLimit = "0x100000000";

    public static int Run(string filter)
    {
        Console.WriteLine("| Case | n | CPU at n | CPU at 4n | growth ÷ 4 | memory at n | memory at 4n |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var one in CostCases.All)
        {
            if (!one.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
                continue;
            var small = Measure(one.Name, one.N);
            var large = small.Seconds is null ? small : Measure(one.Name, 4 * one.N);
            var growth = small.Seconds is { } a && large.Seconds is { } b ? (b / a / 4).ToString("0.00", CultureInfo.InvariantCulture) : "–";
            Console.WriteLine($"| {one.Name} | {one.N} | {small.Time} | {large.Time} | {growth} | {small.Memory} | {large.Memory} |");
        }

        return 0;
    }

    /// <summary>The process that measures: prints seconds and mebibytes.</summary>
    public static int RunOne(string name, int n)
    {
        var one = CostCases.All.Single(c => c.Name == name);
        var parent = Directory.CreateTempSubdirectory("meshlint-cost-").FullName;
        try
        {
            var warm = Write(one, Math.Max(1, Math.Min(n, one.N) / 10), Path.Combine(parent, "warm"));
            var folder = Write(one, n, Path.Combine(parent, "full"));
            for (var i = 0; i < 3; i++)
                Execute(one, warm);
            var best = double.MaxValue;
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                var time = Execute(one, folder);
                best = Math.Min(best, time);
                if (time > 1)
                    break;
            }

            using var self = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{best} {self.PeakWorkingSet64 / 1048576}"));
            return 0;
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    private static string Write(CostCase one, int n, string folder)
    {
        foreach (var (path, text) in one.Make(n))
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? folder);
            File.WriteAllText(full, text, new UTF8Encoding(false));
        }

        return folder;
    }

    private static double Execute(CostCase one, string folder)
    {
        using var self = Process.GetCurrentProcess();
        var before = self.UserProcessorTime;
        using var error = new StringWriter();
        var code = Cli.CommandLine.Run(one.Command, new CliHost
        {
            In = Stream.Null,
            Out = TextWriter.Null,
            Error = error,
            Folder = folder,
            Environment = static _ => null,
        });
        if (code > 1)
            throw new InvalidOperationException($"exit code {code}: {error}");
        self.Refresh();
        return (self.UserProcessorTime - before).TotalSeconds;
    }

    private static Outcome Measure(string name, int n)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(CostCommand).Assembly.Location);
        foreach (var argument in new[] { "cost-one", name, n.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_GCHeapHardLimit"] = MemoryLimit;
        // One core: threads that wait for each other on a busy machine would count as work.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the measuring process did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!Ends(process))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return new Outcome($"> {LimitSeconds} s", "–", null);
        }

        var words = output.Result.Split(' ', StringSplitOptions.TrimEntries);
        if (process.ExitCode != 0 || words.Length != 2)
        {
            var isMemory = error.Result.Contains("OutOfMemory", StringComparison.Ordinal) || error.Result.Contains("Out of memory", StringComparison.Ordinal);
            if (!isMemory)
                Console.Error.WriteLine(error.Result);
            return new Outcome(isMemory ? "out of memory" : "failed", isMemory ? "> 4 GiB" : "–", null);
        }

        var seconds = double.Parse(words[0], CultureInfo.InvariantCulture);
        return new Outcome(seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s", words[1] + " MiB", seconds);
    }

    /// <summary>Waits for the end, or until the process has used its time: of the processor, so that a busy machine cannot end it.</summary>
    private static bool Ends(Process process)
    {
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(250)))
        {
            process.Refresh();
            if (!process.HasExited && process.TotalProcessorTime > TimeSpan.FromSeconds(LimitSeconds))
                return false;
        }

        return true;
    }

    private sealed record Outcome(string Time, string Memory, double? Seconds);
}
