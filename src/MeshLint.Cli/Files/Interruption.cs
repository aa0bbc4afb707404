using System.Runtime.InteropServices;

namespace MeshLint.Cli.Files;

/// <summary>Removes what lies half written when the process is told to end.</summary>
/// <remarks>
/// While a <see cref="StagingFolder"/> is open, SIGINT, SIGTERM and SIGHUP first remove it and then end the process with 128 plus the
/// number of the signal, as shells do. At any other time the signals do what they always do.
/// </remarks>
internal static class Interruption
{
    private static readonly Lock Gate = new();
    private static readonly List<StagingFolder> Live = [];
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>Runs a step of writing that a signal waits for.</summary>
    public static void Step(Action action)
    {
        lock (Gate)
            action();
    }

    /// <summary>From now on a signal removes the folder.</summary>
    public static void Add(StagingFolder folder)
    {
        lock (Gate)
        {
            Live.Add(folder);
            if (Registrations.Count > 0)
                return;
            foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
                Registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    /// <summary>The folder is gone.</summary>
    public static void Remove(StagingFolder folder)
    {
        PosixSignalRegistration[] unused = [];
        lock (Gate)
        {
            Live.Remove(folder);
            if (Live.Count == 0)
            {
                unused = [.. Registrations];
                Registrations.Clear();
            }
        }

        // Outside of the lock: giving a registration up may wait for a handler that runs.
        foreach (var registration in unused)
            registration.Dispose();
    }

    /// <summary>The exit code of a process that a signal ends.</summary>
    public static int ExitCodeOf(PosixSignal signal) => 128 + signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        _ => 15,
    };

    private static void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        // The lock is never given back: no thread writes another byte until the process has ended.
        Gate.Enter();
        foreach (var folder in Live)
            folder.TryDelete();
        Environment.Exit(ExitCodeOf(context.Signal));
    }
}
