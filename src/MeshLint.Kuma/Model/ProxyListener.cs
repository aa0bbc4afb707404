namespace MeshLint.Kuma.Model;

/// <summary>A zone-proxy listener of a Dataplane (2.14 and later).</summary>
public sealed record ProxyListener(string Type, string Address, int Port, string Name, InboundState State, Node Node)
{
    public string SectionName => Name.Length > 0 ? Name : Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
