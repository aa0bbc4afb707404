using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MeshLint.House.Tests;

/// <summary>Reads the instructions of compiled methods as far as their operands name types and members.</summary>
internal static class IntermediateLanguage
{
    private static readonly Dictionary<ushort, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static f => (OpCode)(f.GetValue(null) ?? default(OpCode)))
        .ToDictionary(static o => (ushort)o.Value, static o => o.OperandType);

    /// <summary>The types, fields and methods that the code names.</summary>
    public static IEnumerable<EntityHandle> Tokens(byte[] code)
    {
        var at = 0;
        while (at < code.Length)
        {
            ushort operation = code[at++];
            if (operation == 0xFE)
                operation = (ushort)(0xFE00 | code[at++]);
            var operand = Operands[operation];
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return MetadataTokens.EntityHandle(BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at)));
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at))),
                _ => 4,
            };
        }
    }
}
