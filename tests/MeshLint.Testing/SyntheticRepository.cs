using System.Globalization;
using System.Text;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Testing;

/// <summary>A defect that was put into a synthetic repository.</summary>
/// <param name="Slug">The rule that must find it.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">The line, 1-based.</param>
public sealed record SeededDefect(string Slug, string Path, int Line);

/// <summary>A made-up repository of any size: apps with their Dataplanes (or Deployments and Services), services, routes and policies, and a fifth of foreign YAML.</summary>
/// <remarks>An app is ten documents of about 480 bytes, two of them foreign. Apps call their neighbour. The same arguments give the same bytes.</remarks>
public sealed class SyntheticRepository
{
    private const int DocumentsPerApp = 10;
    private const int AppsPerGroup = 50;
    private readonly List<(string Path, string Text)> files = [];
    private readonly List<SeededDefect> defects = [];
    private readonly StringBuilder text = new();
    private string path = "";
    private int line = 1;

    private SyntheticRepository()
    {
    }

    /// <summary>The defects, by rule: which apps get which.</summary>
    public static IReadOnlyList<string> DefectSlugs { get; } =
    [
        "target-port-not-found", "ambiguous-backend-ref", "port-conflict", "section-name-not-found", "unresolved-backend-ref", "unknown-field", "refused-document", "duplicate-key",
    ];

    public IReadOnlyList<(string Path, string Text)> Files => files;

    public IReadOnlyList<SeededDefect> Defects => defects;

    /// <summary>Makes a repository.</summary>
    /// <param name="documents">How many documents, rounded to whole apps.</param>
    /// <param name="form">Which form its resources have.</param>
    /// <param name="defectsEach">How many defects of each kind; the repository must have that many apps a kind.</param>
    public static SyntheticRepository Create(int documents, ResourceForm form, int defectsEach = 0)
    {
        var repository = new SyntheticRepository();
        var apps = Math.Max(2, documents / DocumentsPerApp);
        repository.Begin(".meshlint.yaml");
        repository.Add($"""
            kumaVersion: "2.14"
            controlPlanes:
              - path: .
                role: zone
                zone: default
                environment: {form.ToString().ToLowerInvariant()}
            """);
        repository.End();
        repository.AddGround(apps, form);
        var stride = defectsEach == 0 ? 0 : Math.Max(1, apps / (DefectSlugs.Count * defectsEach));
        for (var app = 0; app < apps; app++)
        {
            var defect = stride > 0 && app % stride == 0 && app / stride < DefectSlugs.Count * defectsEach ? DefectSlugs[app / stride % DefectSlugs.Count] : null;
            if (form == ResourceForm.Universal)
                repository.AddUniversal(app, apps, defect);
            else
                repository.AddKubernetes(app, apps, defect);
            repository.AddForeign(app);
        }

        return repository;
    }

    /// <summary>Writes the files below a folder.</summary>
    public void WriteTo(string folder)
    {
        foreach (var (relative, content) in files)
        {
            var full = Path.Combine(folder, relative.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? folder);
            File.WriteAllText(full, content);
        }
    }

    private static string Name(int app) => $"app-{app.ToString(CultureInfo.InvariantCulture)}";

    private static string Space(int app) => $"team-{(app / AppsPerGroup).ToString(CultureInfo.InvariantCulture)}";

    private static string Folder(int app) => $"teams/{Space(app)}/{Name(app)}";

    private void Begin(string file)
    {
        path = file;
        text.Clear();
        line = 1;
    }

    private void End() => files.Add((path, text.ToString()));

    /// <summary>Adds lines; a line that ends in <c>#!slug</c> is a defect's place, the mark itself is not written.</summary>
    private void Add(string lines)
    {
        foreach (var raw in lines.ReplaceLineEndings("\n").Split('\n'))
        {
            var content = raw;
            var mark = raw.IndexOf("#!", StringComparison.Ordinal);
            if (mark >= 0)
            {
                content = raw[..mark].TrimEnd();
                defects.Add(new SeededDefect(raw[(mark + 2)..], path, line));
            }

            text.Append(content).Append('\n');
            line++;
        }
    }

    private void AddGround(int apps, ResourceForm form)
    {
        Begin("mesh/mesh.yaml");
        if (form == ResourceForm.Universal)
        {
            Add("""
                type: Mesh
                name: default
                meshServices:
                  mode: Exclusive
                """);
        }
        else
        {
            Add("""
                apiVersion: kuma.io/v1alpha1
                kind: Mesh
                metadata:
                  name: default
                spec:
                  meshServices:
                    mode: Exclusive
                """);
            for (var group = 0; group * AppsPerGroup < apps; group++)
            {
                Add($"""
                    ---
                    apiVersion: v1
                    kind: Namespace
                    metadata:
                      name: {Space(group * AppsPerGroup)}
                      labels:
                        kuma.io/sidecar-injection: enabled
                    """);
            }
        }

        End();
        Begin("charts/gateway/Chart.yaml");
        Add("apiVersion: v2\nname: gateway\nversion: 1.0.0");
        End();
        Begin("charts/gateway/templates/mesh.yaml");
        Add("apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata:\n  name: {{ .Values.mesh | quote }}\n{{- if .Values.mtls }}\nspec:\n  mtls: {}\n{{- end }}");
        End();
        Begin(".github/workflows/ci.yaml");
        Add("name: ci\non: [push]\njobs:\n  test:\n    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n        os: [ubuntu-latest]\n    steps:\n      - uses: actions/checkout@v4\n      - run: echo ${{ github.sha }}");
        End();
    }

