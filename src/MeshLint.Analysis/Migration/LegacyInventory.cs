using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Analysis.Migration;

/// <summary>A value of <c>kuma.io/service</c> with everything that produces it.</summary>
internal sealed class LegacyName(string home, string mesh, string name)
{
    /// <summary>Name of the control plane that has the mesh (<see cref="LegacyInventory.HomeOf"/>).</summary>
    public string Home { get; } = home;

    public string Mesh { get; } = mesh;

    public string Name { get; } = name;

    /// <summary>Inbounds with the tag, in document order.</summary>
    public List<LegacyInbound> Inbounds { get; } = [];

    /// <summary>Gateways with the tag.</summary>
    public List<Dataplane> Gateways { get; } = [];

    /// <summary>ExternalServices of that name.</summary>
    public List<MeshResource> External { get; } = [];

    public List<LegacyReference> References { get; } = [];

    public IEnumerable<Dataplane> Dataplanes => Inbounds.Select(static i => i.Dataplane).Distinct();

    public Location? Location => Inbounds.Count > 0 ? Inbounds[0].Dataplane.Location
        : External.Count > 0 ? External[0].Location
        : Gateways.Count > 0 ? Gateways[0].Location : null;
}

/// <summary>Every legacy name of the repository and every place that uses it (docs/kuma/migration.md#legacy-names).</summary>
internal sealed class LegacyInventory
{
    private static readonly NodePath[] RoutePaths =
    [
        NodePath.Parse("conf.destination"), NodePath.Parse("conf.split[].destination"), NodePath.Parse("conf.http[].destination"),
        NodePath.Parse("conf.http[].split[].destination"),
        NodePath.Parse("conf.http.rules[].backends[].destination"), NodePath.Parse("conf.tcp.rules[].backends[].destination"),
        NodePath.Parse("conf.http.rules[].filters[].mirror.backend.destination"),
    ];

    private readonly Dictionary<(string Home, string Mesh, string Name), LegacyName> names = [];

    private LegacyInventory()
    {
    }

    /// <summary>Names by mesh and name.</summary>
    public IEnumerable<LegacyName> Names =>
        names.Values.OrderBy(n => n.Mesh, StringComparer.Ordinal).ThenBy(n => n.Home, StringComparer.Ordinal)
            .ThenBy(n => n.Name, StringComparer.Ordinal);

    public static LegacyInventory Of(MeshGraph graph, IEnumerable<MeshResource> resources, IEnumerable<KubernetesObject> objects)
    {
        var inventory = new LegacyInventory();
        foreach (var dataplane in graph.Dataplanes)
            inventory.AddProducer(dataplane);
        var rest = new List<MeshResource>();
        foreach (var resource in resources)
        {
            if (resource.Kind == "ExternalService" && resource.Spec["tags"][WellKnown.ServiceTag].AsString() is { Length: > 0 } name)
                inventory.Get(resource.Place, resource.Mesh, name).External.Add(resource);
            rest.Add(resource);
        }

        foreach (var resource in rest)
            inventory.AddReferences(resource);
        foreach (var item in objects)
            inventory.AddReferences(item);
        return inventory;
    }

    /// <summary>The control plane that has the meshes of a place: the Global of a deployment, or the standalone zone itself.</summary>
    public static string HomeOf(ControlPlane place) => place.Role == ControlPlaneRole.Zone ? place.Name : "global";

    private LegacyName Get(ControlPlane place, string mesh, string name)
    {
        var key = (HomeOf(place), mesh, name);
        if (!names.TryGetValue(key, out var found))
            names[key] = found = new LegacyName(key.Item1, mesh, name);
        return found;
    }

    private void AddProducer(Dataplane dataplane)
    {
        foreach (var inbound in dataplane.Inbounds)
        {
            if (inbound.Tags[WellKnown.ServiceTag] is { Length: > 0 } name)
                Get(dataplane.Place, dataplane.Mesh, name).Inbounds.Add(new LegacyInbound(dataplane, inbound));
        }

        if (dataplane.GatewayTags[WellKnown.ServiceTag] is { Length: > 0 } gateway)
            Get(dataplane.Place, dataplane.Mesh, gateway).Gateways.Add(dataplane);
    }

    private void AddReferences(MeshResource resource)
    {
        var body = resource.Spec;
        switch (resource.KindInfo?.Group)
        {
            case KindGroup.LegacyPolicy or KindGroup.Gateway:
                foreach (var list in (string[])["sources", "destinations", "selectors"])
                {
                    foreach (var item in body[list].Items)
                        AddTags(resource, item["match"], LegacyReferenceRole.LegacySelector);
                }

                foreach (var path in RoutePaths)
                {
                    foreach (var destination in path.Find(body, isProto: true))
                        AddTags(resource, destination, LegacyReferenceRole.LegacyRoute);
                }

                break;
            case KindGroup.Policy:
                AddPolicy(resource, PolicySpec.Read(body));
                break;
            case KindGroup.Core when resource.Kind == "Dataplane":
                foreach (var outbound in body["networking"]["outbound"].Items)
                {
                    AddTags(resource, outbound["tags"], LegacyReferenceRole.Outbound);
                    if (outbound["service"].AsString() is { } service)
                        Add(resource, outbound["service"], service, LegacyReferenceRole.Outbound, default);
                }

                foreach (var service in
                    NodePath.Child(NodePath.Child(body["networking"], "transparentProxying", true), "reachableServices", true).Items)
                    Add(resource, service, service.AsString(), LegacyReferenceRole.Reachable, default);
                break;
        }
    }

