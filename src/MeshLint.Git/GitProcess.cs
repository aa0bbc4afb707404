using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MeshLint.Git;

/// <summary>Runs git plumbing so that nothing in a hostile repository runs with it.</summary>
/// <remarks>
/// No shell; no hook, file system monitor, pager, filter, text conversion, external transport or prompt; no lazy fetch of missing objects
/// (a promisor remote names a command); nothing is written, not even a refreshed index. Arguments that come from users are never passed
/// where git would read an option.
/// </remarks>
internal static class GitProcess
{
    private static readonly string[] Guard =
    [
        "--no-pager", "--literal-pathspecs", "--no-optional-locks",
        "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.untrackedCache=false", "-c", "protocol.allow=never",
        "-c", "core.quotePath=false", "-c", "submodule.recurse=false", "-c", "core.sshCommand=false", "-c", "credential.helper=",
    ];

    /// <summary>Starts git in a folder with its streams redirected.</summary>
    public static Process Start(string folder, params ReadOnlySpan<string> arguments)
    {
        var info = new ProcessStartInfo("git")
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
        if (environment.TryGetValue("GIT_INDEX_FILE", out var index) && !string.IsNullOrEmpty(index))
            environment["GIT_INDEX_FILE"] = Path.GetFullPath(index);
        foreach (var name in new[] { "GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_TRACE", "GIT_NAMESPACE" })
            environment.Remove(name);
        environment["GIT_NO_LAZY_FETCH"] = "1";
        environment["GIT_ALLOW_PROTOCOL"] = "none";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_OPTIONAL_LOCKS"] = "0";
        environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(info) ?? throw new GitException("git did not start");
        }
        catch (Win32Exception exception)
        {
            throw new GitException($"git cannot be started: {exception.Message}");
        }
    }

    /// <summary>Runs git to its end and gives its standard output; a non-zero exit is a <see cref="GitException"/> with git's own first line.</summary>
    public static byte[] Run(string folder, params ReadOnlySpan<string> arguments)
    {
        using var process = Start(folder, arguments);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new GitException(FirstLine(error.GetAwaiter().GetResult(), process.ExitCode));
        return output.ToArray();
    }

    /// <summary>Git's complaint in one line.</summary>
    public static string FirstLine(string error, int exitCode)
    {
        var line = error.AsSpan().TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0)
            line = line[..end];
        if (line.StartsWith("fatal: "))
            line = line["fatal: ".Length..];
        return line.IsEmpty ? $"git ended with exit code {exitCode}" : $"git: {line}";
    }
}
