using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>A fact about the native file that skips, saying so, where none is named.</summary>
public sealed class NativeFactAttribute : FactAttribute
{
    internal const string Reason = "MESHLINT_BINARY names no native file: 'bash build/ci/native.sh' compiles one and runs these tests";

    public NativeFactAttribute()
    {
        if (NativeProgram.Path is null)
            Skip = Reason;
    }
}
