using MeshLint.Core.Diagnostics;
using MeshLint.Core.Kubernetes;
using MeshLint.Core.Resources;
using static MeshLint.Core.Rules.Kubernetes.KubernetesDescriptors;

namespace MeshLint.Core.Rules.Kubernetes;

/// <summary>What the derivation of Dataplanes and MeshServices from Kubernetes objects met on its way.</summary>
/// <remarks>
/// The deriver mirrors kuma: pkg/plugins/runtime/k8s (injector, Pod and Service controllers) and says what went wrong as events; here each event gets
/// its descriptor and its words. Conditions C05, C07, C08, C12–C38, C40 and B26 of docs/coverage.md. What the graph rules say with more
/// to tell (C01, C02, C09–C11) is left to them.
/// </remarks>
internal sealed class KubernetesRule : Rule
{
    public override ImmutableArray<DiagnosticDescriptor> Descriptors => All;

    public override void Analyze(RuleContext context)
    {
        foreach (var controlPlane in context.Compilation.Derivation.ControlPlanes)
        {
            var served = controlPlane.MeshServices.Select(m => m.Service).ToHashSet();
            var numbers = new Dictionary<(KubernetesObject Service, int Port), NamedPortFound>();
            var said = new HashSet<(DiagnosticDescriptor, Location)>();
            // Namespaces that no document states: whether their Pods are injected at all is an assumption.
            var assumed = controlPlane.Events.OfType<NamespaceAssumed>().Select(e => e.Namespace).ToHashSet(StringComparer.Ordinal);
            foreach (var item in controlPlane.Events)
            {
                if (item is NamedPortFound found)
                    CompareNumbers(context, numbers, found, said);
                else if (item is NamedPortNotFound missing && !served.Contains(missing.Service))
                    ReportMissingPort(context, missing);
                else if (Describe(context, item) is { } report && said.Add((report.Descriptor, report.At)))
                    (report.Descriptor == NoDataplane && assumed.Contains(item.Object.Namespace) ? report.World("Namespace") : report).Report(context);
            }
        }
    }

    // C05: one name leads to different numbers.
    private static void CompareNumbers(RuleContext context, Dictionary<(KubernetesObject Service, int Port), NamedPortFound> numbers, NamedPortFound found, HashSet<(DiagnosticDescriptor, Location)> said)
    {
        if (!found.Node.Exists || numbers.TryAdd((found.Service, found.Node.Span.Start), found))
            return;
        var first = numbers[(found.Service, found.Node.Span.Start)];
        if (first.Port == found.Port || !said.Add((NamedPortDiffers, Location.Of(found.Node))))
            return;
        context.Report(NamedPortDiffers, Location.Of(found.Node), $"targetPort '{found.Name}' is port {first.Port} of {first.Object.Kind} '{first.Object.Name}' and port {found.Port} of {found.Object.Kind} '{found.Object.Name}'")
            .On(found.Service)
            .Related(RuleText.At(first.ContainerPort, first.Object.Location), $"port {first.Port}")
            .Related(RuleText.At(found.ContainerPort, found.Object.Location), $"port {found.Port}");
    }

    // Where the Service gives no MeshService, the graph cannot tell.
    private static void ReportMissingPort(RuleContext context, NamedPortNotFound missing) =>
        context.Report(References.TargetPortNotFound.Descriptor, RuleText.At(missing.Node, missing.Service.Location), $"targetPort '{missing.Name}' is no port of {missing.Object.Kind} '{missing.Object.Name}'")
            .On(missing.Service)
            .Related(missing.OtherProtocol.Exists ? Location.Of(missing.OtherProtocol) : missing.Object.Location, missing.OtherProtocol.Exists ? "has the name, with another transport protocol" : $"has {RuleText.Quoted(missing.Candidates)}")
            .Note("the Dataplane gets no inbound for the port; the control plane only logs it")
            .NearMiss(missing.Name, missing.Node, missing.Candidates);

