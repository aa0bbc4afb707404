namespace MeshLint.Kuma.Model;

/// <summary>One inbound of a Dataplane, defaults applied.</summary>
public sealed record Inbound
{
    /// <summary>The name as written, "" where absent.</summary>
    public string Name { get; init; } = "";

    /// <summary>Port of the proxy; the one that a numeric targetPort matches.</summary>
    public required int Port { get; init; }

    /// <summary>Port of the application; never used for matching.</summary>
    public required int ServicePort { get; init; }

    public required string Address { get; init; }

    /// <summary>The protocol as the field or the tag gives it, "" where neither does.</summary>
    public string RawProtocol { get; init; } = "";

    public InboundState State { get; init; }

    /// <summary>Legacy <c>health.ready</c>; null where there is no <c>health</c>.</summary>
    public bool? HealthReady { get; init; }

    public LabelSet Tags { get; init; } = LabelSet.Empty;

    /// <summary>Where it is written; missing for a derived one.</summary>
    public Node Node { get; init; }

    /// <summary>Name if non-empty, else the port.</summary>
    public string SectionName => Name.Length > 0 ? Name : Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Ready, and not reported as unhealthy.</summary>
    public bool IsHealthy => State == InboundState.Ready && HealthReady != false;
}
