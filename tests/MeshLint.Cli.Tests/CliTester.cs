using System.Text;


namespace MeshLint.Cli.Tests;

/// <summary>What a command gave.</summary>
public sealed record CliResult(int ExitCode, string Out, string Error);

/// <summary>A folder of its own and the program called in it as a user would: in this process, or as the native file that MESHLINT_BINARY names.</summary>
public sealed class CliTester : IDisposable
{
    public CliTester()
    {
        // The real path: on some systems the temporary folder is a link.
        Folder = Path.Combine(Path.GetTempPath(), $"meshlint-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Folder);
    }

    private static TimeSpan UsualGitSilence => TimeSpan.FromSeconds(60);

    public string Folder { get; }

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public bool IsTerminal { get; set; }

    /// <summary>How long git may give no answer.</summary>
    public TimeSpan GitSilence { get; set; } = UsualGitSilence;

    public string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>Writes a file; folders are made.</summary>
    public CliTester Write(string relative, string text)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? Folder);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return this;
    }

    public string Read(string relative) => File.ReadAllText(PathOf(relative));

    public CliResult Run(params string[] arguments) => RunWith("", arguments);

    /// <summary>Runs with a text on standard input.</summary>
    public CliResult RunWith(string input, params string[] arguments) => RunWith(Encoding.UTF8.GetBytes(input), Folder, arguments);

    /// <summary>Sets Unix permissions; Windows has none.</summary>
    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    /// <summary>Runs in a folder below.</summary>
    public CliResult RunIn(string folder, params string[] arguments) => RunWith([], PathOf(folder), arguments);

    /// <summary>Runs in a folder below with a text on standard input.</summary>
    public CliResult RunWithIn(string folder, string input, params string[] arguments) => RunWith(Encoding.UTF8.GetBytes(input), PathOf(folder), arguments);

    /// <summary>Runs in this process, whatever <see cref="NativeProgram.Path"/> says.</summary>
    public CliResult RunHere(params string[] arguments) => RunHere([], Folder, arguments);

    private CliResult RunWith(byte[] input, string folder, string[] arguments) =>
        // A terminal or another limit for git cannot be had from here, so what depends on one is tested in this process.
        NativeProgram.Path is { } program && !IsTerminal && GitSilence == UsualGitSilence
            ? NativeProgram.Run(program, input, folder, Environment, arguments)
            : RunHere(input, folder, arguments);

    private CliResult RunHere(byte[] input, string folder, string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Run(arguments, new CliHost
        {
            In = new MemoryStream(input),
            Out = output,
            Error = error,
            Folder = folder,
            Environment = Environment.GetValueOrDefault,
            IsOutTerminal = IsTerminal,
            GitSilence = GitSilence,
        });
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs git in the folder, without the user's configuration.</summary>
    public string Git(params string[] arguments)
    {
        var info = new System.Diagnostics.ProcessStartInfo("git") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main", .. arguments])
            info.ArgumentList.Add(argument);
        info.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var process = System.Diagnostics.Process.Start(info) ?? throw new InvalidOperationException("git did not start");
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error}");
    }

    public void Dispose()
    {
        foreach (var folder in Directory.EnumerateDirectories(Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