    private static EventReport? Describe(RuleContext context, KubernetesEvent item)
    {
        var about = $"{item.Object.Kind} '{item.Object.Name}'";
        return item switch
        {
            NotInjected { Reason: NotInjectedReason.NamespaceLacksLabel } => New(NotInjectedPod, $"{about} asks for a sidecar, but its namespace lacks the label '{WellKnown.SidecarInjection}'")
                .Note("since 2.11 no webhook is called for such a namespace").Help($"label the namespace, with any value"),
            NotInjected { Reason: NotInjectedReason.PodLabelNotMatched } => New(NotInjectedPod, $"{about} asks for a sidecar with a value that the webhook does not select")
                .Note("the webhook's selector knows 'enabled' only").Help($"write '{WellKnown.SidecarInjection}: enabled'"),
            PodRejected e => New(PodRefused, $"the Pods of {about} are refused: {Sentence(e.Text)}").World(e.Reason == PodRejectionReason.MeshNotFound ? "Mesh" : null).Refuses(item.Object.Kind == "Pod" ? e.Text : null),
            DataplaneError { Reason: DataplaneErrorReason.NodeNotFound or DataplaneErrorReason.OwnerNotFound } => null,
            DataplaneError e => New(NoDataplane, $"{about} gets no Dataplane: {Sentence(e.Text)}").World(e.Reason == DataplaneErrorReason.MeshNotFound ? "Mesh" : null).Related(e.Services, "this Service brings it about"),
            SharedPort { ProtocolsDiffer: true, Outcome: not SharedPortOutcome.Repeated } e => New(SharedPortDiffers, $"two Services lead to port {e.Port} of {about} with different protocols, one of them counts")
                .On(e.Service).Related(e.FirstPort.Exists ? Location.Of(e.FirstPort) : e.First.Location, e.Outcome == SharedPortOutcome.SecondKept ? "does not count" : "counts"),
            SharedPort { Outcome: SharedPortOutcome.ReadyDropped } e => New(SharedPortDiffers, $"the inbound of Service '{e.Service.Name}' on port {e.Port} of {about} is dropped for one that takes no traffic")
                .On(e.Service).Related(e.FirstPort.Exists ? Location.Of(e.FirstPort) : e.First.Location, "stays, but is Ignored"),
            ListenersSkipped e => New(ListenerSkipped, $"zone-proxy Service '{e.Service.Name}' gives no listener: mesh '{e.Mesh}' is not in mode Exclusive").On(e.Service),
            DuplicateListener e => New(ListenerSkipped, $"zone-proxy Services '{e.First.Name}' and '{e.Service.Name}' lead to one port, {e.Port}; the second counts for nothing").On(e.Service),
            ReachableBackendsSuspect e => New(ReachableBackendsAnnotation, e.Trap switch
            {
                ReachableBackendsTrap.NoRefs => $"'kuma.io/reachable-backends' of {about} has no 'refs', so its proxies reach nothing",
                ReachableBackendsTrap.UnknownKey => $"'{e.Key}' means nothing in 'kuma.io/reachable-backends' of {about}",
                _ => $"'kuma.io/reachable-backends' of {about} is not read: the Pod has no transparent proxy",
            }),
            MeshServiceSkipped { Reason: MeshServiceSkipReason.NotInMesh, Pods.IsEmpty: false } e => New(ServiceOutOfMesh, $"{about} has injected Pods behind it, but gives no MeshService")
                .Related(e.Pods, "has a Dataplane").Note("neither the Service's label 'kuma.io/mesh' nor its namespace's label 'kuma.io/sidecar-injection' brings it into a mesh")
                .Help("label the Service with 'kuma.io/mesh', or the namespace for injection"),
            MeshServiceError e => New(NoMeshService, $"{about} gives no MeshService: {Sentence(e.Text)}").Related(e.Existing?.Resource.Location, "written by hand"),
            ResourceDeleted e => New(DeletedResource, $"the control plane deletes {e.Resource.Kind} '{e.Resource.Resource.Name}', because {about} must have none").Related(e.Resource.Resource.Location, "this one"),
            UnsupportedPortProtocol { IsLast: true } e => New(NoTcpPort, $"{about} has only {e.Protocol} ports, so its MeshService has none").Note("it counts as healthy and routes nothing"),
            ProtocolAnnotationSuspect { Trap: ProtocolAnnotationTrap.NoSuchPort or ProtocolAnnotationTrap.TargetPort } e => New(UnusedProtocolAnnotation, e.Trap == ProtocolAnnotationTrap.TargetPort
                ? $"'{e.Node.Key}' of {about} names a targetPort; the annotation is keyed by the Service's port"
                : $"'{e.Node.Key}' names no port of {about}").AtKey(),
            IgnoredByHalf e => New(HalfIgnored, $"'kuma.io/ignore: {e.Value}' keeps {about} from its inbounds, but the MeshService is made").Help("write 'true'"),
            GatewayOnService => New(GatewayAnnotation, $"'kuma.io/gateway' on {about} only suppresses its MeshService; the Pods keep their inbounds").AtKey().Help("annotate the Pods"),
            MeshByAnnotation e => New(AnnotatedMesh, !context.Version.Behaviour.MeshAnnotation
                    ? $"Kuma {context.Version.Text()} does not read the annotation 'kuma.io/mesh': {about} is in mesh '{e.Effective}', not '{e.Mesh}'"
                    : $"{about} chooses its mesh by an annotation, which 3.0 does not read").As(context.Version.Behaviour.MeshAnnotation ? Severity.Info : Severity.Error).Help("use the label 'kuma.io/mesh'"),
            MeshMismatch e => New(OtherMesh, $"{about} is in mesh '{e.Mesh}', {e.Pod.Kind} '{e.Pod.Name}' behind it in mesh '{e.PodMesh}'").Related([e.Pod], $"mesh '{e.PodMesh}'").Note("a MeshService selects Dataplanes of its own mesh only, so this one has no endpoint"),
            UnmatchableSelector e => New(UnmatchableServiceSelector, $"selector '{e.Node.Key}' of {about} never matches a Dataplane").AtKey()
                .Note("Pod labels with an empty value, and those whose key holds 'kuma.io/', do not become inbound tags, by which 2.x selects"),
            SelectorlessService => New(Selectorless, $"{about} has no selector, so its MeshService selects every Dataplane of the namespace").Note("any of them with a port of that number gets its traffic"),
            ServiceSelectsNoPod => New(SelectsNoPod, $"the selector of {about} matches no Pod of namespace '{item.Object.Namespace}'").World("Pod"),
            ReservedServiceLabel e => New(ReservedLabel, $"label '{e.Node.Key}' of {about} is copied to its MeshService, where Kuma computes it").AtKey().Help("leave the label to Kuma"),
            UnpredictableHeadless e => New(Headless, $"headless {about} has Pods without stable names behind it").Related([e.Workload], "no StatefulSet")
                .As(item.Object.Place.IsFederated ? Severity.Warning : Severity.Info).Note("each Pod becomes a MeshService of its own; the default hostname of other zones asks for the label that only a StatefulSet's Pods have"),
            WorkloadSkipped e => New(NoWorkload, e.Reason switch
            {
                WorkloadSkipReason.SeveralMeshes => $"workload '{e.Name}' is named by Dataplanes of several meshes: {RuleText.Quoted(e.Meshes)}",
                _ => $"workload name '{e.Name}' of {about} is no DNS label, so nothing is generated from it",
            }),
            MeshZoneAddressSkipped { Reason: MeshZoneAddressSkipReason.Error } e => New(ListenerSkipped, $"zone-ingress {about} gives no MeshZoneAddress: {Sentence(e.Text)}"),
            ReplicasCapped e => New(CappedReplicas, $"{about} has {e.Replicas} replicas; the first {e.Considered} stand for all"),
            _ => null,
        };

        EventReport New(DiagnosticDescriptor descriptor, string message) => new(descriptor, item, message);
    }

    private static string Sentence(string text) => text.TrimEnd('.', '\n').ReplaceLineEndings(" ");
}
