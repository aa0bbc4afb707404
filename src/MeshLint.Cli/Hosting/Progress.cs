using System.Diagnostics;
using System.Globalization;
using MeshLint.Analysis;
using MeshLint.Kuma;

namespace MeshLint.Cli.Hosting;

/// <summary>A line on the terminal that says what a long run is doing. Nothing on a pipe, nothing for short runs.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly CliHost host;
    private readonly StageTimings timings;
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly Lock gate = new();
    private readonly Timer? timer;
    private bool isShown;
    private bool isStopped;

    public Progress(CliHost host, StageTimings timings)
    {
        this.host = host;
        this.timings = timings;
        if (host.IsErrorTerminal)
            timer = new Timer(_ => Show(), null, Delay, Period);
    }

    /// <summary>Removes the line; nothing is shown afterwards.</summary>
    public void Dispose()
    {
        timer?.Dispose();
        lock (gate)
        {
            isStopped = true;
            if (isShown)
                host.Error.Write("\r\e[K");
            isShown = false;
        }
    }

    private void Show()
    {
        lock (gate)
        {
            if (isStopped)
                return;
            isShown = true;
            host.Error.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"\r\e[Kmeshlint: {timings.Current} ... {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
        }
    }
}
