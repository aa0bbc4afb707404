using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Meshes;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Kubernetes;

/// <summary>Derivation from what stands in Git: templates instead of Pods, nothing that a cluster adds. Recorded clusters are compared in the conformance tests.</summary>
public sealed class KubernetesDeriverTests
{
    private const string Base = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {kuma.io/sidecar-injection: enabled}}
        ---
        apiVersion: kuma.io/v1alpha1
        kind: Mesh
        metadata: {name: default}
        spec: {meshServices: {mode: Exclusive}}
        ---

        """;

    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: 3
          template:
            metadata: {labels: {app: web}}
            spec:
              serviceAccountName: web-account
              containers:
              - name: app
                ports:
                - {name: http, containerPort: 8080}
                - {name: admin, containerPort: 9901}
        ---

        """;

    private const string WebService = """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec:
          selector: {app: web}
          ports: [{port: 80, targetPort: http, appProtocol: http}]
        ---

        """;

    [Fact]
    public void DeploymentIsOneSymbolicDataplane()
    {
        var result = Derive(Base + Web + WebService, KumaVersion.V2_14);

        var derived = Assert.Single(result.Dataplanes);
        var dataplane = derived.Dataplane;
        Assert.Equal(("web.shop", 3, ""), (dataplane.CoreName, dataplane.Replicas, dataplane.Address));
        Assert.True(dataplane.IsTransparent);
        Assert.Equal("web-account", dataplane.Labels[WellKnown.Workload]);
        Assert.Equal("zone", dataplane.Labels[WellKnown.Origin]);
        var inbound = Assert.Single(dataplane.Inbounds);
        Assert.Equal(("http", 8080, "http", InboundState.Ready), (inbound.Name, inbound.Port, inbound.RawProtocol, inbound.State));
        Assert.Equal("web_shop_svc_80", inbound.Tags[WellKnown.ServiceTag]);
        Assert.True(Assert.Single(result.Pods).Injected);

        var service = Assert.Single(result.MeshServices);
        Assert.Equal(("web", "shop", "default"), (service.Name, service.Namespace, service.Mesh));
        Assert.Equal("app=web,k8s.kuma.io/namespace=shop", service.Selector.DataplaneTags?.Labels.ToString());
        Assert.Equal(new TargetPort("http"), Assert.Single(service.Ports).TargetPort);
    }

    [Theory]
    [InlineData(KumaVersion.V2_9, "", "ServicePortName")]
    [InlineData(KumaVersion.V2_10, "http", "http")]
    [InlineData(KumaVersion.V3_0, "http", "http")]
    public void InboundsAreNamedAfterContainerPortsSince210(KumaVersion version, string unnamed, string named)
    {
        var text = Base + Web + WebService + WebService.Replace("name: web,", "name: other,", StringComparison.Ordinal).Replace("{port: 80,", "{name: ServicePortName, port: 81,", StringComparison.Ordinal);
        var dataplane = Assert.Single(Derive(text, version).Dataplanes).Dataplane;
        if (version == KumaVersion.V3_0)
            Assert.Equal(named, Assert.Single(dataplane.Inbounds).Name);
        else
            Assert.Equal([named, unnamed], dataplane.Inbounds.Select(static i => i.Name));
    }

    [Fact]
    public void MissingNamedPortsAreReportedWithCandidates()
    {
        var text = Base + Web + WebService.Replace("targetPort: http,", "targetPort: htpp,", StringComparison.Ordinal);
        var result = Derive(text, KumaVersion.V3_0);

        var missing = Assert.Single(result.Events.OfType<NamedPortNotFound>());
        Assert.Equal(("htpp", "web", "web"), (missing.Name, missing.Service.Name, missing.Object.Name));
        Assert.Equal("http,admin", string.Join(',', missing.Candidates));
        Assert.Equal("htpp", missing.Node.Text);
        Assert.Equal("web", Assert.Single(Assert.Single(result.Events.OfType<ServicelessPod>()).Services).Name);
        Assert.Equal(49151, Assert.Single(Assert.Single(result.Dataplanes).Dataplane.Inbounds).Port);
    }

    [Fact]
    public void StatefulSetPodsAreKnownByName()
    {
        const string text = Base + """
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: shop}
            spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec:
              replicas: 2
              ordinals: {start: 5}
              template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, ports: [{containerPort: 5432}]}]}}
            """;
        var result = Derive(text, KumaVersion.V3_0);

        Assert.Equal(["db-5.shop", "db-6.shop"], result.Dataplanes.Select(static d => d.Dataplane.CoreName));
        Assert.Equal(["db-5.shop", "db-6.shop"], result.MeshServices.Select(static m => m.Selector.DataplaneRef));
        var first = result.MeshServices[0];
        Assert.False(first.IsSymbolic);
        Assert.StartsWith("db-5-", first.Name, StringComparison.Ordinal);
        Assert.Equal(("db-5", "5", "true"), (
            first.Labels["statefulset.kubernetes.io/pod-name"], first.Labels["apps.kubernetes.io/pod-index"], first.Labels[WellKnown.IsHeadlessService]));
        Assert.Empty(result.Events.OfType<UnpredictableHeadless>());
    }

    [Fact]
    public void HeadlessDeploymentIsSymbolic()
    {
        var result = Derive(Base + Web + WebService.Replace("spec:", "spec:\n  clusterIP: None", StringComparison.Ordinal), KumaVersion.V3_0);
        var service = Assert.Single(result.MeshServices);
        Assert.True(service.IsSymbolic);
        Assert.Equal("web.shop", service.Selector.DataplaneRef);
        Assert.Equal("web", Assert.Single(result.Events.OfType<UnpredictableHeadless>()).Workload.Name);
    }

    [Theory]
    [InlineData("apps/v1", "DaemonSet", "template", "job_shop_svc")]
    [InlineData("apps/v1", "ReplicaSet", "template", "job_shop_svc")]
    [InlineData("batch/v1", "Job", "template", "job_shop_svc")]
    [InlineData("argoproj.io/v1alpha1", "Rollout", "template", "job_shop_svc")]
    public void EveryTemplateCounts(string apiVersion, string kind, string field, string expected)
    {
        var text = Base + $$"""
            apiVersion: {{apiVersion}}
            kind: {{kind}}
            metadata: {name: job, namespace: shop}
            spec:
              {{field}}:
                metadata: {labels: {app: job} }
                spec: {containers: [{name: x}] }
            """;
        var dataplane = Assert.Single(Derive(text, KumaVersion.V2_14).Dataplanes).Dataplane;
        Assert.Equal("job.shop", dataplane.CoreName);
        Assert.Equal(expected, Assert.Single(dataplane.Inbounds).Tags[WellKnown.ServiceTag]);
    }

    [Fact]
    public void CronJobTemplateIsTwoLevelsDown()
    {
        const string text = Base + """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: nightly, namespace: shop}
            spec: {jobTemplate: {spec: {parallelism: 4, template: {metadata: {labels: {app: job}}, spec: {containers: [{name: x}]}}}}}
            """;
        var dataplane = Assert.Single(Derive(text, KumaVersion.V2_14).Dataplanes).Dataplane;
        Assert.Equal(("nightly.shop", 4), (dataplane.CoreName, dataplane.Replicas));
    }

    [Fact]
    public void NamesOfSymbolicPodsAreKeptApart()
    {
        var text = Base + Web + Web.Replace("Deployment", "DaemonSet", StringComparison.Ordinal);
        Assert.Equal(["web.shop", "web-daemonset.shop"], Derive(text, KumaVersion.V3_0).Dataplanes.Select(static d => d.Dataplane.CoreName));
    }

    [Fact]
    public void OwnedObjectsAreNotExpandedTwice()
    {
        const string text = Base + Web + """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: web-5d4f, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web}]}
            spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: x}]}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web-5d4f-a, namespace: shop, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-5d4f}]}
            spec: {containers: [{name: x}]}
            """;
        var dataplane = Assert.Single(Derive(text, KumaVersion.V2_14).Dataplanes).Dataplane;
        Assert.Equal("web-5d4f-a.shop", dataplane.CoreName);
        Assert.Equal("web_shop_svc", Assert.Single(dataplane.Inbounds).Tags[WellKnown.ServiceTag]);
    }

    [Fact]
    public void StatefulSetsAreCapped()
    {
        const string text = Base + """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec: {replicas: 2000000000, template: {metadata: {labels: {app: db}}, spec: {containers: []}}}
            """;
        var result = Derive(text, KumaVersion.V3_0);
        Assert.Equal(1000, result.Dataplanes.Length);
        Assert.Equal((2000000000, 1000), Assert.Single(result.Events.OfType<ReplicasCapped>()) is var capped ? (capped.Replicas, capped.Considered) : default);
    }

    [Fact]
    public void UndeclaredNamespacesAreAssumedToBeInjected()
    {
        var text = (Base + Web + WebService).Replace("namespace: shop", "namespace: elsewhere", StringComparison.Ordinal);
        var result = Derive(text, KumaVersion.V3_0);
        Assert.Single(result.Dataplanes);
        Assert.Single(result.MeshServices);
        Assert.Equal("elsewhere", Assert.Single(result.Events.OfType<NamespaceAssumed>()).Namespace);
    }

    [Theory]
    [InlineData(KumaVersion.V2_10, true)]
    [InlineData(KumaVersion.V2_11, false)]
    public void PodLabelNeedsTheNamespaceKeySince211(KumaVersion version, bool injected)
    {
        var text = (Base + Web).Replace(", labels: {kuma.io/sidecar-injection: enabled}", "", StringComparison.Ordinal)
            .Replace("{labels: {app: web}}", "{labels: {app: web, kuma.io/sidecar-injection: enabled}}", StringComparison.Ordinal);
        var result = Derive(text, version);
        Assert.Equal(injected, Assert.Single(result.Pods).Injected);
        if (!injected)
            Assert.Equal(NotInjectedReason.NamespaceLacksLabel, Assert.Single(result.Events.OfType<NotInjected>()).Reason);
    }

    [Fact]
    public void WorkloadLabelOnATemplateIsRefused()
    {
        var text = (Base + Web).Replace("{labels: {app: web}}", "{labels: {app: web, kuma.io/workload: mine}}", StringComparison.Ordinal);
        var result = Derive(text, KumaVersion.V2_14);
        Assert.Empty(result.Dataplanes);
        var rejected = Assert.Single(result.Events.OfType<PodRejected>());
        Assert.Equal((PodRejectionReason.WorkloadLabel, "mine"), (rejected.Reason, rejected.Node.Text));
        Assert.Single(Derive(text, KumaVersion.V2_12).Dataplanes);
    }

    [Theory]
    [InlineData(KumaVersion.V2_10, 2, SharedPortOutcome.Repeated)]
    [InlineData(KumaVersion.V2_12, 1, SharedPortOutcome.ReadyDropped)]
    [InlineData(KumaVersion.V2_13, 2, null)]
    [InlineData(KumaVersion.V2_14, 2, SharedPortOutcome.Repeated)]
    [InlineData(KumaVersion.V3_0, 1, SharedPortOutcome.SecondKept)]
    public void InboundsOfOnePortAreDeduplicatedByVersion(KumaVersion version, int count, SharedPortOutcome? outcome)
    {
        // The first Service selects the Pod only without the ignored label.
        var active = WebService.Replace("name: web,", "name: active,", StringComparison.Ordinal).Replace("{app: web}", "{app: web, hash: b}", StringComparison.Ordinal);
        var place = Place with { IgnoredServiceSelectorLabels = ["hash"] };
        var result = Derive(Base + Web + active + WebService, version, place);
        Assert.Equal(count, Assert.Single(result.Dataplanes).Dataplane.Inbounds.Length);
        Assert.Equal(outcome, result.Events.OfType<SharedPort>().SingleOrDefault()?.Outcome);
        Assert.Equal("active", Assert.Single(result.Events.OfType<InboundIgnored>()).Service.Name);
        Assert.Equal("active", Assert.Single(result.Events.OfType<ServiceSelectsNoPod>()).Object.Name);
    }

    [Theory]
    [InlineData("annotations: {kuma.io/ignore: \"true\"}", MeshServiceSkipReason.Ignored)]
    [InlineData("annotations: {kuma.io/gateway: enabled}", MeshServiceSkipReason.GatewayAnnotation)]
    [InlineData("labels: {kuma.io/mesh: ghost}", MeshServiceSkipReason.MeshNotFound)]
    [InlineData("labels: {k8s.kuma.io/zone-proxy-type: egress}", MeshServiceSkipReason.ZoneProxy)]
    public void SkippedServicesSayWhy(string metadata, MeshServiceSkipReason reason)
    {
        var text = Base + Web + WebService.Replace("namespace: shop}", $"namespace: shop, {metadata}}}", StringComparison.Ordinal);
        var result = Derive(text, KumaVersion.V2_14);
        Assert.Empty(result.MeshServices);
        var skipped = Assert.Single(result.Events.OfType<MeshServiceSkipped>());
        Assert.Equal(reason, skipped.Reason);
        Assert.Equal("web", Assert.Single(skipped.Pods).Name);
    }

    [Fact]
    public void HandWrittenMeshServiceStandsInTheWay()
    {
        const string written = """
            apiVersion: kuma.io/v1alpha1
            kind: MeshService
            metadata: {name: web, namespace: shop, labels: {kuma.io/mesh: default}}
            spec: {}
            ---

            """;
        var error = Assert.Single(Derive(Base + written + Web + WebService, KumaVersion.V3_0).Events.OfType<MeshServiceError>());
        Assert.Equal((MeshServiceErrorReason.NotOwned, "web"), (error.Reason, error.Existing?.Resource.Name));

        var ignored = WebService.Replace("namespace: shop}", "namespace: shop, annotations: {kuma.io/ignore: \"yes\"}}", StringComparison.Ordinal);
        Assert.Equal("web", Assert.Single(Derive(Base + written + Web + ignored, KumaVersion.V3_0).Events.OfType<ResourceDeleted>()).Resource.Resource.Name);
    }

    [Fact]
    public void ServiceTrapsAreReported()
    {
        const string service = """
            apiVersion: v1
            kind: Service
            metadata:
              name: web
              namespace: shop
              annotations:
                80.service.kuma.io/protocol: http
                8080.service.kuma.io/protocol: http
                77.service.kuma.io/protocol: http
                81.service.kuma.io/protocol: foo
                kuma.io/ignore: enabled
                kuma.io/mesh: other
            spec:
              selector: {app: web, kuma.io/x: "1"}
              ports:
              - {name: a, port: 80, targetPort: 8080}
              - {name: b, port: 81}
              - {name: c, port: 82, appProtocol: HTTP}
              - {name: d, port: 83, appProtocol: redis}
              - {name: e, port: 84, protocol: UDP}
            """;
        var events = Derive(Base + Web + service, KumaVersion.V2_14, Place).Events;
        Assert.Equal(["other"], events.OfType<MeshByAnnotation>().Select(static e => e.Effective));
        Assert.Equal("enabled", Assert.Single(events.OfType<IgnoredByHalf>()).Value);
        Assert.Equal(
            [ProtocolAnnotationTrap.TargetPort, ProtocolAnnotationTrap.NoSuchPort, ProtocolAnnotationTrap.UnknownValue],
            events.OfType<ProtocolAnnotationSuspect>().Select(static e => e.Trap));
        Assert.Equal("kuma.io/x", Assert.Single(events.OfType<UnmatchableSelector>()).Node.Key);
        // The mesh of the annotation does not exist, so ports are not looked at; in 3.0 the annotation is none.
        Assert.Equal(MeshServiceSkipReason.MeshNotFound, Assert.Single(events.OfType<MeshServiceSkipped>()).Reason);
        var next = Derive(Base + Web + service, KumaVersion.V3_0, Place).Events;
        Assert.Equal(["default"], next.OfType<MeshByAnnotation>().Select(static e => e.Effective));
        Assert.Equal(
            [(AppProtocolTrap.AnnotationOnly, 80), (AppProtocolTrap.AnnotationOnly, 81), (AppProtocolTrap.UpperCase, 82), (AppProtocolTrap.Unsupported, 83)],
            next.OfType<AppProtocolSuspect>().Select(static e => (e.Trap, e.Port)));
        Assert.Equal("UDP", Assert.Single(next.OfType<UnsupportedPortProtocol>()).Protocol);
        Assert.Equal(MeshServiceErrorReason.InvalidAppProtocol, Assert.Single(next.OfType<MeshServiceError>()).Reason);
    }

    [Theory]
    [InlineData("", ReachableBackendsTrap.NoRefs)]
    [InlineData("refs: [{kind: MeshService, name: a, prot: 80}]", ReachableBackendsTrap.UnknownKey)]
    [InlineData("backends: []", ReachableBackendsTrap.NoRefs)]
    public void ReachableBackendsTraps(string annotation, ReachableBackendsTrap trap)
    {
        var text = Base + Web.Replace("{labels: {app: web}}", $"{{labels: {{app: web}}, annotations: {{kuma.io/reachable-backends: '{annotation}'}}}}", StringComparison.Ordinal);
        var result = Derive(text, KumaVersion.V3_0);
        Assert.Contains(trap, result.Events.OfType<ReachableBackendsSuspect>().Select(static e => e.Trap));
        Assert.NotNull(Assert.Single(result.Dataplanes).Dataplane.ReachableBackends);
    }

    [Theory]
    [InlineData("refs: {a: b}")]
    [InlineData("- a")]
    [InlineData("refs: [{port: eighty}]")]
    [InlineData("not: [valid")]
    public void UnreadableReachableBackendsCostTheDataplane(string annotation)
    {
        var text = Base + Web.Replace("{labels: {app: web}}", $"{{labels: {{app: web}}, annotations: {{kuma.io/reachable-backends: '{annotation}'}}}}", StringComparison.Ordinal);
        var result = Derive(text, KumaVersion.V2_14);
        Assert.Empty(result.Dataplanes);
        Assert.Equal(DataplaneErrorReason.InvalidReachableBackends, Assert.Single(result.Events.OfType<DataplaneError>()).Reason);
    }

    [Fact]
    public void MeshesOfAGlobalCountInFederatedZones()
    {
        var global = new ControlPlane { Role = ControlPlaneRole.Global, Zone = "" };
        var zone = Place with { Role = ControlPlaneRole.FederatedZone };
        var (_, meshes) = Read(Base, global);
        var (objects, _) = Read(Base + Web, zone);
        var input = new KubernetesInput { Version = KumaVersion.V3_0, Objects = objects, Resources = meshes };
        Assert.Single(KubernetesDeriver.Derive(input).Dataplanes);
        Assert.Empty(KubernetesDeriver.Derive(input with { Resources = [] }).Dataplanes);
        Assert.Single(KubernetesDeriver.Derive(input with { Meshes = MeshBook.Of([], KumaVersion.V3_0, static (_, name) => name == "default") }).Dataplanes);
    }

    [Fact]
    public void ZoneIngressServiceGivesListenerAndAddress()
    {
        const string text = Base + """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: proxy, namespace: shop}
            spec: {template: {metadata: {labels: {app: proxy}}, spec: {containers: [{name: x, ports: [{containerPort: 10001}]}]}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: ingress, namespace: shop, labels: {k8s.kuma.io/zone-proxy-type: ingress}}
            spec: {type: LoadBalancer, selector: {app: proxy}, ports: [{port: 10001}]}
            """;
        var result = Derive(text, KumaVersion.V3_0);
        var dataplane = Assert.Single(result.Dataplanes).Dataplane;
        Assert.Empty(dataplane.Inbounds);
        Assert.Equal("ZoneIngress", Assert.Single(dataplane.Listeners).Type);
        Assert.Equal("enabled", dataplane.Labels[WellKnown.ListenerZoneIngress]);
        Assert.Empty(dataplane.ReachableBackends ?? [new DataplaneRef("", "", "", LabelSet.Empty, null, default)]);
        Assert.False(Assert.Single(result.MeshZoneAddresses).IsKnown);
    }

    [Fact]
    public void UniversalControlPlanesDeriveNothing()
    {
        var (objects, resources) = Read(Base + Web + WebService, Place with { Environment = ControlPlaneEnvironment.Universal });
        Assert.Empty(KubernetesDeriver.Derive(new KubernetesInput { Version = KumaVersion.V3_0, Objects = objects, Resources = resources }).ControlPlanes);
    }

    [Theory]
    [InlineData(null, null, "tcp")]
    [InlineData("", null, "tcp")]
    [InlineData(null, "http", "http")]
    [InlineData("not-known", null, "tcp")]
    [InlineData("not-known", "grpc", "grpc")]
    [InlineData("HtTp", "grpc", "http")]
    [InlineData("tls", null, "tls")]
    [InlineData(null, "MyOwn", "myown")]
    public void ProtocolComesFromAppProtocolThenAnnotation(string? appProtocol, string? annotation, string expected)
    {
        var text = WebService.Replace("targetPort: http, appProtocol: http", appProtocol is null ? "targetPort: http" : $"targetPort: http, appProtocol: '{appProtocol}'", StringComparison.Ordinal);
        if (annotation is not null)
            text = text.Replace("namespace: shop}", $"namespace: shop, annotations: {{80.service.kuma.io/protocol: {annotation}}}}}", StringComparison.Ordinal);
        var service = ServiceModel.Read(Assert.Single(Read(text, Place).Objects), []);
        Assert.Equal(expected, InboundConverter.ProtocolOf(KumaVersion.V2_14, service, service.Ports[0]));
    }

    [Theory]
    [InlineData("http", "TCP", true, 8080, "http")]
    [InlineData("http", "UDP", false, 0, null)]
    [InlineData("dns", "UDP", true, 53, "dns")]
    [InlineData("8080", "TCP", true, 8080, "http")]
    [InlineData("9090", "TCP", true, 9090, null)]
    [InlineData("53", "TCP", true, 53, null)]
    [InlineData("absent", "TCP", false, 0, null)]
    public void TargetPortsAreFoundByNameOrNumberAndTransport(string targetPort, string protocol, bool isFound, int number, string? name)
    {
        const string pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: shop}
            spec:
              containers:
              - {name: a, ports: [{containerPort: 8080, name: http}, {containerPort: 8080, name: second}]}
              - {name: b, ports: [{containerPort: 53, name: dns, protocol: UDP}, {containerPort: 81, name: http}]}
            """;
        var model = PodModel.FromPod(Assert.Single(Read(pod, Place).Objects), isDump: false);
        var text = WebService.Replace("targetPort: http,", $"protocol: {protocol}, targetPort: {targetPort},", StringComparison.Ordinal);
        var service = ServiceModel.Read(Assert.Single(Read(text, Place).Objects), []);
        Assert.Equal(isFound, InboundConverter.FindPort(model, service.Ports[0], out var actual, out var port, out _));
        Assert.Equal((number, name), (actual, port?.Name));
    }

    [Theory]
    [InlineData("labels: {kuma.io/mesh: a}, annotations: {kuma.io/mesh: b}", "labels: {kuma.io/mesh: c}", "a", "a")]
    [InlineData("annotations: {kuma.io/mesh: b}", "labels: {kuma.io/mesh: c}", "b", "c")]
    [InlineData("labels: {kuma.io/mesh: ''}", "labels: {kuma.io/mesh: c}, annotations: {kuma.io/mesh: d}", "c", "c")]
    [InlineData("", "annotations: {kuma.io/mesh: d}", "d", "default")]
    [InlineData("", "", "default", "default")]
    public void MeshIsTakenFromTheObjectThenTheNamespace(string pod, string ns, string two, string three)
    {
        var text = $$"""
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop{{(ns.Length > 0 ? ", " : "")}}{{ns}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: shop{{(pod.Length > 0 ? ", " : "")}}{{pod}}}
            spec: {}
            """;
        var (objects, _) = Read(text, Place);
        foreach (var (version, expected) in new[] { (KumaVersion.V2_14, two), (KumaVersion.V3_0, three) })
        {
            var input = new KubernetesInput { Version = version, Objects = objects };
            var cluster = new Cluster(input, Place, [.. objects], new EventSink());
            var model = PodModel.FromPod(objects[1], isDump: false);
            Assert.Equal(expected, cluster.MeshOf(model.Labels, model.Annotations, cluster.Namespace("shop", objects[1])));
        }
    }

    [Fact]
    public void HostileObjectsAreSurvived()
    {
        const string text = Base + """
            apiVersion: v1
            kind: Pod
            metadata: [1, 2]
            spec: nothing
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: {a: b}, namespace: shop}
            spec: {ports: [1, {port: -9999999999}, {port: [x], targetPort: {}}], selector: [a]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: s, namespace: shop}
            spec: {replicas: -1, template: {spec: {containers: {a: 1}}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d, namespace: shop}
            spec: {template: {metadata: {labels: [a], annotations: {kuma.io/gateway: 5}}, spec: {containers: [null, 3, {ports: [null, {containerPort: 1e99}], livenessProbe: {httpGet: {port: [1]}}}]}}}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: e, namespace: shop, labels: {kubernetes.io/service-name: s}}
            endpoints: {a: b}
            """;
        foreach (var version in KumaVersions.All)
            Assert.NotEmpty(Derive(text, version).Events);
    }

    private static ControlPlane Place { get; } = new() { Zone = "east", Environment = ControlPlaneEnvironment.Kubernetes };

    private static ControlPlaneDerivation Derive(string text, KumaVersion version, ControlPlane? place = null)
    {
        var (objects, resources) = Read(text, place ?? Place);
        return Assert.Single(KubernetesDeriver.Derive(new KubernetesInput { Version = version, Objects = objects, Resources = resources }).ControlPlanes);
    }

    private static (System.Collections.Immutable.ImmutableArray<KubernetesObject> Objects, System.Collections.Immutable.ImmutableArray<StoredResource> Resources) Read(string text, ControlPlane place)
    {
        var objects = new List<KubernetesObject>();
        var resources = new List<StoredResource>();
        foreach (var document in DocumentReader.Read(new SourceText("test.yaml", text)))
        {
            var content = ResourceReader.Read(document, place, objects.Count + resources.Count);
            objects.AddRange(content.Objects);
            resources.AddRange(content.Resources.Select(static r => new StoredResource { Resource = r, Labels = LabelSet.From(r.LabelsNode), Spec = r.Spec }));
        }

        return ([.. objects], [.. resources]);
    }
}
