using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission;

/// <summary>What labels are computed for: a document that somebody writes, or an object that a controller makes.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Mesh">Its mesh; empty = the default one.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Namespace">Its namespace; null where it has none.</param>
/// <param name="IsKubernetes">It is a Kubernetes object.</param>
internal sealed record LabelSubject(KindInfo Kind, string Mesh, string Name, string? Namespace, bool IsKubernetes)
{
    /// <summary>The body of a policy, which decides about its role; not read for other kinds.</summary>
    public Node PolicySpec { get; init; }

    /// <summary>A Dataplane is Kuma's own gateway.</summary>
    public bool IsBuiltinGateway { get; init; }

    /// <summary>A Dataplane has a listener of type ZoneIngress.</summary>
    public bool HasZoneIngress { get; init; }

    /// <summary>A Dataplane has a listener of type ZoneEgress.</summary>
    public bool HasZoneEgress { get; init; }

    /// <summary>The service account of the Pod behind it, or empty.</summary>
    public string ServiceAccount { get; init; } = "";

    /// <summary>The workload of the Pod behind it, or empty.</summary>
    public string Workload { get; init; } = "";

    /// <summary>A document with its decoded body.</summary>
    public static LabelSubject Of(MeshResource resource, KindInfo kind, Node spec)
    {
        var subject = new LabelSubject(kind, resource.Mesh, resource.Name, resource.Namespace, resource.IsKubernetes) { PolicySpec = spec };
        if (kind.Name != "Dataplane")
            return subject;
        var networking = spec["networking"];
        return subject with
        {
            IsBuiltinGateway = networking["gateway"]["type"].AsString() == "BUILTIN",
            HasZoneIngress = HasListener("ZoneIngress"),
            HasZoneEgress = HasListener("ZoneEgress"),
        };

        bool HasListener(string type)
        {
            foreach (var listener in networking["listeners"].Items)
            {
                if (listener["type"].AsString() == type)
                    return true;
            }

            return false;
        }
    }
}
