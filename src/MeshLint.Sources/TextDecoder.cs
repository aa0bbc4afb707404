using System.Text;

namespace MeshLint.Sources;

/// <summary>Turns the bytes of a file into text as YAML readers do: UTF-8, or what a byte order mark says.</summary>
public static class TextDecoder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; where the bytes are no UTF-8, one with replacement characters and the fault.</summary>
    public static SourceContent Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return new SourceContent(Encoding.Unicode.GetString(bytes[2..]));
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return new SourceContent(Encoding.BigEndianUnicode.GetString(bytes[2..]));
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            bytes = bytes[3..];
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return new SourceContent(Strict.GetString(bytes));
        var valid = 0;
        for (var rest = bytes; Rune.DecodeFromUtf8(rest, out _, out var consumed) == System.Buffers.OperationStatus.Done; rest = rest[consumed..])
            valid += consumed;
        return new SourceContent(Encoding.UTF8.GetString(bytes), SourceFault.NotUtf8, $"the byte at offset {valid} is 0x{bytes[valid]:x2}");
    }
}
