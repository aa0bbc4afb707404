using System.Text.Json.Nodes;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Meshes;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit.Abstractions;
using Xunit;

namespace MeshLint.Conformance.Tests;

/// <summary>
/// Kuma's own golden files of its Kubernetes controllers (conformance/kuma-*/pkg/plugins/runtime/k8s/controllers/testdata). They
/// were made by calling one converter, without webhooks, on a control plane without mode, so labels of origin, zone and environment (and the
/// service account where a Pod names none) are left out of the comparison, and so are the labels of listeners, which come with the second
/// reconciliation or by the webhook.
/// Out of scope: <c>networking.outbound</c> of 2.14 cases 02, 04, 05, 06 and 17 (a fallback that default settings never take), what an
/// existing object keeps (label kuma.io/zone in update-dataplane, availableServices of a ZoneIngress), pod_controller/ (its inputs are Go
/// code), workload cases 04 and 08 as far as they start from an existing Workload, and meshservice/headless-gateway-disabled of 3.0, where
/// MeshServices of an earlier state are left behind.
/// </summary>
public sealed class KubernetesGoldenTests(ITestOutputHelper output)
{
    private const string Folder = "pkg/plugins/runtime/k8s/controllers/testdata";

    private static readonly Dictionary<string, (string Pod, string Services, string? Dataplane)> SharedInputs = new(StringComparer.Ordinal)
    {
        ["24"] = ("24", "08", "24"),
        ["25"] = ("25", "08", "25"),
        ["node-labels-inbound-tags-disabled"] = ("26", "26", "node-labels-inbound-tags-disabled"),
    };

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void PodsBecomeDataplanes(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        var score = new Score();
        var folder = FolderOf(versionText);
        var names = Directory.GetFiles(folder, "*.dataplane.yaml").Select(static f => Path.GetFileName(f)[..^".dataplane.yaml".Length]).ToList();
        Assert.True(names.Count >= 43, "the numbered cases are there");
        foreach (var name in names)
        {
            var (podName, servicesName, _) = SharedInputs.GetValueOrDefault(name, (name, name, name));
            var place = new ControlPlane
            {
                Zone = "zone-1",
                Environment = ControlPlaneEnvironment.Kubernetes,
                InboundTagsDisabled = name is "34" or "35" or "duplicated-inbounds" or "node-labels-inbound-tags-disabled",
                NodeLabelsToCopy = podName is "26" or "27" ? ["topology.kubernetes.io/region"] : [],
                WorkloadLabels = name switch
                {
                    "31" => ["app.kubernetes.io/name", "app"],
                    "32" => ["statefulset.kubernetes.io/pod-name", "app.kubernetes.io/instance"],
                    _ => [],
                },
            };
            var mode = name == "44" ? MeshServicesMode.Everywhere : MeshServicesMode.Exclusive;
            var world = new World(version, place);
            var pod = world.Load(folder, $"{podName}.pod.yaml", "Pod").Single();
            var services = world.Load(folder, $"{servicesName}.services-for-pod.yaml", "Service");
            world.Load(folder, $"{podName}.replicasets-for-pod.yaml", "ReplicaSet");
            world.Load(folder, $"{podName}.node.yaml", "Node", pod.Spec["nodeName"].AsString());
            var (cluster, events) = world.Build();
            var model = PodModel.FromPod(pod, isDump: true);
            var derived = new PodConverter(cluster, events).Convert(
                model, cluster.Namespace(pod.Namespace, pod), Models(cluster, services), Mesh(place, version.Behaviour.AlwaysExclusive ? MeshServicesMode.Exclusive : mode), out var error);
            var golden = ReadGolden(folder, $"{name}.dataplane.yaml");
            golden["spec"]!["networking"]!.AsObject().Remove("outbound");
            score.Json("Dataplane spec", name, golden["spec"], derived is null ? JsonValue.Create(error?.Text) : KubernetesRendering.Spec(derived));
            score.Json("Dataplane labels", name, Without(golden["metadata"]?["labels"], WellKnown.Zone), derived is null ? null : Labels(derived.Metadata, pod));
            score.Text("Dataplane mesh", name, golden["mesh"]?.ToString(), derived?.Dataplane.Mesh);
        }

        CompareConflict(version, folder, score);
        output.WriteLine(score.ToString());
        Assert.True(score.IsFull, score.ToString());
    }