    private void AddUniversal(int app, int apps, string? defect)
    {
        var name = Name(app);
        var next = Name((app + 1) % apps);
        Begin($"{Folder(app)}/dataplanes.yaml");
        for (var i = 0; i < 2; i++)
        {
            var port = defect == "port-conflict" && i == 1 ? "8081 #!port-conflict" : "8080";
            Add($"""
                # Rendered from the inventory of machines, see https://inventory.example.com/{name}-{i} before changing anything.
                type: Dataplane
                mesh: default
                name: {name}-{i}
                labels:
                  app: {name}
                  team: {Space(app)}
                networking:
                  address: 10.{app / 65536 % 256}.{app / 256 % 256}.{app % 256}
                  inbound:
                    - name: http
                """);
            // The marker of a finding is its item, which begins at the name above.
            if (port.Length > 4)
            {
                defects.Add(new SeededDefect("port-conflict", path, line - 1));
                port = "8081";
            }

            Add($"""
                      port: {port}
                      tags:
                        kuma.io/service: {name}
                        kuma.io/protocol: http
                    - name: admin
                      port: 9901
                      tags:
                        kuma.io/service: {name}
                        kuma.io/protocol: http
                  transparentProxying:
                    redirectPortInbound: 15006
                    redirectPortOutbound: 15001
                ---
                """);
        }

        End();
        Begin($"{Folder(app)}/service.yaml");
        Add($"""
            # The interface that other teams may rely on; changes need a word in their channel first.
            type: MeshService
            mesh: default
            name: {name}-api
            labels:
              team: {Space(app)}
              api: {name}
            spec:
              selector:
                dataplaneLabels:
                  matchLabels:
                    app: {name}
              ports:
                - name: http
                  port: 80
                  targetPort: {(defect == "target-port-not-found" ? "htpp #!target-port-not-found" : "http")}
                  appProtocol: http
                - name: admin
                  port: 9901
                  targetPort: admin
                  appProtocol: http
            """);
        End();
        AddPolicies(app, defect, name, $"{next}-api", null);
    }

    private void AddKubernetes(int app, int apps, string? defect)
    {
        var name = Name(app);
        var space = Space(app);
        // The neighbour of the same namespace.
        var group = app / AppsPerGroup * AppsPerGroup;
        var size = Math.Min(AppsPerGroup, apps - group);
        var next = Name(group + ((app - group + 1) % size));
        Begin($"{Folder(app)}/workload.yaml");
        Add($"""
            # Scaled by hand for the time being; see https://runbooks.example.com/{name} for how much each replica takes.
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {name}
              namespace: {space}
              labels:
                app: {name}
            spec:
              replicas: 2
              selector:
                matchLabels:
                  app: {name}
              template:
                metadata:
                  labels:
                    app: {name}
                    team: {space}
                spec:
                  containers:
                    - name: main
                      image: registry.example.com/{name}:1.0
                      ports:
                        - name: http
                          containerPort: 8080
                        - name: admin
                          containerPort: 9901
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: {name}
              namespace: {space}
              labels:
                api: {name}
            spec:
              selector:
                app: {name}
              ports:
                - name: http
                  port: 80
                  targetPort: {(defect == "target-port-not-found" ? "htpp #!target-port-not-found" : "http")}
                  appProtocol: http
                - name: admin
                  port: 9901
                  targetPort: admin
                  appProtocol: http
            """);
        End();
        if (defect == "port-conflict")
        {
            Begin($"{Folder(app)}/extra.yaml");
            Add($"""
                apiVersion: kuma.io/v1alpha1
                kind: MeshService
                metadata:
                  name: {name}-extra
                  namespace: {space}
                  labels:
                    kuma.io/mesh: default
                spec:
                  selector:
                    dataplaneTags:
                      app: {name}
                      k8s.kuma.io/namespace: {space}
                  ports:
                    - name: one
                      port: 80
                      targetPort: http
                      appProtocol: http
                    - name: two
                      port: 80 #!port-conflict
                      targetPort: http
                      appProtocol: http2
                """);
            End();
        }

        AddPolicies(app, defect, name, next, space);
    }

