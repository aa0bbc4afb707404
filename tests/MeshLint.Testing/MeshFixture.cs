using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MeshLint.Kuma.Versions;

namespace MeshLint.Testing;

/// <summary>
/// A small mesh for a test, in few words: <c>MeshFixture.Standalone().Mesh().Dataplane("cart-1", "main=8080").MeshService("cart", "web=80->main")</c>. What
/// is under test is written out and added with <see cref="With"/>. Immutable: a fixture can be the start of several tests.
/// </summary>
/// <remarks>
/// Ports are written <c>[name=]port[->targetPort][/protocol]</c>; the protocol is http where none is given. Labels are written as in a YAML
/// flow mapping, without its braces: <c>app: cart, team: shop</c>. By itself a fixture has no finding above info.
/// </remarks>
public sealed class MeshFixture
{
    private readonly ImmutableArray<(string Folder, string Text)> documents;
    private readonly ImmutableArray<string> zones;
    private readonly string mesh;
    private readonly string folder;
    private readonly bool isExclusive;
    private readonly KumaVersion version;

    private MeshFixture(string mesh, string folder, ImmutableArray<string> zones, ImmutableArray<(string Folder, string Text)> documents, bool isExclusive, KumaVersion version)
    {
        this.mesh = mesh;
        this.folder = folder;
        this.zones = zones;
        this.documents = documents;
        this.isExclusive = isExclusive;
        this.version = version;
    }

    /// <summary>One Universal control plane for all documents; no configuration.</summary>
    public static MeshFixture Standalone(string mesh = "default", KumaVersion version = KumaVersion.V2_14) =>
        new(mesh, "", [], [], isExclusive: false, version);

    /// <summary>A Universal Global, to which documents go first, and the Universal zones that <see cref="InZone"/> names.</summary>
    public static MeshFixture Federated(string mesh = "default", KumaVersion version = KumaVersion.V2_14) =>
        new(mesh, "global", ["global"], [], isExclusive: false, version);

    /// <summary>What follows goes to the Global.</summary>
    public MeshFixture InGlobal() => At("global");

    /// <summary>What follows goes to this federated zone.</summary>
    public MeshFixture InZone(string zone) => At(zone);

    /// <summary>The Mesh.</summary>
    /// <param name="mode"><c>meshServices.mode</c>, which 3.0 no longer has.</param>
    /// <param name="more">Further lines of the document.</param>
    public MeshFixture Mesh(string mode = "Exclusive", string more = "") =>
        Add($"type: Mesh\nname: {mesh}\n{(version.IsTwo() ? $"meshServices: {{mode: {mode}}}\n" : "")}{Lines(more)}", mode == "Exclusive");

    /// <summary>A Dataplane with the inbounds given; its label <c>app</c> is its name without the number at the end.</summary>
    /// <param name="name">Such as <c>cart-1</c>.</param>
    /// <param name="inbounds">Such as <c>main=8080</c> or <c>9090/tcp</c>, several with spaces between.</param>
    /// <param name="labels">In place of the label <c>app</c>.</param>
    /// <param name="service">
    /// The value of the inbounds' tag <c>kuma.io/service</c>. Without it they have tags only where the version or the mesh needs them, the value being
    /// <c>APP-app</c>, so that no service is generated under the name of the label.
    /// </param>
    public MeshFixture Dataplane(string name, string inbounds = "main=8080", string? labels = null, string? service = null)
    {
        var app = name.TrimEnd("0123456789".ToCharArray()).TrimEnd('-');
        var own = labels ?? $"app: {app}";
        var text = new StringBuilder($"type: Dataplane\nmesh: {mesh}\nname: {name}\nlabels: {{{own}}}\n");
        text.Append(CultureInfo.InvariantCulture, $"networking:\n  address: 10.0.0.{documents.Length + 1}\n  inbound:\n");
        foreach (var port in Ports(inbounds))
        {
            var tags = string.Join(", ", new[] { $"kuma.io/service: {service ?? $"{app}-app"}", $"kuma.io/protocol: {port.Protocol}", SelectsByTags ? own : "" }.Where(static t => t.Length > 0));
            var protocol = version.IsTwo() && (service is not null || SelectsByTags || !isExclusive) ? $"tags: {{{tags}}}" : $"protocol: {port.Protocol}";
            text.Append(CultureInfo.InvariantCulture, $"    - {{{port.Name}port: {port.Number}, {protocol}}}\n");
        }

        return Add(text.ToString(), isExclusive);
    }