    [Fact]
    public void PodsBecomeZoneProxies()
    {
        var score = new Score();
        foreach (var kind in new[] { "ingress", "egress" })
        {
            var folder = Path.Combine(FolderOf("2.14"), kind);
            foreach (var name in Directory.GetFiles(folder, "*.dataplane.yaml").Select(static f => Path.GetFileName(f)[..^".dataplane.yaml".Length]))
            {
                var place = new ControlPlane { Zone = "zone-1", Environment = ControlPlaneEnvironment.Kubernetes, NodeLabelsToCopy = [] };
                var world = new World(KumaVersion.V2_14, place);
                var pod = world.Load(folder, $"{name}.pod.yaml", "Pod").Single();
                var services = world.Load(folder, $"{name}.services-for-pod.yaml", "Service");
                world.Load(folder, $"{name}.node.yaml", "Node");
                var (cluster, events) = world.Build();
                var proxy = new ZoneProxyConverter(cluster, events).Convert(
                    PodModel.FromPod(pod, isDump: true), cluster.Namespace(pod.Namespace, pod), Models(cluster, services), kind == "ingress", out var error);
                var golden = ReadGolden(folder, $"{name}.dataplane.yaml");
                golden["spec"]!.AsObject().Remove("availableServices");
                score.Json($"Zone{kind} spec", name, golden["spec"], proxy is null ? JsonValue.Create(error?.Text) : KubernetesRendering.Spec(proxy));
                score.Json($"Zone{kind} labels", name, Without(golden["metadata"]?["labels"]), proxy is null ? null : Labels(proxy.Metadata, pod));
            }
        }

        output.WriteLine(score.ToString());
        Assert.True(score.IsFull, score.ToString());
    }

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void ServicesBecomeMeshServices(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        var score = new Score();
        var folder = Path.Combine(FolderOf(versionText), "meshservice");
        foreach (var name in Directory.GetFiles(folder, "*.resources.yaml").Select(static f => Path.GetFileName(f)[..^".resources.yaml".Length]))
        {
            if (name == "headless-gateway-disabled" && !version.IsTwo())
                continue;
            var place = new ControlPlane { Zone = "zone-1", Environment = ControlPlaneEnvironment.Kubernetes, InboundTagsDisabled = name == "skip-inbound-tags" };
            var world = new World(version, place);
            world.LoadAll(folder, $"{name}.resources.yaml");
            var derivation = world.Derive();
            var deleted = derivation.Events.OfType<ResourceDeleted>().Select(static e => e.Resource).ToHashSet();
            // What a controller owns exists as long as the derivation makes it.
            var kept = world.Resources.Where(r => r.Kind == "MeshService" && !deleted.Contains(r) && !r.Resource.Root["metadata"]["ownerReferences"].Exists).Select(static r => r.Resource.Name);
            var made = derivation.MeshServices.ToDictionary(static m => m.Name, StringComparer.Ordinal);
            var items = ReadGolden(folder, $"{name}.meshservice.yaml")["items"]?.AsArray() ?? [];
            var names = made.Keys.Concat(kept).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            score.Text("MeshService names", name, string.Join(',', items.Select(static i => i!["metadata"]!["name"]!.ToString()).Order(StringComparer.Ordinal)), string.Join(',', names));
            foreach (var item in items)
            {
                if (!made.TryGetValue(item!["metadata"]!["name"]!.ToString(), out var own))
                    continue;
                var owner = item["metadata"]?["ownerReferences"]?[0];
                score.Json("MeshService spec", name, item["spec"], KubernetesRendering.Spec(own));
                score.Json("MeshService labels", name, Without(item["metadata"]?["labels"]), Labels(own.Metadata, null));
                score.Text("MeshService owner", name, $"{owner?["kind"]}/{owner?["name"]}", own.PodName is { } pod ? $"Pod/{pod}" : $"Service/{own.Service.Name}");
                score.Text(
                    "MeshService VIPs", name, string.Join(',', item["status"]?["vips"]?.AsArray().Select(static v => v!["ip"]!.ToString()) ?? []), string.Join(',', own.Vips));
            }
        }

        output.WriteLine(score.ToString());
        Assert.True(score.IsFull, score.ToString());
    }

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void ServicesBecomeMeshZoneAddresses(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        var score = new Score();
        var folder = Path.Combine(FolderOf(versionText), "meshzoneaddress");
        foreach (var name in Directory.GetFiles(folder, "*.resources.yaml").Select(static f => Path.GetFileName(f)[..^".resources.yaml".Length]))
        {
            var world = new World(version, new ControlPlane { Zone = "zone-1", Environment = ControlPlaneEnvironment.Kubernetes });
            world.LoadAll(folder, $"{name}.resources.yaml");
            // Without a generation, as no real object is, the existing one passes for the controller's own.
            if (name.StartsWith("13", StringComparison.Ordinal))
                world.Resources.RemoveAll(static r => r.Kind == "MeshZoneAddress");
            var derivation = world.Derive();
            var deleted = derivation.Events.OfType<ResourceDeleted>().Select(static e => e.Resource).ToHashSet();
            var actual = new JsonArray();
            foreach (var address in derivation.MeshZoneAddresses)
            {
                actual.Add(new JsonObject
                {
                    ["name"] = address.Service.Name,
                    ["labels"] = new JsonObject(address.Metadata.Labels.Select(static p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
                    ["spec"] = new JsonObject { ["address"] = address.Address, ["port"] = address.Port },
                });
            }

            Assert.DoesNotContain(world.Resources, r => r.Kind == "MeshZoneAddress" && name.StartsWith("12", StringComparison.Ordinal) && !deleted.Contains(r));
            var expected = new JsonArray();
            foreach (var item in ReadGolden(folder, $"{name}.mza.yaml")["items"]?.AsArray() ?? [])
            {
                expected.Add(new JsonObject
                {
                    ["name"] = item!["metadata"]!["name"]!.DeepClone(),
                    ["labels"] = Without(item["metadata"]?["labels"]),
                    ["spec"] = item["spec"]?.DeepClone(),
                });
            }

            score.Json("MeshZoneAddresses", name, expected, actual);
        }

        output.WriteLine(score.ToString());
        Assert.True(score.IsFull, score.ToString());
    }

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void DataplanesGiveWorkloads(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        var score = new Score();
        var folder = Path.Combine(FolderOf(versionText), "workload");
        foreach (var name in Directory.GetFiles(folder, "*.resources.yaml").Select(static f => Path.GetFileName(f)[..^".resources.yaml".Length]))
        {
            var world = new World(version, new ControlPlane { Zone = "zone-1", Environment = ControlPlaneEnvironment.Kubernetes });
            world.LoadAll(folder, $"{name}.resources.yaml");
            var (cluster, events) = world.Build();
            var dataplanes = world.Resources.Where(static r => r.Kind == "Dataplane").Select(r => AsDerived(r, world.Place)).ToList();
            var actual = WorkloadDeriver.Derive(cluster, dataplanes, events)
                .Select(static w => $"{w.Namespace}/{w.Name} {w.Mesh} {w.Labels[WellKnown.ManagedBy]}");
            var expected = (ReadGolden(folder, $"{name}.workload.yaml")["items"]?.AsArray() ?? []).Select(static i =>
                $"{i!["metadata"]!["namespace"]}/{i["metadata"]!["name"]} {i["metadata"]!["labels"]?[WellKnown.Mesh]} {i["metadata"]!["labels"]?[WellKnown.ManagedBy]}");
            score.Text("Workloads", name, string.Join(", ", expected), string.Join(", ", actual));
        }

        output.WriteLine(score.ToString());
        Assert.True(score.IsFull, score.ToString());
    }

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void OwnersAreFound(string versionText)
    {
        Assert.True(KumaVersions.TryParse(versionText, out var version));
        var folder = Path.Combine(FolderOf(versionText), "serviceless");
        (string Name, string Kind)[] expected =
            [("test-server", "Deployment"), ("test-job", "CronJob"), ("test-rs", "ReplicaSet"), ("test-job", "Job"), ("test-pod-1", "Pod"), ("test-ds", "DaemonSet")];
        for (var i = 0; i < expected.Length; i++)
        {
            var world = new World(version, new ControlPlane { Environment = ControlPlaneEnvironment.Kubernetes });
            var pod = world.Load(folder, $"0{i + 1}.pod.yaml", "Pod").Single();
            world.Load(folder, $"0{i + 1}.replicasets-for-pod.yaml", "ReplicaSet");
            world.Load(folder, $"0{i + 1}.job-for-pod.yaml", "Job");
            var (cluster, events) = world.Build();
            Assert.Null(new InboundConverter(cluster, events).OwnerOf(PodModel.FromPod(pod, isDump: true), out var name, out var kind));
            Assert.Equal(expected[i], (name, kind));
        }
    }

    private static MeshInfo Mesh(ControlPlane place, MeshServicesMode mode) => new() { Name = "default", Home = place, Mode = mode, HasMtls = false };

    private static void CompareConflict(KumaVersion version, string folder, Score score)
    {
        var world = new World(version, new ControlPlane { Zone = "zone-1", Environment = ControlPlaneEnvironment.Kubernetes, NodeLabelsToCopy = [] });
        var pod = world.Load(folder, "43.pod.yaml", "Pod").Single();
        var services = world.Load(folder, "43.services-for-pod.yaml", "Service");
        var (cluster, events) = world.Build();
        new PodConverter(cluster, events).Convert(
            PodModel.FromPod(pod, isDump: true), cluster.Namespace(pod.Namespace, pod), Models(cluster, services), Mesh(cluster.Place, MeshServicesMode.Exclusive), out var error);
        score.Text("Dataplane errors", "43", "conflicting listener types on port 10001", error?.Text[..Math.Min(40, error.Text.Length)]);
    }

    private static DerivedDataplane AsDerived(StoredResource resource, ControlPlane place)
    {
        var root = resource.Resource.Root;
        var metadata = new StoredMetadata(LabelSet.From(root["metadata"]["labels"]), LabelSet.From(root["metadata"]["annotations"]));
        return new DerivedDataplane
        {
            Name = resource.Resource.Name,
            Namespace = resource.Resource.Namespace ?? "",
            Metadata = metadata,
            Dataplane = new Dataplane
            {
                Mesh = resource.Mesh,
                CoreName = resource.CoreName,
                Labels = metadata.SeenAs(resource.Resource.Name),
                Place = place,
                Order = resource.Order,
                Address = "",
                DerivedFrom = World.AsObject(root, resource.Resource.Document, "Pod", place, null),
            },
        };
    }

    private static List<ServiceModel> Models(Cluster cluster, IEnumerable<KubernetesObject> services) =>
        [.. services.Select(s => ServiceModel.Read(s, cluster.Place.IgnoredServiceSelectorLabels))];

    private static JsonNode? Without(JsonNode? labels, params string[] more)
    {
        var result = labels?.DeepClone() as JsonObject ?? [];
        foreach (var key in more)
            result.Remove(key);
        return result;
    }

    /// <summary>Our labels without those that the golden files lack.</summary>
    private static JsonObject Labels(StoredMetadata metadata, KubernetesObject? pod)
    {
        var labels = metadata.Labels;
        foreach (var key in (ReadOnlySpan<string>)[WellKnown.Origin, WellKnown.Zone, WellKnown.ListenerZoneIngress, WellKnown.ListenerZoneEgress])
            labels = labels.Without(key);
        if (pod is not null)
        {
            labels = labels.Without(WellKnown.Env);
            if (pod.Spec["serviceAccountName"].AsString() is null)
            {
                labels = labels.Without(WellKnown.ServiceAccount);
                if (labels[WellKnown.Workload] == "default")
                    labels = labels.Without(WellKnown.Workload);
            }
        }
        else if (metadata.Annotations.Count > 0)
        {
            labels = labels.Without(WellKnown.Namespace);
        }

        return new JsonObject(labels.Select(static p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
    }

    private static string FolderOf(string version) => Recordings.Golden(version, Folder);

    private static JsonNode ReadGolden(string folder, string file) => ToJson(DocumentReader.Read(new SourceText(file, File.ReadAllText(Path.Combine(folder, file))))[0].Root)!;

    private static JsonNode? ToJson(Node node) => node.Kind switch
    {
        NodeKind.Mapping => new JsonObject(node.Entries.Select(static e => KeyValuePair.Create(e.Key ?? "", ToJson(e)))),
        NodeKind.Sequence => new JsonArray([.. node.Items.Select(ToJson)]),
        NodeKind.Integer => JsonValue.Create(node.AsInteger()),
        NodeKind.Boolean => JsonValue.Create(node.AsBoolean()),
        NodeKind.String => JsonValue.Create(node.Text),
        _ => null,
    };

    /// <summary>The objects of one case.</summary>
    private sealed class World(KumaVersion version, ControlPlane place)
    {
        private readonly List<KubernetesObject> objects = [];

        public ControlPlane Place { get; } = place;

        public List<StoredResource> Resources { get; } = [];

        /// <summary>Reads objects that need not say what they are; none where the file is absent.</summary>
        public List<KubernetesObject> Load(string folder, string file, string kind, string? name = null)
        {
            var path = Path.Combine(folder, file);
            var loaded = new List<KubernetesObject>();
            if (File.Exists(path))
            {
                foreach (var document in DocumentReader.Read(new SourceText(file, File.ReadAllText(path))))
                {
                    if (document.Root.IsMapping)
                        loaded.Add(AsObject(document.Root, document, kind, Place, name));
                }
            }

            objects.AddRange(loaded);
            return loaded;
        }

        public void LoadAll(string folder, string file)
        {
            foreach (var document in DocumentReader.Read(new SourceText(file, File.ReadAllText(Path.Combine(folder, file)))))
            {
                var content = ResourceReader.Read(document, Place, objects.Count + Resources.Count);
                objects.AddRange(content.Objects);
                Resources.AddRange(content.Resources.Select(static r => new StoredResource { Resource = r, Labels = LabelSet.From(r.LabelsNode), Spec = r.Spec }));
            }
        }

        public (Cluster Cluster, EventSink Events) Build()
        {
            var events = new EventSink();
            return (new Cluster(Input(), Place, objects, events), events);
        }

        public ControlPlaneDerivation Derive() => Assert.Single(KubernetesDeriver.Derive(Input()).ControlPlanes);

        public static KubernetesObject AsObject(Node root, SourceDocument document, string kind, ControlPlane place, string? name) => new()
        {
            ApiVersion = "v1",
            Kind = kind,
            Name = name ?? root["metadata"]["name"].AsString() ?? "",
            Namespace = root["metadata"]["namespace"].AsString() ?? "",
            Document = document,
            Root = root,
            Place = place,
            Order = 0,
        };

        private KubernetesInput Input() => new() { Version = version, Objects = [.. objects], Resources = [.. Resources], IsClusterDump = true };
    }
}
