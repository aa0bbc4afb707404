using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>A theory about the native file that skips, saying so, where none is named.</summary>
public sealed class NativeTheoryAttribute : TheoryAttribute
{
    public NativeTheoryAttribute()
    {
        if (NativeProgram.Path is null)
            Skip = NativeFactAttribute.Reason;
    }
}
