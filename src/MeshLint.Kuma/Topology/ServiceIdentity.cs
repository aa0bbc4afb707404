namespace MeshLint.Kuma.Topology;

/// <summary>An entry of <c>spec.identities</c>.</summary>
/// <param name="Type"><c>ServiceTag</c> or <c>SpiffeID</c>.</param>
/// <param name="Value">The tag's value or the SPIFFE id.</param>
public readonly record struct ServiceIdentity(string Type, string Value);
