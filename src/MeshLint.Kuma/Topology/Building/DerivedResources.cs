using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>Resources that a Kubernetes zone makes of Pods and Services, beside Dataplanes and MeshServices.</summary>
internal static class DerivedResources
{
    /// <summary>Zone proxies (2.x) and MeshZoneAddresses (2.14 and later).</summary>
    public static IEnumerable<ResourceInstance> Create(ControlPlaneDerivation derivation, ControlPlane place)
    {
        foreach (var proxy in derivation.ZoneProxies)
        {
            var spec = Body(proxy.Object, builder =>
            {
                builder.Key("networking", default);
                builder.BeginMapping(default);
                Text(builder, "address", proxy.Address);
                Number(builder, "port", proxy.Port);
                Text(builder, "advertisedAddress", proxy.AdvertisedAddress);
                Number(builder, "advertisedPort", (int)Math.Min(proxy.AdvertisedPort, int.MaxValue));
                builder.End();
            });
            yield return Create(proxy.Kind, "", place, proxy.Name, proxy.Namespace, proxy.Labels, spec, proxy.Object);
        }

        foreach (var address in derivation.MeshZoneAddresses)
        {
            var spec = Body(address.Service, builder =>
            {
                Text(builder, "address", address.Address);
                Number(builder, "port", address.Port);
            });
            yield return Create("MeshZoneAddress", address.Mesh, place, address.Service.Name, address.Service.Namespace, address.Labels, spec, address.Service);
        }
    }

    /// <summary>Workloads (2.13 and later) with the Dataplanes that name them.</summary>
    public static IEnumerable<Workload> CreateWorkloads(ControlPlaneDerivation derivation, Place place)
    {
        var byName = new Dictionary<(string Mesh, string Namespace, string Name), ImmutableArray<Dataplane>.Builder>();
        foreach (var derived in derivation.Dataplanes)
        {
            if (derived.Metadata.Annotations[WellKnown.Workload] is not { Length: > 0 } name)
                continue;
            var key = (derived.Dataplane.Mesh, derived.Namespace, name);
            if (!byName.TryGetValue(key, out var list))
                byName[key] = list = ImmutableArray.CreateBuilder<Dataplane>(1);
            list.Add(derived.Dataplane);
        }

        foreach (var workload in derivation.Workloads)
        {
            var dataplanes = byName.TryGetValue((workload.Mesh, workload.Namespace, workload.Name), out var list) ? list.ToImmutable() : [];
            yield return new Workload(workload.Mesh, place.ControlPlane, workload.Name, workload.Labels, dataplanes) { Namespace = workload.Namespace };
        }
    }

    private static ResourceInstance Create(string kind, string mesh, ControlPlane place, string name, string ns, LabelSet labels, Node spec, KubernetesObject source) => new()
    {
        KindInfo = KindCatalog.Find(kind) ?? throw new InvalidOperationException($"{kind} is no kind"),
        Mesh = mesh,
        ControlPlane = place,
        Home = place,
        CoreName = $"{name}.{ns}",
        Labels = labels,
        Spec = spec,
        DerivedFrom = source,
        Order = source.Order,
    };

    private static Node Body(KubernetesObject source, Action<NodeTreeBuilder> fill)
    {
        var builder = new NodeTreeBuilder(source.Document.Source);
        builder.BeginMapping(source.Location.Span);
        fill(builder);
        builder.End();
        return builder.Build().Root;
    }

    private static void Text(NodeTreeBuilder builder, string key, string value)
    {
        builder.Key(key, default);
        builder.Scalar(NodeKind.String, value, default(TextSpan), ScalarStyle.Plain);
    }

    private static void Number(NodeTreeBuilder builder, string key, int value)
    {
        builder.Key(key, default);
        builder.Scalar(NodeKind.Integer, Values.Number(value), default(TextSpan), ScalarStyle.Plain);
    }
}
