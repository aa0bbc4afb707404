namespace MeshLint.Cli.Failures;

/// <summary>Why an output is not written; the message is one line for the user.</summary>
internal sealed class OutputException : Exception
{
    /// <summary>An output that MeshLint refuses to write: the command line must change.</summary>
    public OutputException(string message)
        : base(message) => ExitCode = Failures.ExitCode.Usage;

    private OutputException(string message, int exitCode)
        : base(message) => ExitCode = exitCode;

    /// <summary>The exit code: wrong usage, or a failure of the system.</summary>
    public int ExitCode { get; }

    /// <summary>The system refused to write.</summary>
    /// <param name="message">What could not be done.</param>
    /// <param name="cause">What the system said.</param>
    public static OutputException Failed(string message, Exception cause)
    {
        var reason = cause switch
        {
            UnauthorizedAccessException => "permission denied",
            DirectoryNotFoundException => "there is no such folder",
            PathTooLongException => "its path is too long",
            _ => WithoutPath(cause.Message.ReplaceLineEndings(" ")),
        };
        return new OutputException($"{message}: {reason}", Failures.ExitCode.Internal);
    }

    // .NET puts the full path behind the words of the system; the message names the one that the user wrote.
    private static string WithoutPath(string message)
    {
        var path = message.IndexOf(" : '", StringComparison.Ordinal);
        return (path < 0 ? message : message[..path]).TrimEnd('.');
    }
}