    private void AddPolicy(MeshResource resource, PolicySpec body)
    {
        AddTarget(resource, body.Target, LegacyReferenceRole.TopLevel);
        foreach (var to in body.To)
        {
            AddTarget(resource, to.Target, LegacyReferenceRole.To);
            foreach (var rule in to.Routes)
            {
                foreach (var backend in rule.BackendRefs)
                    AddTarget(resource, backend, LegacyReferenceRole.BackendRef);
                foreach (var mirror in rule.Filters.Select(static f => f.Mirror).OfType<BackendRef>())
                    AddTarget(resource, mirror, LegacyReferenceRole.RequestMirror);
            }
        }

        foreach (var from in body.From)
            AddTarget(resource, from.Target, LegacyReferenceRole.From);
    }

    private void AddTarget(MeshResource resource, TargetRef target, LegacyReferenceRole role)
    {
        var name = target.Name;
        switch (target.Kind)
        {
            case "MeshService" when target.LabelsNode.Count == 0:
                // In 'to' and in routes the name may be meant for the MeshService of that name: only names that the tag has, or that have
                // its shape, count here.
                var isRealName = role is LegacyReferenceRole.To or LegacyReferenceRole.BackendRef or LegacyReferenceRole.RequestMirror
                    && (resource.IsKubernetes || target is BackendRef { PortNode.Exists: true })
                    && !name.Contains('_', StringComparison.Ordinal);
                if (!isRealName)
                    Add(resource, target.NameNode, name, role, default);
                break;
            case "MeshServiceSubset":
                Add(resource, target.NameNode, name, role, target.TagsNode);
                break;
            case "MeshSubset":
                AddTags(resource, target.TagsNode, role);
                break;
        }
    }

    private void AddTags(MeshResource resource, Node tags, LegacyReferenceRole role)
    {
        var service = tags[WellKnown.ServiceTag];
        Add(resource, service, service.AsString(), role, tags);
    }

    private void Add(MeshResource resource, Node at, string? service, LegacyReferenceRole role, Node tags)
    {
        if (service is null or "" or "*" or "external" || !at.Exists)
            return;
        Get(resource.Place, resource.Mesh, service).References.Add(new LegacyReference(
            resource.Mesh, service, role, resource.Identity, at.GetPath(), Location.Of(at), resource.Place.Name,
            tags[WellKnown.Zone].Exists, IsSubset(tags)));
    }

    private static bool IsSubset(Node tags)
    {
        foreach (var tag in tags.Entries)
        {
            if (tag.Key is not (WellKnown.ServiceTag or WellKnown.Zone))
                return true;
        }

        return false;
    }

    private void AddReferences(KubernetesObject item)
    {
        var spec = item.Spec;
        var template = spec["template"].Exists
            ? spec["template"]
            : spec["jobTemplate"]["spec"]["template"].Exists
            ? spec["jobTemplate"]["spec"]["template"]
            : default;
        var pod = template.Exists ? template["spec"] : item.Kind == "Pod" ? spec : default;
        var metadata = template.Exists ? template["metadata"] : item.Root["metadata"];
        var mesh = metadata["labels"][WellKnown.Mesh].AsString() ?? metadata["annotations"][WellKnown.Mesh].AsString()
            ?? WellKnown.DefaultMesh;
        var reachable = metadata["annotations"]["kuma.io/transparent-proxying-reachable-services"];
        foreach (var service in (reachable.AsString() ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            Add(item, mesh, reachable, service, LegacyReferenceRole.Reachable);
        if (pod.Exists)
            AddHostnames(item, mesh, pod);
    }

    // Names in a workload count only where some document produces the service: 'x.mesh' may be anybody's.
    private void AddHostnames(KubernetesObject item, string mesh, Node node)
    {
        var home = HomeOf(item.Place);
        foreach (var child in node.Children)
        {
            if (child.AsString() is { } text && text.Contains(".mesh", StringComparison.Ordinal))
            {
                foreach (var name in MeshHostnames(text))
                {
                    var service = names.ContainsKey((home, mesh, name)) ? name : name.Replace('.', '_');
                    if (names.ContainsKey((home, mesh, service)))
                        Add(item, mesh, child, service, LegacyReferenceRole.Hostname);
                }
            }

            AddHostnames(item, mesh, child);
        }
    }

    private void Add(KubernetesObject item, string mesh, Node at, string service, LegacyReferenceRole role) =>
        Get(item.Place, mesh, service).References.Add(
            new LegacyReference(
                mesh, service, role, item.Identity, at.GetPath(), Location.Of(at), item.Place.Name, PinsZone: false, IsSubset: false));

    // 'web.mesh', 'http://web_v1.mesh:80/x'; not 'web.svc.mesh.local', not 'web.meshes'.
    private static IEnumerable<string> MeshHostnames(string text)
    {
        for (var at = text.IndexOf(".mesh", StringComparison.Ordinal); at >= 0; at = text.IndexOf(".mesh", at + 1, StringComparison.Ordinal))
        {
            var end = at + 5;
            if (end < text.Length
                && (IsNameCharacter(text[end]) || (text[end] == '.' && end + 1 < text.Length && IsNameCharacter(text[end + 1]))))
                continue;
            var start = at;
            while (start > 0 && at - start < 253 && (IsNameCharacter(text[start - 1]) || text[start - 1] == '.'))
                start--;
            if (start < at)
                yield return text[start..at];
        }

        static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
    }
}
