namespace MeshLint.Cli.Platform;

/// <summary>Drops what cannot be written: the stream for messages, about which no message could be written.</summary>
internal sealed class ForgivingStream(Stream inner) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The exit code still says how the run ended.
        }
    }

    public override void Flush()
    {
    }
}
