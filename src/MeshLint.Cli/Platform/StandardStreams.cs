namespace MeshLint.Cli.Platform;

/// <summary>The three standard streams, also where whoever started the process closed some of them.</summary>
internal static class StandardStreams
{
    private static readonly bool[] Open = [IsOpen(0), IsOpen(1), IsOpen(2)];

    /// <summary>Standard input; reading a closed one is a <see cref="UsageException"/>.</summary>
    public static Stream Input() => Open[0] ? Console.OpenStandardInput() : new ClosedStream("standard input");

    /// <summary>Standard output; whatever cannot be written is an <see cref="OutputException"/>.</summary>
    public static Stream Output() =>
        new ReportingStream(Open[1] ? Console.OpenStandardOutput() : new ClosedStream("standard output"), "standard output");

    /// <summary>Standard error; nobody can be told that it does not work, so that writing to it never fails.</summary>
    public static Stream Error() => Open[2] ? new ForgivingStream(Console.OpenStandardError()) : Stream.Null;

    private static bool IsOpen(int descriptor)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return true;
        var isOpen = UnixCalls.IsInherited(descriptor);
        UnixCalls.Occupy(descriptor);
        return isOpen;
    }
}
