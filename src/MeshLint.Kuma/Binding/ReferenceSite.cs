using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>Where a reference of a group is written.</summary>
/// <param name="Node">What is written there.</param>
/// <param name="Target">The same as a backendRef; <see cref="TargetRef.None"/> where something of another form refers.</param>
/// <param name="SpecPath">Path below the body.</param>
internal readonly record struct ReferenceSite(Node Node, TargetRef Target, string SpecPath);
