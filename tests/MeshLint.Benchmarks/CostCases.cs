using System.Globalization;
using System.Text;

namespace MeshLint.Benchmarks;

/// <summary>Every hostile input that is known, by the stage that it is aimed at.</summary>
internal static class CostCases
{
    private const string Configuration = "controlPlanes:\n- {path: ., role: zone, zone: east, environment: universal}\n";
    private const string Cluster = "controlPlanes:\n- {path: ., role: zone, zone: east, environment: kubernetes}\n";
    private const string Mesh = "type: Mesh\nname: default\nmeshServices: {mode: Exclusive}\n";

    public static IReadOnlyList<CostCase> All { get; } =
    [
        .. Texts(), .. Files(), .. Expressions(), .. Hostnames(), .. References(), .. Copies(), .. Kubernetes(), .. Legacy(), .. Commands(), .. Reports(),
    ];

    private static IEnumerable<CostCase> Texts()
    {
        foreach (var (name, makeText, size) in YamlCosts.All)
            yield return new($"YAML: {name}", size, n => Universal(makeText(n)));
        yield return new("text with n template marks", 20_000, n => Universal(Mesh, $"type: Mesh\nname: t\nlabels: {{a: b}}\n# {Repeat(n, "{{ ")}\nmtls: {{{{ .Values.a }}}}\n"));
        yield return new("text with n lines of template marks", 5_000, n => Universal(Mesh, $"type: Mesh\nname: t\n{Repeat(n, "{{- if .Values.a }}\n")}"));
        yield return new("n certificates in one value", 500, n => Universal(
            $"type: Mesh\nname: default\nmtls:\n  enabledBackend: ca\n  backends:\n  - name: ca\n    type: provided\n    conf:\n      cert:\n        inlineString: |\n{Repeat(n, "          -----BEGIN CERTIFICATE-----\n          YQ==\n")}      key: {{inlineString: x}}\n"));
        yield return new("text with n times 'type:' in one word", 20_000, n => Universal(Mesh, $"{{{Repeat(n, "type:")}}}\n"));
        yield return new("n PEM blocks with one long end", 2_000, n => Universal(
            $"type: Mesh\nname: default\nmtls:\n  enabledBackend: ca\n  backends:\n  - name: ca\n    type: provided\n    conf:\n      cert:\n        inlineString: |\n{Repeat(n, "          -----BEGIN A-----\n")}          -----END A-----{Repeat(n, " ")}x\n      key: {{inlineString: x}}\n"));
        yield return new("n open PEM marks in one value", 20_000, n => Universal(
            $"type: Mesh\nname: default\nmtls:\n  enabledBackend: ca\n  backends:\n  - name: ca\n    type: provided\n    conf: {{cert: {{inlineString: '{Repeat(n, "-----BEGIN ")}'}}, key: {{inlineString: x}}}}\n"));
    }

    private static IEnumerable<CostCase> Files()
    {
        yield return new("kustomizations that include each other (n lines)", 5_000, n => Circle((int)Math.Sqrt(n)));
        yield return new("a chain of kustomizations", 500, Chain);
        yield return new("root kustomizations over one hub of bases", 500, Hub);
        yield return new("control planes in the configuration", 2_000, ControlPlanes);
        yield return new("control planes with a folder each", 500, FoldersOfControlPlanes);
        yield return new("federated zones and MeshServices", 50, Zones);
        yield return new("excludes, names", 5_000, n => Excludes(n, i => $"old/part-{i}"));
        yield return new("excludes, patterns (up to the limit)", 250, n => Excludes(n, i => $"**/part-{i}*.yaml"));
        yield return new(".gitignore rules, names", 25_000, n => Ignores(n, i => $"old-{i}.yaml"));
        yield return new(".gitignore rules, paths", 25_000, n => Ignores(n, i => $"/old/part-{i}/"));
        yield return new(".gitignore rules, patterns", 25_000, n => Ignores(n, i => $"*part-{i}*.yaml"));
    }

    private static IEnumerable<CostCase> Expressions()
    {
        yield return new("HostnameGenerator that doubles a value n times", 10, n => Universal(Mesh, Services(1), Documents(1, _ =>
            $"type: HostnameGenerator\nname: bomb\nspec:\n  selector: {{meshService: {{matchLabels: {{app: a}}}}}}\n  template: '{Bomb(n)}'\n")));
        yield return new("HostnameGenerator with a template of n actions", 2_000, n => Universal(Mesh, Services(1), Documents(1, _ =>
            $"type: HostnameGenerator\nname: long\nspec:\n  selector: {{meshService: {{matchLabels: {{app: a}}}}}}\n  template: '{Repeat(n, "{{ .Name }}.")}mesh'\n")));
        yield return new("HostnameGenerator with n variables", 2_000, n => Universal(Mesh, Services(1), Documents(1, _ =>
            $"type: HostnameGenerator\nname: long\nspec:\n  selector: {{meshService: {{matchLabels: {{app: a}}}}}}\n  template: '{Numbered(n, i => $"{{{{$x{i} := .Name}}}}{{{{$x0}}}}")}mesh'\n")));
        yield return new("HostnameGenerator of dear templates × MeshServices", 500, n => Universal(Mesh, Services(n / 2), Documents(n / 2, i =>
            $"type: HostnameGenerator\nname: dear-{i}\nspec:\n  selector: {{meshService: {{matchLabels: {{app: a}}}}}}\n  template: '{{{{range $i := 9000}}}}{{{{end}}}}{{{{ .Name }}}}.g{i}.mesh'\n")));
        yield return new("VirtualOutbound that doubles a value n times", 10, n => Universal(Mesh, Documents(1, _ =>
            $"type: VirtualOutbound\nmesh: default\nname: bomb\nselectors:\n- match: {{kuma.io/service: '*'}}\nconf:\n  host: '{Bomb(n)}'\n  port: '{Bomb(n)}'\n  parameters:\n  - {{name: port, tagKey: kuma.io/service}}\n")));
        yield return new("regular expression with n groups", 500, n => Universal(Mesh, Documents(1, _ =>
            $"type: MeshMetric\nmesh: default\nname: metric\nspec:\n  default:\n    sidecar: {{profiles: {{exclude: [{{type: Regex, match: '{Repeat(n, "(a*)*|")}'}}]}}}}\n")));
        yield return new("regular expression with n open class marks", 20_000, n => Universal(Mesh, Documents(1, _ =>
            $"type: MeshMetric\nmesh: default\nname: metric\nspec:\n  default:\n    sidecar: {{profiles: {{exclude: [{{type: Regex, match: '{Repeat(n, "[[:a")}'}}]}}}}\n")));
    }

    private static IEnumerable<CostCase> Hostnames()
    {
        yield return new("HostnameGenerators × MeshServices", 1_000, n => Universal(Mesh, Services(n / 2), Generators(n / 2, i => $"g{i}")));
        yield return new("HostnameGenerators × MeshServices, one hostname", 1_000, n => Universal(Mesh, Services(n / 2), Documents(n / 2, i =>
            $"type: HostnameGenerator\nname: same-{i}\nspec:\n  selector: {{meshService: {{matchLabels: {{app: a}}}}}}\n  template: same.mesh\n")));
        yield return new("HostnameGenerators × MeshServices, distinct selectors", 1_000, n => Universal(Mesh, Services(n / 2), Documents(n / 2, i =>
            $"type: HostnameGenerator\nname: gen-{i}\nspec:\n  selector: {{meshService: {{matchLabels: {Subset(i)}}}}}\n  template: '{{{{ .Name }}}}.g{i}.mesh'\n")));
        yield return new("MeshMultiZoneServices × MeshServices", 1_000, n => Universal(Mesh, Services(n / 2), MultiZone(n / 2, _ => "{app: a}")));
        yield return new("MeshMultiZoneServices × MeshServices, distinct selectors", 1_000, n => Universal(Mesh, Services(n / 2), MultiZone(n / 2, Subset)));
        yield return new("MeshMultiZoneServices with an empty value × MeshServices", 1_000, n => Universal(Mesh, Services(n / 2), MultiZone(n / 2, i => $"{{none-{i}: ''}}")));
        yield return new("MeshServices × Dataplanes", 1_000, n => Universal(Mesh, Dataplanes(n / 2), Selecting(n / 2, _ => "{app: a}")));
        yield return new("MeshServices × Dataplanes, distinct selectors", 1_000, n => Universal(Mesh, Dataplanes(n / 2), Selecting(n / 2, Subset)));
    }

    private static IEnumerable<CostCase> References()
    {
        yield return new("ambiguous label references × MeshServices", 3_000, n => Universal(Mesh, Services(n / 2), Routes(n / 2, _ => "labels: {app: a}, port: 80")));
        yield return new("ambiguous label references × MeshServices, distinct labels", 1_000, n =>
            Universal(Mesh, Services(n / 2), Routes(n / 2, i => $"labels: {Subset(i)}, port: 80")));
        yield return new("references without target × MeshServices, similar names", 3_000, n => Universal(Mesh, Services(n / 2), Routes(n / 2, i => $"name: servize-{i}, port: 80")));
        yield return new("references without target × MeshServices, similar labels", 3_000, n =>
            Universal(Mesh, Services(n / 2), Routes(n / 2, i => $"labels: {{kuma.io/display-name: servize-{i}}}, port: 80")));
        yield return new("references without target × MeshServices, wrong extra label", 3_000, n =>
            Universal(Mesh, Services(n / 2), Routes(n / 2, i => $"labels: {{app: a, extra: e{i}}}, port: 80")));
        yield return new("references without port × ports", 3_000, n => Universal(Mesh,
            $"type: MeshService\nmesh: default\nname: wide\nspec:\n  selector: {{dataplaneLabels: {{app: a}}}}\n  ports:\n{Numbered(n / 2, i => $"  - {{port: {i + 1}, name: port-{i}, targetPort: {i + 1}, appProtocol: http}}\n")}",
            Routes(n / 2, i => $"name: wide, port: {30000 + i}")));
        yield return new("policies × Dataplanes", 3_000, n => Universal(Mesh, Dataplanes(n / 2), Policies(n / 2, _ => "{app: a}")));
        yield return new("policies × Dataplanes, distinct labels", 3_000, n => Universal(Mesh, Dataplanes(n / 2), Policies(n / 2, Subset)));
        yield return new("policies × Dataplanes, sectionName", 3_000, n => Universal(Mesh, Dataplanes(n / 2), Documents(n / 2, i =>
            $"type: MeshTimeout\nmesh: default\nname: t-{i}\nspec:\n  targetRef: {{kind: Dataplane, labels: {{app: a}}, sectionName: s{i}}}\n  rules:\n  - default: {{connectionTimeout: 5s}}\n")));
        yield return new("policies × Dataplanes, similar labels", 3_000, n => Universal(Mesh, Dataplanes(n / 2), Policies(n / 2, i => $"{{app: b, name: dq-{i}}}")));
        yield return new("routes × MeshServices in `to`", 3_000, n => Universal(Mesh, Services(n / 2), Documents(n / 2, i =>
            $"type: MeshTimeout\nmesh: default\nname: t-{i}\nspec:\n  to:\n  - targetRef: {{kind: MeshService, labels: {{app: a}}}}\n    default: {{connectionTimeout: 5s}}\n")));
        yield return new("Dataplanes with reachable backends × MeshServices", 1_000, n => Universal(Mesh, Services(n / 2), Documents(n / 2, i =>
            $"type: Dataplane\nmesh: default\nname: dp-{i}\nnetworking:\n  address: 10.0.{i / 250}.{i % 250}\n  inbound:\n  - {{port: 80, tags: {{kuma.io/service: s}}}}\n  transparentProxying:\n    redirectPortInbound: 15006\n    redirectPortOutbound: 15001\n    reachableBackends:\n      refs:\n      - {{kind: MeshService, labels: {{app: a}}}}\n")));
        yield return new("unknown meshes", 1_000, n => Universal(Numbered(n / 2, i => $"type: Mesh\nname: mesh-{i}\n---\n"), Documents(n / 2, i =>
            $"type: MeshTimeout\nmesh: mexh-{i}\nname: t-{i}\nspec:\n  targetRef: {{kind: Mesh}}\n  to:\n  - targetRef: {{kind: Mesh}}\n    default: {{connectionTimeout: 5s}}\n")));
        yield return new("secrets that do not exist × secrets", 3_000, n => Universal(Mesh, Documents(n / 2, i => $"type: Secret\nmesh: default\nname: secret-{i}\ndata: YQ==\n"), Documents(n / 2, i =>
            $"type: MeshExternalService\nmesh: default\nname: ext-{i}\nspec:\n  match: {{type: HostnameGenerator, port: 443, protocol: tls}}\n  endpoints: [{{address: 10.1.0.1, port: 443}}]\n  tls: {{enabled: true, verification: {{caCert: {{secret: sekret-{i}}}}}}}\n")));
        yield return new("one name for all documents", 2_000, n => Universal(Mesh, Documents(n, _ => Service("same", 0))));
        yield return new("unknown fields in one document", 5_000, n => Universal(Mesh,
            $"type: MeshService\nmesh: default\nname: s\nspec:\n  selector: {{dataplaneLabels: {{app: a}}}}\n  ports: [{{port: 80, targetPort: 80, appProtocol: http}}]\n{Numbered(n, i => $"  porta{i}: 1\n")}"));
    }

    private static IEnumerable<CostCase> Kubernetes()
    {
        yield return new("Kubernetes Services × Deployments", 1_000, n => Kube(Numbered(n / 2, i => Deployment(i, "app: a")), Numbered(n / 2, i => KubeService(i, "app: a"))));
        yield return new("Kubernetes Services × Deployments, distinct selectors", 1_000, n => Kube(
            Numbered(n / 2, i => Deployment(i, string.Join(", ", Enumerable.Range(0, 14).Select(k => $"l{k}: v")))),
            Numbered(n / 2, i => KubeService(i, Subset(i)[1..^1]))));
        yield return new("Kubernetes Services that select nothing × Deployments", 1_000, n =>
            Kube(Numbered(n / 2, i => Deployment(i, $"app: a{i}")), Numbered(n / 2, i => KubeService(i, $"app: b{i}"))));
        yield return new("one Deployment with n replicas", 1_000, n =>
            Kube(Deployment(0, "app: a").Replace("spec:\n", $"spec:\n  replicas: {n}\n", StringComparison.Ordinal), KubeService(0, "app: a")));
        yield return new("Namespaces", 2_000, n => Kube(Numbered(n, i => $"apiVersion: v1\nkind: Namespace\nmetadata: {{name: ns-{i}, labels: {{kuma.io/mesh: m{i}}}}}\n---\n"), ""));
        yield return new("a Pod with n containers and ports", 500, n => Kube(
            $"apiVersion: v1\nkind: Pod\nmetadata: {{name: p, namespace: demo, labels: {{app: a}}}}\nspec:\n  containers:\n{Numbered(n / 2, i => $"  - {{name: c{i}, image: a, ports: [{{name: p{i}, containerPort: {i + 1}}}]}}\n")}---\n",
            $"apiVersion: v1\nkind: Service\nmetadata: {{name: s, namespace: demo}}\nspec:\n  selector: {{app: a}}\n  ports:\n{Numbered(n / 2, i => $"  - {{name: p{i}, port: {i + 1}, targetPort: p{i}}}\n")}---\n"));
    }

    private static IEnumerable<CostCase> Legacy()
    {
        yield return new("TrafficRoutes × Dataplanes", 3_000, n => Universal("type: Mesh\nname: default\n", Dataplanes(n / 2), Documents(n / 2, i =>
            $"type: TrafficRoute\nmesh: default\nname: r-{i}\nsources: [{{match: {{kuma.io/service: '*'}}}}]\ndestinations: [{{match: {{kuma.io/service: s}}}}]\nconf: {{destination: {{kuma.io/service: s}}}}\n")));
        yield return new("TrafficRoutes × kuma.io/service values, similar names", 3_000, n => Universal("type: Mesh\nname: default\n", Documents(n / 2, i => Dataplane(i, $"service-{i}")), Documents(n / 2, i =>
            $"type: TrafficRoute\nmesh: default\nname: r-{i}\nsources: [{{match: {{kuma.io/service: '*'}}}}]\ndestinations: [{{match: {{kuma.io/service: servize-{i}}}}}]\nconf: {{destination: {{kuma.io/service: servize-{i}}}}}\n")));
    }

    private static IEnumerable<CostCase> Copies()
    {
        yield return new("federated zones × MeshServices", 400, n => ZonesAndServices(n / 20, n));
        yield return new("MeshIdentities × Dataplanes", 3_000, n => Universal(Mesh, Dataplanes(n / 2), Documents(n / 2, i =>
            $"type: MeshIdentity\nmesh: default\nname: id-{i}\nspec:\n  selector: {{dataplane: {{matchLabels: {{app: a}}}}}}\n  spiffeID: {{trustDomain: t.mesh, path: /p/{i}}}\n  provider: {{type: Bundled, bundled: {{meshTrustCreation: Enabled, insecureAllowSelfSigned: true, autogenerate: {{enabled: true}}}}}}\n")));
        yield return new("MeshServices with dataplaneTags × Dataplanes", 1_000, n => Universal(Mesh, Dataplanes(n / 2), Services(n / 2)));
        yield return new("MeshServices with a dataplaneRef × Dataplanes", 1_000, n => Universal(Mesh, Dataplanes(n / 2), Documents(n / 2, i =>
            $"type: MeshService\nmesh: default\nname: service-{i}\nspec:\n  selector: {{dataplaneRef: {{name: dp-{i}}}}}\n  ports: [{{port: 80, targetPort: 80, appProtocol: http}}]\n")));
        yield return new("TrafficPermissions by tags × Dataplanes", 3_000, n => Universal("type: Mesh\nname: default\n", Dataplanes(n / 2), Documents(n / 2, i =>
            $"type: TrafficPermission\nmesh: default\nname: p-{i}\nsources: [{{match: {{kuma.io/service: '*', version: v{i}}}}}]\ndestinations: [{{match: {{kuma.io/service: '*', kuma.io/protocol: http}}}}]\n")));
        yield return new("MeshTimeouts by tags × Dataplanes, distinct tags", 1_000, n => Universal("type: Mesh\nname: default\n", Documents(n / 2, TaggedDataplane), Documents(n / 2, i =>
            $"type: MeshTimeout\nmesh: default\nname: t-{i}\nspec:\n  targetRef: {{kind: MeshSubset, tags: {Subset(i)}}}\n  to:\n  - targetRef: {{kind: Mesh}}\n    default: {{connectionTimeout: 5s}}\n")));
        yield return new("policies of n zones × Dataplanes", 1_000, n => Universal(Mesh, Dataplanes(n / 2), Documents(n / 2, i =>
            $"type: MeshTimeout\nmesh: default\nname: t-{i}\nlabels: {{kuma.io/zone: z{i}, kuma.io/origin: zone}}\nspec:\n  targetRef: {{kind: Dataplane, labels: {{app: a}}}}\n  to:\n  - targetRef: {{kind: Mesh}}\n    default: {{connectionTimeout: 5s}}\n")));
        yield return new("one Dataplane with n inbounds × routes", 3_000, n => Universal("type: Mesh\nname: default\n",
            $"type: Dataplane\nmesh: default\nname: wide\nnetworking:\n  address: 10.0.0.1\n  inbound:\n{Numbered(n / 2, i => $"  - {{port: {i + 1}, tags: {{kuma.io/service: s{i}, kuma.io/protocol: http}}}}\n")}",
            Documents(n / 2, i => $"type: TrafficRoute\nmesh: default\nname: r-{i}\nsources: [{{match: {{kuma.io/service: '*'}}}}]\ndestinations: [{{match: {{kuma.io/service: s{i}}}}}]\nconf: {{destination: {{kuma.io/service: s{i}}}}}\n")));
        yield return new("meshes and policies in them", 1_000, n => Universal(Numbered(n / 2, i => $"type: Mesh\nname: mesh-{i}\n---\n"), Documents(n / 2, i =>
            $"type: MeshTimeout\nmesh: mesh-{i}\nname: t-{i}\nspec:\n  targetRef: {{kind: Mesh}}\n  to:\n  - targetRef: {{kind: Mesh}}\n    default: {{connectionTimeout: 5s}}\n")));
    }

    private static IEnumerable<CostCase> Commands()
    {
        yield return new CostCase("build: HostnameGenerators × MeshServices", 500, n => Universal(Mesh, Services(n / 2), Generators(n / 2, i => $"g{i}"))) with { Command = ["build", "--keep-going"] };
        yield return new CostCase("build: MeshServices × Dataplanes", 500, n => Universal(Mesh, Dataplanes(n / 2), Selecting(n / 2, _ => "{app: a}"))) with { Command = ["build", "--keep-going"] };
        yield return new CostCase("build: ambiguous label references × MeshServices", 500, n =>
            Universal(Mesh, Services(n / 2), Routes(n / 2, _ => "labels: {app: a}, port: 80"))) with { Command = ["build", "--keep-going"] };
        yield return new CostCase("graph: MeshMultiZoneServices × MeshServices", 500, n => Universal(Mesh, Services(n / 2), MultiZone(n / 2, _ => "{app: a}"))) with { Command = ["graph", "--as", "json"] };
        yield return new CostCase("graph: policies × Dataplanes", 500, n => Universal(Mesh, Dataplanes(n / 2), Policies(n / 2, _ => "{app: a}"))) with { Command = ["graph", "--as", "json"] };
    }

    private static IEnumerable<CostCase> Reports()
    {
        foreach (var format in new[] { "text", "concise", "json", "github" })
        {
            yield return new CostCase($"report {format}: findings on one long line", 1_000, n => new Dictionary<string, string>
            {
                [".meshlint.yaml"] = Configuration,
                ["mesh.yaml"] = """{"type": "MeshTimeout", "mesh": "default", "name": "a", "spec": {"to": [""" + string.Join(", ", Enumerable.Range(0, n).Select(LongItem)) + "]}}",
            }) with { Command = ["check", "--format", format, "--max-diagnostics", "0"] };
        }

        yield return new("one finding on a line of n characters", 1_000_000, n => Universal(
            $"type: MeshTimeout\nmesh: default\nname: a\nspec: {{to: [{{targetRef: {{kind: Mesh}}, default: {{connectionTimeout: {Repeat(n, "x")}}}}}]}}\n"));
        yield return new("findings at values of n characters", 300, n => Universal(Numbered(n, i =>
            $"type: MeshTimeout\nmesh: default\nname: a-{i}\nspec:\n  to:\n  - targetRef: {{kind: MeshService, name: {Repeat(2000, "x")}}}\n    default: {{connectionTimeout: 5s}}\n---\n")));
    }

    private static string LongItem(int i) =>
        $$"""{"targetRef": {"kind": "MeshService", "name": "s{{i}}"}, "default": {"connectionTimeout": "x" } }""";

    private static Dictionary<string, string> Universal(params string[] parts) => new()
    {
        [".meshlint.yaml"] = Configuration,
        ["mesh.yaml"] = string.Join("---\n", parts),
    };

    private static Dictionary<string, string> Kube(string first, string second) => new()
    {
        [".meshlint.yaml"] = Cluster,
        ["ns.yaml"] = "apiVersion: v1\nkind: Namespace\nmetadata: {name: demo, labels: {kuma.io/sidecar-injection: enabled}}\n",
        ["first.yaml"] = first,
        ["second.yaml"] = second,
    };

    private static Dictionary<string, string> Circle(int n)
    {
        var files = new Dictionary<string, string> { [".meshlint.yaml"] = Configuration };
        for (var i = 0; i < n; i++)
        {
            var own = i;
            files[$"k{i}/kustomization.yaml"] = "resources:\n- svc.yaml\n" + Numbered(n, j => j == own ? "" : $"- ../k{j}\n");
            files[$"k{i}/svc.yaml"] = Service($"service-{i}", i);
        }

        return files;
    }

    private static Dictionary<string, string> Chain(int n)
    {
        var files = new Dictionary<string, string> { [".meshlint.yaml"] = Configuration };
        for (var i = 0; i < n; i++)
        {
            files[$"k{i}/kustomization.yaml"] = $"resources:\n- svc.yaml\n{(i + 1 < n ? $"- ../k{i + 1}\n" : "")}";
            files[$"k{i}/svc.yaml"] = Service($"service-{i}", i);
        }

        return files;
    }

    private static Dictionary<string, string> Hub(int n)
    {
        var files = new Dictionary<string, string>
        {
            [".meshlint.yaml"] = Configuration,
            ["hub/kustomization.yaml"] = "resources:\n" + Numbered(n / 2, i => $"- ../base-{i}\n"),
        };
        for (var i = 0; i < n / 2; i++)
        {
            files[$"base-{i}/kustomization.yaml"] = "resources:\n- svc.yaml\n";
            files[$"base-{i}/svc.yaml"] = Service($"service-{i}", i);
            files[$"root-{i}/kustomization.yaml"] = "resources:\n- ../hub\n";
        }

        return files;
    }

    private static Dictionary<string, string> ControlPlanes(int n) => new()
    {
        [".meshlint.yaml"] = "controlPlanes:\n" + Numbered(n, i => $"- {{path: cp-{i}, role: zone, zone: z{i}, environment: universal}}\n"),
        ["cp-0/mesh.yaml"] = Mesh,
    };

    private static Dictionary<string, string> FoldersOfControlPlanes(int n)
    {
        var files = ControlPlanes(n);
        for (var i = 0; i < n; i++)
            files[$"cp-{i}/mesh.yaml"] = Mesh + "---\n" + Service("s", i);
        return files;
    }

    private static Dictionary<string, string> Zones(int n)
    {
        var files = new Dictionary<string, string>
        {
            [".meshlint.yaml"] = "controlPlanes:\n- {path: global, role: global}\n" + Numbered(n, i => $"- {{path: cp-{i}, role: federated-zone, zone: z{i}, environment: universal}}\n"),
            ["global/mesh.yaml"] = Mesh,
        };
        for (var i = 0; i < n; i++)
            files[$"cp-{i}/mesh.yaml"] = Service("s", i);
        return files;
    }

    private static Dictionary<string, string> ZonesAndServices(int zones, int services)
    {
        var files = Zones(zones);
        files["cp-0/services.yaml"] = Documents(services, i => Service($"service-{i}", i));
        return files;
    }

    private static Dictionary<string, string> Excludes(int n, Func<int, string> pattern)
    {
        var files = new Dictionary<string, string> { [".meshlint.yaml"] = Configuration + "exclude:\n" + Numbered(n, i => $"- '{pattern(i)}'\n") };
        for (var i = 0; i < n / 25; i++)
            files[$"mesh/team-{i % 10}/file-{i}.yaml"] = "a: 1\n";
        return files;
    }

    private static Dictionary<string, string> Ignores(int n, Func<int, string> pattern)
    {
        var files = new Dictionary<string, string> { [".meshlint.yaml"] = Configuration, [".git/HEAD"] = "ref: refs/heads/main\n", [".gitignore"] = Numbered(n, i => pattern(i) + "\n") };
        for (var i = 0; i < n / 100; i++)
            files[$"mesh/team-{i % 10}/file-{i}.yaml"] = "a: 1\n";
        return files;
    }

    /// <summary>One of 2^14 sets of pairs that a document with all of <see cref="AllLabels"/> has.</summary>
    private static string Subset(int i)
    {
        var parts = Enumerable.Range(0, 14).Where(k => ((i + 1) >> k & 1) == 1).Select(k => $"l{k}: v");
        return "{" + string.Join(", ", parts) + "}";
    }

    private static string AllLabels(int i) => $"{{app: a, name: dp-{i}, {string.Join(", ", Enumerable.Range(0, 14).Select(k => $"l{k}: v"))}}}";

    private static string Services(int n) => Documents(n, i => Service($"service-{i}", i));

    private static string Service(string name, int i) =>
        $"type: MeshService\nmesh: default\nname: {name}\nlabels: {AllLabels(i)}\nspec:\n  selector: {{dataplaneTags: {{kuma.io/service: s}}}}\n  ports: [{{port: 80, targetPort: 80, appProtocol: http}}]\n";

    private static string Selecting(int n, Func<int, string> labels) => Documents(n, i =>
        $"type: MeshService\nmesh: default\nname: service-{i}\nspec:\n  selector: {{dataplaneLabels: {{matchLabels: {labels(i)}}}}}\n  ports: [{{port: 80, targetPort: 80, appProtocol: http}}]\n");

    private static string Generators(int n, Func<int, string> suffix) => Documents(n, i =>
        $"type: HostnameGenerator\nname: gen-{i}\nspec:\n  selector: {{meshService: {{matchLabels: {{app: a}}}}}}\n  template: '{{{{ .Name }}}}.{suffix(i)}.mesh'\n");

    private static string MultiZone(int n, Func<int, string> labels) => Documents(n, i =>
        $"type: MeshMultiZoneService\nmesh: default\nname: multi-{i}\nlabels: {{kuma.io/origin: zone}}\nspec:\n  selector: {{meshService: {{matchLabels: {labels(i)}}}}}\n  ports: [{{port: 80, appProtocol: http}}]\n");

    private static string Routes(int n, Func<int, string> backend) => Documents(n, i =>
        $"type: MeshHTTPRoute\nmesh: default\nname: route-{i}\nspec:\n  targetRef: {{kind: Mesh}}\n  to:\n  - targetRef: {{kind: MeshService, name: service-0}}\n    rules:\n    - matches: [{{path: {{type: PathPrefix, value: /}}}}]\n      default: {{backendRefs: [{{kind: MeshService, weight: 1, {backend(i)}}}]}}\n");

    private static string Policies(int n, Func<int, string> labels) => Documents(n, i =>
        $"type: MeshTimeout\nmesh: default\nname: t-{i}\nspec:\n  targetRef: {{kind: Dataplane, labels: {labels(i)}}}\n  to:\n  - targetRef: {{kind: Mesh}}\n    default: {{connectionTimeout: 5s}}\n");

    private static string Dataplanes(int n) => Documents(n, i => Dataplane(i, "s"));

    private static string Dataplane(int i, string service) =>
        $"type: Dataplane\nmesh: default\nname: dp-{i}\nlabels: {AllLabels(i)}\nnetworking:\n  address: 10.{i / 62500}.{i / 250 % 250}.{i % 250}\n  inbound:\n  - {{port: 80, name: main, tags: {{kuma.io/service: {service}, kuma.io/protocol: http}}}}\n";

    private static string TaggedDataplane(int i) =>
        $"type: Dataplane\nmesh: default\nname: dp-{i}\nnetworking:\n  address: 10.{i / 62500}.{i / 250 % 250}.{i % 250}\n  inbound:\n  - {{port: 80, tags: {{kuma.io/service: s, {string.Join(", ", Enumerable.Range(0, 14).Select(k => $"l{k}: v"))}}}}}\n";

    private static string Deployment(int i, string labels) =>
        $"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d-{i}, namespace: demo}}\nspec:\n  selector: {{matchLabels: {{{labels}}}}}\n  template:\n    metadata: {{labels: {{{labels}}}}}\n    spec:\n      containers:\n      - {{name: c, image: a, ports: [{{containerPort: 80}}]}}\n---\n";

    private static string KubeService(int i, string labels) =>
        $"apiVersion: v1\nkind: Service\nmetadata: {{name: s-{i}, namespace: demo}}\nspec:\n  selector: {{{labels}}}\n  ports: [{{port: 80, targetPort: 80, appProtocol: http}}]\n---\n";

    private static string Bomb(int n) => "{{$x := \"ab\"}}" + Repeat(n, "{{$x = printf \"%s%s\" $x $x}}") + "{{len $x}}.mesh";

    private static string Documents(int n, Func<int, string> make) => string.Join("---\n", Enumerable.Range(0, n).Select(make));

    private static string Numbered(int n, Func<int, string> make)
    {
        var builder = new StringBuilder();
        for (var i = 0; i < n; i++)
            builder.Append(CultureInfo.InvariantCulture, $"{make(i)}");
        return builder.ToString();
    }

    private static string Repeat(int n, string text) => new StringBuilder(text.Length * n).Insert(0, text, n).ToString();
}
