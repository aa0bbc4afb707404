namespace MeshLint.Cli.Failures;

/// <summary>The command line or the configuration is wrong; each message is one line for the user.</summary>
internal sealed class UsageException(params string[] messages) : Exception(messages.Length > 0 ? messages[0] : "wrong usage")
{
    public IReadOnlyList<string> Messages { get; } = messages;
}
