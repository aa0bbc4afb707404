using System.Diagnostics;

namespace MeshLint.Analysis;

/// <summary>How long each stage took, for <c>--timings</c>. Never part of any other output.</summary>
public sealed class StageTimings
{
    private readonly List<StageTiming> stages = [];

    /// <summary>Stages in the order in which they ran.</summary>
    public IReadOnlyList<StageTiming> Stages => stages;

    /// <summary>The stage that runs now; may be read from any thread.</summary>
    public string Current { get; private set; } = "starting";

    /// <summary>Runs a stage and remembers how long it took.</summary>
    public T Measure<T>(string stage, Func<T> run)
    {
        Current = stage;
        var start = Stopwatch.GetTimestamp();
        var result = run();
        stages.Add(new StageTiming(stage, Stopwatch.GetElapsedTime(start)));
        return result;
    }
}

/// <summary>How long one stage took.</summary>
public sealed record StageTiming(string Stage, TimeSpan Elapsed);
