using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MeshLint.Sources.Git;

/// <summary>One run of git plumbing, so that nothing in a hostile repository runs with it and none of it waits for ever.</summary>
/// <remarks>
/// No shell; no hook, file system monitor, pager, filter, text conversion, external transport or prompt; no lazy fetch of missing objects
/// (a promisor remote names a command); nothing is written, not even a refreshed index. Arguments that come from users are never passed
/// where git would read an option. A git that gives no byte for as long as <see cref="GitSetup.Silence"/> (it waits on a named pipe that
/// stands for its index, its HEAD or a configuration) is ended.
/// </remarks>
internal sealed class GitProcess : IDisposable
{
    // More than a million files; a tree of trees can name more of them than any memory holds.
    private const int MaxOutput = 256 * 1024 * 1024;
    private const int MaxError = 64 * 1024;

    private static readonly string[] Guard =
    [
        "--no-pager", "--literal-pathspecs", "--no-optional-locks",
        "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.untrackedCache=false", "-c", "protocol.allow=never",
        "-c", "core.quotePath=false", "-c", "submodule.recurse=false", "-c", "core.sshCommand=false", "-c", "credential.helper=",
    ];

    private static readonly string[] Forbidden =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_TRACE", "GIT_NAMESPACE",
    ];

    private readonly Process process;
    private readonly TimeSpan silence;
    private readonly Timer watchdog;
    private readonly Task<string> error;
    private volatile bool isEnded;

    private GitProcess(Process process, TimeSpan silence)
    {
        this.process = process;
        this.silence = silence;
        watchdog = new Timer(_ => End(), null, silence, Timeout.InfiniteTimeSpan);
        error = Task.Run(ReadError);
    }

    /// <summary>What git reads.</summary>
    public StreamWriter Input => process.StandardInput;

    /// <summary>Starts git in a folder with its streams redirected.</summary>
    /// <exception cref="GitException">It does not start.</exception>
    public static GitProcess Start(GitSetup setup, string folder, params ReadOnlySpan<string> arguments)
    {
        var info = new ProcessStartInfo(setup.Program)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in Guard)
            info.ArgumentList.Add(argument);
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        var environment = info.Environment;
        // The repository is the one that holds the folder. A hook's index stays: it is the commit being made.
        environment.Remove("GIT_INDEX_FILE");
        if (setup.IndexFile is not null)
            environment["GIT_INDEX_FILE"] = setup.IndexFile;
        foreach (var name in Forbidden)
            environment.Remove(name);
        environment["PATH"] = setup.SearchPath;
        environment["GIT_NO_LAZY_FETCH"] = "1";
        environment["GIT_ALLOW_PROTOCOL"] = "none";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_OPTIONAL_LOCKS"] = "0";
        environment["LC_ALL"] = "C";
        try
        {
            var process = Process.Start(info) ?? throw new GitException("git did not start");
            return new GitProcess(process, setup.Silence);
        }
        catch (Win32Exception exception)
        {
            throw new GitException($"git cannot be started: {exception.Message}");
        }
    }

    /// <summary>Runs git to its end and gives its standard output.</summary>
    /// <exception cref="GitException">It fails (git's own first line), gives too much, or does not answer.</exception>
    public static byte[] Run(GitSetup setup, string folder, params ReadOnlySpan<string> arguments)
    {
        using var git = Start(setup, folder, arguments);
        git.Input.Close();
        using var output = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (git.Read(buffer) is > 0 and var count)
        {
            output.Write(buffer, 0, count);
            if (output.Length > MaxOutput)
                throw new GitException($"git lists more than {MaxOutput / (1024 * 1024)} MiB of file names");
        }

        git.Finish();
        return output.ToArray();
    }

    /// <summary>The next bytes of git's output; 0 at its end.</summary>
    public int Read(Span<byte> buffer)
    {
        var count = process.StandardOutput.BaseStream.Read(buffer);
        watchdog.Change(silence, Timeout.InfiniteTimeSpan);
        return count;
    }

    /// <summary>Waits for git to end.</summary>
    /// <exception cref="GitException">It failed or did not answer.</exception>
    public void Finish()
    {
        process.WaitForExit();
        watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (isEnded)
            throw new GitException(string.Create(CultureInfo.InvariantCulture, $"git gave no answer for {silence.TotalSeconds:0.#} seconds and was ended"));
        if (process.ExitCode != 0)
            throw new GitException(FirstLine(error.GetAwaiter().GetResult(), process.ExitCode)) { IsRefusal = true };
    }

    /// <summary>Ends git where it still runs.</summary>
    public void Dispose()
    {
        watchdog.Dispose();
        Kill();
        process.Dispose();
    }

    // Git's complaint in one line.
    private static string FirstLine(string error, int exitCode)
    {
        // Warnings come before it.
        const string fatal = "fatal: ";
        var at = error.StartsWith(fatal, StringComparison.Ordinal) ? 0 : error.IndexOf($"\n{fatal}", StringComparison.Ordinal) + 1;
        var line = error.AsSpan(at).TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0)
            line = line[..end];
        if (line.StartsWith(fatal))
            line = line[fatal.Length..];
        return line.IsEmpty ? $"git ended with exit code {exitCode}" : $"git: {line}";
    }

    private void End()
    {
        isEnded = true;
        Kill();
    }

    private void Kill()
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It ended by itself meanwhile.
        }
    }

    // The beginning is kept, the rest is read so that git does not wait for us.
    private string ReadError()
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (process.StandardError.Read(buffer, 0, buffer.Length) is > 0 and var count)
        {
            if (text.Length < MaxError)
                text.Append(buffer, 0, count);
        }

        return text.ToString();
    }
}
