using System.Globalization;

namespace MeshLint.Sources.Git;

/// <summary>Runs work that may wait for ever inside of native code, and leaves it behind once it has given nothing for too long.</summary>
/// <remarks>A thread cannot be ended from outside. One that waits in the system holds nothing else and goes with the process.</remarks>
internal sealed class GitWatch
{
    private int steps;
    private volatile bool isLeft;

    /// <summary>The work has given something: a file name, a content.</summary>
    public void Step() => Interlocked.Increment(ref steps);

    /// <summary>Ends the work where nobody waits for it any more.</summary>
    public void Check() => ObjectDisposedException.ThrowIf(isLeft, this);

    /// <summary>Runs work to its end.</summary>
    /// <param name="silence">How long it may go without a step.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="GitException">It took no step for too long.</exception>
    public static T Run<T>(TimeSpan silence, Func<GitWatch, T> work)
    {
        var watch = new GitWatch();
        var task = Task.Factory.StartNew(() => work(watch), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        int seen;
        do
        {
            seen = Volatile.Read(ref watch.steps);
            if (Task.WaitAny([task], silence) == 0)
                return task.GetAwaiter().GetResult();
        }
        while (Volatile.Read(ref watch.steps) != seen);

        watch.isLeft = true;
        var seconds = silence.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        throw new GitException($"the repository gave no answer for {seconds} seconds");
    }
}
