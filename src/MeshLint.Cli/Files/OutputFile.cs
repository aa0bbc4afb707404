using System.Text;

namespace MeshLint.Cli.Files;

/// <summary>A single file that is written as a whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes the text beside the file and renames it into place.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="shown">The path as the user wrote it.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="OutputException">It cannot be written; a file that was there is as it was.</exception>
    public static void Write(string path, string shown, string text)
    {
        var fresh = $"{path}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
        try
        {
            File.WriteAllText(fresh, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(fresh);
            throw new OutputException($"'{shown}' cannot be written: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}
