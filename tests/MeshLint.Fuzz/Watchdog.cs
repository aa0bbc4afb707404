using System.Diagnostics;

namespace MeshLint.Fuzz;

/// <summary>Watches the case that runs: one that does not end in time, or eats the machine's memory, is written to a file and ends the program.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>Longest time for one case.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Most memory that the process may hold.</summary>
    public const long MaxWorkingSet = 1500L * 1024 * 1024;

    private readonly Action<FuzzInput, string> onStuck;
    private readonly Lock gate = new();
    private readonly Timer timer;
    private FuzzInput? current;
    private TimeSpan processorTime;
    private long start;

    public Watchdog(Action<FuzzInput, string> onStuck)
    {
        this.onStuck = onStuck;
        timer = new Timer(_ => Look(), null, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(250));
    }

    public void Begin(FuzzInput input)
    {
        lock (gate)
        {
            current = input;
            start = Stopwatch.GetTimestamp();
            processorTime = TimeSpan.MinValue;
        }
    }

    public void End()
    {
        lock (gate)
            current = null;
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        lock (gate)
        {
            if (current is not { } input)
                return;
            using var process = Process.GetCurrentProcess();
            if (processorTime == TimeSpan.MinValue)
                processorTime = process.TotalProcessorTime;
            // A busy machine stops us now and then: both clocks must say so.
            var used = process.TotalProcessorTime - processorTime;
            if (Stopwatch.GetElapsedTime(start) > Limit && used > Limit - TimeSpan.FromSeconds(1))
                onStuck(input, $"stuck: no end within {Limit.TotalSeconds} s");
            else if (process.WorkingSet64 > MaxWorkingSet)
                onStuck(input, $"memory: {process.WorkingSet64 / (1024 * 1024)} MB");
        }
    }
}
