using System.Diagnostics;
using System.Globalization;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Fuzz;

/// <summary>Runs cases until time or count is up, and writes down what fails.</summary>
internal sealed class Fuzzer
{
    private readonly FuzzOptions options;
    private readonly IReadOnlyList<ITarget> targets;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Cases, long Documents)> counts = new(StringComparer.Ordinal);
    private readonly Stopwatch clock = Stopwatch.StartNew();

    public Fuzzer(FuzzOptions options)
    {
        this.options = options;
        var corpus = Corpus.Load();
        var mutator = new Mutator(corpus);
        targets =
        [
            new CompilationTarget(corpus, mutator), new DocumentTarget(mutator), new ConfigurationTarget(corpus, mutator), new KustomizationTarget(mutator),
            new TemplateTarget(), new GoTextTarget(mutator), new CommandTarget(mutator), new IgnoreTarget(mutator),
        ];
    }

    /// <summary>Runs one input again. The exit code.</summary>
    public int Reproduce(string path)
    {
        var input = InputFile.Read(path);
        using var watchdog = new Watchdog(static (_, what) => Die(what));
        watchdog.Begin(input);
        targets.First(t => t.Name == input.Target).Run(input);
        Console.WriteLine("the input passes");
        return 0;
    }

    /// <summary>Runs cases. The exit code.</summary>
    public int Run()
    {
        var chosen = targets.Where(t => options.Only is null || t.Name == options.Only).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"there is no target '{options.Only}': {string.Join(", ", targets.Select(t => t.Name))}");
            return 2;
        }

        Console.WriteLine($"seed {options.Seed.ToString(CultureInfo.InvariantCulture)}");
        var wheel = chosen.SelectMany(t => Enumerable.Repeat(t, t.Weight)).ToList();
        var index = options.First;
        using var marker = new CaseMarker(options.Out);
        using var watchdog = new Watchdog((input, what) =>
        {
            Fail(input, what, what, index);
            Summary();
            Die(what);
        });
        for (; index - options.First < options.Count && clock.Elapsed < TimeSpan.FromSeconds(options.Seconds); index++)
        {
            marker.Set(index);
            var dice = Dice.Of(options.Seed, index);
            var target = dice.Pick(wheel);
            var input = target.Generate(dice);
            watchdog.Begin(input);
            RunOne(target, input, index);
            watchdog.End();
            var (cases, documents) = counts.GetValueOrDefault(target.Name);
            counts[target.Name] = (cases + 1, documents + input.Documents);
            if (known.Count > 0 && !options.KeepGoing)
                break;
        }

        Summary();
        return known.Count == 0 ? 0 : 1;
    }

    private void RunOne(ITarget target, FuzzInput input, long index)
    {
        try
        {
            target.Run(input);
        }
        catch (FuzzFailureException failure)
        {
            Fail(input, failure.Kind, failure.Message, index);
        }
#pragma warning disable CA1031 // Whatever escapes a target is what this program looks for.
        catch (Exception exception)
        {
            var place = exception.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("MeshLint.", StringComparison.Ordinal))?.Trim() ?? "";
            Fail(input, $"{exception.GetType().Name} {place}", $"{exception.GetType().Name}: {exception.Message}\n{exception.StackTrace}", index);
        }
#pragma warning restore CA1031
    }

    private void Fail(FuzzInput input, string kind, string what, long index)
    {
        if (!known.Add($"{input.Target} {kind}"))
            return;
        var name = string.Create(CultureInfo.InvariantCulture, $"{input.Target}-{options.Seed}-{index}.json");
        var path = Path.Combine(options.Out, name);
        InputFile.Write(path, input, what);
        Console.WriteLine($"FAILED {input.Target}: {VisibleText.OneLine(kind)}");
        foreach (var line in what.Split('\n').Take(12))
            Console.WriteLine($"  {VisibleText.OneLine(line)}");
        Console.WriteLine($"  again: --reproduce {path}");
    }

    private void Summary()
    {
        var seconds = Math.Max(0.001, clock.Elapsed.TotalSeconds);
        foreach (var (name, (cases, documents)) in counts)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {cases,9} cases {documents,10} documents"));
        var total = counts.Values.Sum(c => c.Documents);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{total} documents in {seconds:F0} s ({total / seconds:F0} a second), {known.Count} kinds of failures, seed {options.Seed}"));
    }

    // A thread that does not end cannot be ended: the program goes with it.
    private static void Die(string what)
    {
        Console.WriteLine(what);
        Console.Out.Flush();
        Environment.Exit(1);
    }
}
