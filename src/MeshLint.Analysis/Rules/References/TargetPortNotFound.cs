using System.Globalization;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using Misses = System.Lazy<System.Linq.ILookup<MeshLint.Kuma.Resources.KubernetesObject, MeshLint.Kuma.Kubernetes.NamedPortNotFound>>;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A port of a MeshService whose <c>targetPort</c> no inbound of some or all of its Dataplanes answers to.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/meshservice/match.go (MatchInboundWithMeshServicePort) and status/updater.go: a number compares
/// with
/// the inbound's port, a string with its name, an absent one with nothing; one port without endpoints makes the service Unavailable.
/// Conditions B25, C01, D11–D14 of docs/coverage.md.
/// </remarks>
internal sealed class TargetPortNotFound : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2001", "target-port-not-found", "A targetPort matches no inbound of the selected Dataplanes", RuleCategory.References,
        Severity.Error);

    private const int MostRelated = 3;

    /// <summary>
    /// Port of the one inbound of a Pod to which no Service leads (kuma: pkg/plugins/runtime/k8s/controllers/inbound_converter.go).
    /// </summary>
    private const int Serviceless = 49151;

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var misses = new Misses(() => context.Compilation.Derivation.Events.OfType<NamedPortNotFound>().ToLookup(e => e.Service));
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service.Kind != DestinationKind.MeshService || service.Origin == DestinationOrigin.GeneratedFromDataplanes
                || service.Selected.IsEmpty)
                continue;
            foreach (var port in service.Ports)
                Check(context, misses, service, port);
        }

        CheckServices(context);
    }

    // Where the Service gives no MeshService, the graph holds nothing that could be looked at.
    private static void CheckServices(RuleContext context)
    {
        foreach (var controlPlane in context.Compilation.Derivation.ControlPlanes)
        {
            HashSet<KubernetesObject>? served = null;
            foreach (var missing in controlPlane.Events.OfType<NamedPortNotFound>())
            {
                served ??= controlPlane.MeshServices.Select(m => m.Service).ToHashSet();
                if (!served.Contains(missing.Service))
                    ReportService(context, missing);
            }
        }
    }

    private static void ReportService(RuleContext context, NamedPortNotFound missing) =>
        context.Report(
                Descriptor,
                RuleText.At(missing.Node, missing.Service.Location),
                $"no container port of {missing.Object.Kind} '{missing.Object.Name}' is named '{missing.Name}', the targetPort of Service "
                    + $"'{missing.Service.Name}'")
            .On(missing.Service)
            .Related(
                missing.OtherProtocol.Exists ? Location.Of(missing.OtherProtocol) : missing.Object.Location,
                missing.OtherProtocol.Exists
                    ? "has the name, but another transport protocol"
                    : $"its container ports are {RuleText.Quoted(missing.Candidates)}")
            .Note("the Dataplane gets no inbound for the port; the control plane only logs it")
            .NearMiss(missing.Name, missing.Node, missing.Candidates);

    private static void Check(RuleContext context, Misses misses, Destination service, MeshServicePort port)
    {
        var missing = new List<Dataplane>();
        foreach (var dataplane in service.Selected)
        {
            if (!Serves(dataplane, port.TargetPort))
                missing.Add(dataplane);
        }

        if (missing.Count == 0)
            return;

        var total = service.Selected.Length;
        var whole = missing.Count == total && !service.IsSelectionCut;
        var target = port.TargetPort;
        var node = port.Node["targetPort"];
        // A Kubernetes Service may leave targetPort out; the port then stands for it.
        var at = node.Exists ? node : port.Node["port"].Exists ? port.Node["port"] : port.Node;
        var whom = total == 1
            ? "the selected Dataplane"
            : whole
            ? $"the {total} selected Dataplanes"
            : service.IsSelectionCut
            ? $"at least {missing.Count} selected Dataplanes"
            : $"{missing.Count} of the {total} selected Dataplanes";
        var message = target.IsAbsent
            ? $"port {Number(port.Port)} of {RuleText.Name(service)} has no targetPort, so it matches no inbound"
            : target.Name is { } name
                ? $"no inbound of {whom} is named '{name}', the targetPort of {RuleText.Name(service)}"
                : $"no inbound of {whom} has port {target}, the targetPort of {RuleText.Name(service)}";
        var finding = context.Report(Descriptor, RuleText.At(at, service.Location), message)
            .On(RuleText.Identity(service))
            .As(whole || !service.IsAvailable ? Severity.Error : Severity.Warning);
        Explain(context, misses, finding, service, port, missing, at);
        Describe(finding, service, whole);
    }

    private static bool Serves(Dataplane dataplane, TargetPort target)
    {
        foreach (var inbound in dataplane.Inbounds)
        {
            if (target.Name is { } name ? inbound.Name == name : target.Number == inbound.Port)
                return true;
        }

        return false;
    }

    private static void Explain(
        RuleContext context, Misses misses, Finding finding, Destination service, MeshServicePort port, List<Dataplane> missing, Node at)
    {
        var inbounds = missing.SelectMany(d => d.Inbounds).ToList();
        var names = inbounds.Select(i => i.Name).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ToList();
        var ports = inbounds.Select(i => i.Port).Distinct().Order().ToList();
        if (port.TargetPort.IsAbsent)
        {
            finding.Note("a missing targetPort does not default to the port; the port has no endpoints");
            if (ports.Contains(port.Port))
                finding.Help($"add 'targetPort: {Number(port.Port)}'").Add(at, "targetPort", Number(port.Port));
            else
                finding.Help($"add the targetPort; the inbounds have {Offer(names, ports)}");
        }
        else if (port.TargetPort.Name is { } name)
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && ports.Contains(number))
            {
                finding.Note("a quoted number is a string, and a string is compared with the names of inbounds")
                    .Help("write the number without quotes");
                if (at.Source is { } source && at.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted
                    && service.Declared is not null)
                    finding.Fix(new Fix("Remove the quotes", FixSafety.Safe, [new TextEdit(source, at.Span, name)]));
            }
            else if (service.Derived is { } derived)
            {
                // The name is looked up among the container ports; an inbound is only there where it was found.
                var declared = ContainerPorts(misses, derived, at);
                finding.Help($"the containers name their TCP ports {RuleText.Quoted(declared)}").NearMiss(name, at, declared);
                if (missing.TrueForAll(IsPlaceholder))
                    finding.Note(
                        "no port of any Service leads to these Pods, so each Dataplane has only the placeholder inbound on port 49151");
            }
            else
            {
                finding.Help($"the inbounds have {Offer(names, ports)}").NearMiss(name, at, names);
            }
        }
        else
        {
            finding.Help($"the inbounds have {Offer(names, ports)}");
            if (inbounds.Any(i => i.ServicePort == port.TargetPort.Number && i.Port != i.ServicePort))
                finding.Note(
                    $"{port.TargetPort} is a servicePort, the port of the application; a targetPort names the inbound's port, where the "
                        + "proxy listens");
        }

        if (service.Derived is not null && context.Version.Behaviour.InboundNamedByServicePort && port.TargetPort.Name is not null)
            finding.Note($"Kuma {context.Version.Text()} names an inbound after the Service's port, not after the container's");
        foreach (var dataplane in missing.Take(MostRelated))
            finding.Related(
                dataplane.Location,
                $"{RuleText.Name(dataplane)} has {(IsPlaceholder(dataplane) ? "only the placeholder inbound" : Offer(dataplane))}");
    }

    private static bool IsPlaceholder(Dataplane dataplane) =>
        dataplane.IsDerived && dataplane.Inbounds.All(static i => i.Port == Serviceless);

    private static List<string> ContainerPorts(Misses misses, DerivedMeshService derived, Node at) =>
    [
        .. misses.Value[derived.Service].Where(e => e.Node == at)
            .SelectMany(e => e.Candidates).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static void Describe(Finding finding, Destination service, bool whole)
    {
        finding.Note(whole ? "the port has no endpoints: requests to it fail" : "those Dataplanes get no traffic for this port");
        if (!service.IsAvailable)
            finding.Note(
                "no Dataplane serves every port, so the service is Unavailable, and MeshMultiZoneServices in other zones leave it out");
    }

    private static string Offer(Dataplane dataplane) => Offer(
        dataplane.Inbounds.Select(i => i.Name).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToList(),
        dataplane.Inbounds.Select(i => i.Port).Distinct().ToList());

    private static string Offer(List<string> names, List<int> ports) => (names.Count, ports.Count) switch
    {
        (0, 0) => "no ports",
        (0, _) => $"{(ports.Count == 1 ? "port" : "ports")} {string.Join(", ", ports.Take(5).Select(Number))} without a name",
        _ =>
            $"{(names.Count == 1 ? "name" : "names")} {RuleText.Quoted(names)}, {(ports.Count == 1 ? "port" : "ports")} "
                + $"{string.Join(", ", ports.Take(5).Select(Number))}",
    };

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
}