    private void AddPolicies(int app, string? defect, string name, string next, string? space)
    {
        Begin($"{Folder(app)}/policies.yaml");
        Policy("MeshTimeout", $"{name}-in", space);
        Add($"""
              targetRef:
                kind: Dataplane
                labels:
                  app: {name}
              to:
                - targetRef:
                    kind: Mesh
                  default:
                    connectionTimeout: 2s
            """);
        if (defect == "unknown-field")
            Add("        idelTimeout: 20s #!unknown-field");
        else if (defect == "duplicate-key")
            Add("        connectionTimeout: 3s #!duplicate-key");
        Add("---");
        Policy("MeshRetry", $"{name}-retry", space);
        Add($"""
              targetRef:
                kind: Dataplane
                labels:
                  app: {name}
              to:
                - targetRef:
                    kind: MeshService
                    name: {next}
                    sectionName: {(defect == "section-name-not-found" ? "htpp #!section-name-not-found" : "http")}
                  default:
                    http:
                      numRetries: 3
                      retryOn:
                        - {(defect == "refused-document" ? "5XX_ERRORS #!refused-document" : "5xx")}
            ---
            """);
        Policy("MeshHTTPRoute", $"{name}-route", space);
        Add($"""
              targetRef:
                kind: Dataplane
                labels:
                  app: {name}
              to:
                - targetRef:
                    kind: MeshService
                    name: {next}
                    sectionName: http
                  rules:
                    - matches:
                        - path:
                            type: PathPrefix
                            value: /
                      default:
                        backendRefs:
            """);
        switch (defect)
        {
            case "ambiguous-backend-ref":
                // Every app of the team has the label.
                Add(space is null
                    ? $"""
                                      - kind: MeshService #!ambiguous-backend-ref
                                        labels:
                                          team: {Space(app)}
                                        port: 80
                        """
                    : $"""
                                      - kind: MeshService #!ambiguous-backend-ref
                                        labels:
                                          k8s.kuma.io/namespace: {space}
                                        port: 80
                        """);
                break;
            case "unresolved-backend-ref":
                Add($"""
                                  - kind: MeshService
                                    name: {next}-gone #!unresolved-backend-ref
                                    port: 80
                    """);
                break;
            default:
                Add($"""
                                  - kind: MeshService
                                    name: {next}
                                    port: 80
                    """);
                break;
        }

        Add("---");
        Policy("MeshCircuitBreaker", $"{name}-breaker", space);
        Add($"""
              targetRef:
                kind: Dataplane
                labels:
                  app: {name}
              to:
                - targetRef:
                    kind: MeshService
                    name: {next}
                  default:
                    connectionLimits:
                      maxConnections: 100
                      maxPendingRequests: 50
                      maxRetries: 3
                      maxRequests: 200
            ---
            """);
        Policy("MeshAccessLog", $"{name}-log", space);
        Add($"""
              targetRef:
                kind: Dataplane
                labels:
                  app: {name}
              to:
                - targetRef:
                    kind: Mesh
                  default:
                    backends:
                      - type: File
                        file:
                          path: /var/log/{name}/access.log
                          format:
                            type: Plain
                            plain: "[%START_TIME%] %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE%"
            """);
        if (space is not null)
        {
            Add("---");
            Policy("MeshHealthCheck", $"{name}-health", space);
            Add($"""
                  targetRef:
                    kind: Dataplane
                    labels:
                      app: {name}
                  to:
                    - targetRef:
                        kind: MeshService
                        name: {next}
                      default:
                        interval: 10s
                        timeout: 2s
                        unhealthyThreshold: 3
                        healthyThreshold: 1
                        http:
                          path: /health
                """);
        }

        End();
    }

    private void Policy(string kind, string name, string? space)
    {
        Add($"# {kind} {name}: owned by the team of the folder, reviewed twice a year, runbook at https://runbooks.example.com/{name}");
        Add(space is null
            ? $"""
               type: {kind}
               mesh: default
               name: {name}
               spec:
               """
            : $"""
               apiVersion: kuma.io/v1alpha1
               kind: {kind}
               metadata:
                 name: {name}
                 namespace: {space}
                 labels:
                   kuma.io/mesh: default
               spec:
               """);
    }

    private void AddForeign(int app)
    {
        var name = Name(app);
        Begin($"{Folder(app)}/config.yaml");
        Add($"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {name}-config
              namespace: {Space(app)}
            data:
              LOG_LEVEL: info
              DATABASE_URL: postgres://db.{name}.internal:5432/{name}
              FEATURES: "search,checkout,recommendations,reviews,wishlist"
              application.properties: |
                server.port=8080
                management.server.port=9901
                spring.application.name={name}
                logging.level.root=INFO
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: {name}
              namespace: {Space(app)}
              annotations:
                nginx.ingress.kubernetes.io/rewrite-target: /
            spec:
              rules:
                - host: {name}.example.com
                  http:
                    paths:
                      - path: /
                        pathType: Prefix
                        backend:
                          service:
                            name: {name}
                            port:
                              number: 80
            """);
        End();
    }
}
