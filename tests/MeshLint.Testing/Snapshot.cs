using System.Runtime.CompilerServices;
using Xunit;

namespace MeshLint.Testing;

/// <summary>Compares a text with the accepted one beside the test: <c>Class.name.verified.txt</c>.</summary>
/// <remarks>
/// On a difference the text is written to <c>*.received.txt</c> (ignored by git) and the failure says how to look and how to accept.
/// <c>dotnet run --project build -- accept</c> accepts what the last run wrote, <c>MESHLINT_ACCEPT=1</c> everything while it runs. Scrub paths and times before.
/// </remarks>
public static class Snapshot
{
    /// <summary>Fails unless the text is the accepted one.</summary>
    /// <param name="text">What was produced; line ends are compared as '\n'.</param>
    /// <param name="name">Name of the case, unique in the test's file.</param>
    /// <param name="testFile">Filled in by the compiler.</param>
    public static void Verify(string text, string name, [CallerFilePath] string testFile = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(testFile) ?? ".", $"{Path.GetFileNameWithoutExtension(testFile)}.{name}");
        var verified = $"{stem}.verified.txt";
        var received = $"{stem}.received.txt";
        text = text.ReplaceLineEndings("\n");
        if (File.Exists(verified) && File.ReadAllText(verified).ReplaceLineEndings("\n") == text)
        {
            File.Delete(received);
            return;
        }

        if (Environment.GetEnvironmentVariable("MESHLINT_ACCEPT") == "1")
        {
            File.WriteAllText(verified, text);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail(
            File.Exists(verified)
                ? $"'{name}' differs from what was accepted.\n  look:   git diff --no-index {verified} {received}\n  accept: mv {received} {verified}"
                : $"'{name}' was never accepted.\n  look:   cat {received}\n  accept: mv {received} {verified}");
    }
}
