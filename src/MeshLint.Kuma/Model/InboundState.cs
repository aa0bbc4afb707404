namespace MeshLint.Kuma.Model;

/// <summary>Whether an inbound takes traffic (kuma: Dataplane.Networking.Inbound.State).</summary>
public enum InboundState
{
    Ready,
    NotReady,
    Ignored,
}
