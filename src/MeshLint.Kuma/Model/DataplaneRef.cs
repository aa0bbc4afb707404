namespace MeshLint.Kuma.Model;

/// <summary>A reference that a Dataplane makes: an <c>outbound[].backendRef</c> or a <c>reachableBackends.refs[]</c>.</summary>
public sealed record DataplaneRef(string Kind, string Name, string Namespace, LabelSet Labels, int? Port, Node Node);