    /// <summary>A MeshService that selects Dataplanes by label, before 2.14 by the tags of the same names and values.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ports">Such as <c>web=80->main</c>, several with spaces between.</param>
    /// <param name="labels">Its own labels.</param>
    /// <param name="selects">Labels of the Dataplanes; without them <c>app</c> with its name.</param>
    public MeshFixture MeshService(string name, string ports = "80->main", string labels = "", string? selects = null)
    {
        var origin = zones.IsEmpty ? "" : "kuma.io/origin: zone";
        var all = string.Join(", ", new[] { labels, origin }.Where(static l => l.Length > 0));
        var text = new StringBuilder($"type: MeshService\nmesh: {mesh}\nname: {name}\nlabels: {{{all}}}\nspec:\n");
        var wanted = selects ?? $"app: {name}";
        var selector = SelectsByTags ? $"dataplaneTags: {{{wanted}}}" : $"dataplaneLabels: {{matchLabels: {{{wanted}}}}}";
        text.Append(CultureInfo.InvariantCulture, $"  selector: {{{selector}}}\n  ports:\n");
        foreach (var port in Ports(ports))
            text.Append(CultureInfo.InvariantCulture, $"    - {{{port.Name}port: {port.Number}, targetPort: {port.Target}, appProtocol: {port.Protocol}}}\n");
        return Add(text.ToString(), isExclusive);
    }

    /// <summary>A MeshExternalService with one endpoint <c>NAME.example.com</c> on the same port.</summary>
    public MeshFixture MeshExternalService(string name, string port = "443/tcp", string labels = "")
    {
        var (_, number, _, protocol) = Ports(port).Single();
        return Add(
            $"type: MeshExternalService\nmesh: {mesh}\nname: {name}\nlabels: {{{labels}}}\nspec:\n"
            + $"  match: {{type: HostnameGenerator, port: {number}, protocol: {protocol}}}\n  endpoints:\n    - {{address: {name}.example.com, port: {number}}}\n",
            isExclusive);
    }

    /// <summary>Documents written out, with the marks of <see cref="RuleVerifier"/> where findings are expected.</summary>
    public MeshFixture With(string text) => Add(Lines(text), isExclusive);

    /// <summary>The files as <see cref="TestRepository"/> and <see cref="RuleVerifier"/> take them.</summary>
    public string ToMarkup()
    {
        var markup = new StringBuilder();
        if (!zones.IsEmpty)
        {
            markup.Append("# file: .meshlint.yaml\ncontrolPlanes:\n");
            foreach (var zone in zones)
            {
                markup.Append(zone == "global"
                    ? "  - {path: global, role: global, environment: universal}\n"
                    : $"  - {{path: {zone}, role: federated-zone, zone: {zone}, environment: universal}}\n");
            }
        }

        foreach (var place in documents.Select(static d => d.Folder).Distinct(StringComparer.Ordinal))
        {
            markup.Append(CultureInfo.InvariantCulture, $"# file: {(place.Length == 0 ? "" : place + "/")}mesh.yaml\n");
            markup.AppendJoin("---\n", documents.Where(d => d.Folder == place).Select(static d => d.Text));
        }

        return markup.ToString();
    }

    private bool SelectsByTags => version < KumaVersion.V2_14;

    private static string Lines(string text) => text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";

    private static IEnumerable<(string Name, string Number, string Target, string Protocol)> Ports(string text)
    {
        foreach (var port in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var slash = port.IndexOf('/', StringComparison.Ordinal);
            var protocol = slash < 0 ? "http" : port[(slash + 1)..];
            var rest = slash < 0 ? port : port[..slash];
            var arrow = rest.IndexOf("->", StringComparison.Ordinal);
            var head = arrow < 0 ? rest : rest[..arrow];
            var equals = head.IndexOf('=', StringComparison.Ordinal);
            var number = head[(equals + 1)..];
            yield return (equals < 0 ? "" : $"name: {head[..equals]}, ", number, arrow < 0 ? number : rest[(arrow + 2)..], protocol);
        }
    }

    private MeshFixture At(string place) =>
        zones.IsEmpty
            ? throw new InvalidOperationException("a standalone fixture has one control plane; begin with Federated()")
            : new MeshFixture(mesh, place, zones.Contains(place) ? zones : zones.Add(place), documents, isExclusive, version);

    private MeshFixture Add(string text, bool exclusive) => new(mesh, folder, zones, documents.Add((folder, text)), exclusive, version);
}
