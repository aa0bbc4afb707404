using MeshLint.Yaml;
using MeshLint.Diagnostics;

namespace MeshLint.Output.Emit;

/// <summary>A file that a build writes.</summary>
/// <param name="RelativePath">Path below the output folder, with '/' on every platform; safe on any file system.</param>
/// <param name="Text">Its text, '\n' line ends, a newline at the end.</param>
public sealed record OutputFile(string RelativePath, string Text);

/// <summary>Which forms of manifests a build renders.</summary>
[Flags]
public enum ManifestForms
{
    None = 0,
    Kubernetes = 1,
    Universal = 2,
    Both = Kubernetes | Universal,
}

/// <summary>Something of a resource that one form cannot say.</summary>
/// <param name="Form">The form concerned.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Location">Where it is written.</param>
/// <param name="IsOmitted">The resource has no manifest in that form; false where it has one that says less or something else.</param>
/// <param name="Message">One sentence without a full stop.</param>
public sealed record EmitNote(ManifestForms Form, ResourceIdentity Resource, Location Location, bool IsOmitted, string Message);

/// <summary>The manifests of a repository.</summary>
/// <param name="Files">Sorted by path (ordinal).</param>
/// <param name="Notes">What was left out or changed, sorted by place; also written to <c>NOTES.md</c> beside the manifests.</param>
public sealed record EmitResult(ImmutableArray<OutputFile> Files, ImmutableArray<EmitNote> Notes);
