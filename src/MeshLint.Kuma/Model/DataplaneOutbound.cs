namespace MeshLint.Kuma.Model;

/// <summary>One <c>networking.outbound[]</c>.</summary>
/// <param name="Address">Local address, 127.0.0.1 where absent.</param>
/// <param name="Port">Local port.</param>
/// <param name="Backend">Its backendRef, if any.</param>
/// <param name="Tags">Legacy tags (with <c>service</c> folded in), 2.x.</param>
/// <param name="Node">Where it is written.</param>
public sealed record DataplaneOutbound(string Address, int Port, DataplaneRef? Backend, LabelSet Tags, Node Node);
