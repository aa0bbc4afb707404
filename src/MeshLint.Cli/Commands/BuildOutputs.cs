using MeshLint.Core;
using MeshLint.Core.Emit;

namespace MeshLint.Cli.Commands;

/// <summary>Every file that a build writes, by path.</summary>
internal static class BuildOutputs
{
    public static ImmutableArray<OutputFile> Of(Compilation compilation, ManifestForms forms)
    {
        var files = ImmutableArray.CreateBuilder<OutputFile>();
        files.AddRange(ManifestEmitter.Emit(compilation.Verdicts, compilation.Objects, forms, compilation.Version).Files);
        files.Add(new OutputFile("graph.json", GraphJson.Write(compilation.Graph)));
        files.Sort(static (a, b) => string.CompareOrdinal(a.RelativePath, b.RelativePath));
        return files.ToImmutable();
    }
}
