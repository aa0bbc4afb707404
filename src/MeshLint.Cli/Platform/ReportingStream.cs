namespace MeshLint.Cli.Platform;

/// <summary>Turns a failure to write into an <see cref="OutputException"/> that names the stream.</summary>
/// <remarks>A reader that has gone away (<c>| head</c>) is no failure: the console stream of .NET drops what nobody reads.</remarks>
internal sealed class ReportingStream(Stream inner, string name) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Failed($"{name} cannot be written", exception);
        }
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Failed($"{name} cannot be written", exception);
        }
    }
}
