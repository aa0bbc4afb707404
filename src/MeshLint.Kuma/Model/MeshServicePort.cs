namespace MeshLint.Kuma.Model;

/// <summary>One port of a MeshService, MeshMultiZoneService or MeshExternalService (whose one port is its <c>match</c>).</summary>
/// <param name="Name">The name as stored; null where the field is absent.</param>
/// <param name="Port">Port number.</param>
/// <param name="TargetPort">MeshService only.</param>
/// <param name="AppProtocol">As stored, "" where there is none.</param>
/// <param name="Node">Where it is written; missing for a generated one.</param>
public sealed record MeshServicePort(string? Name, int Port, TargetPort TargetPort, string AppProtocol, Node Node);
