using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Admission;

/// <summary>Validators and deprecations take any tree: a broken document must never break the run.</summary>
public sealed class OddShapesTests
{
    private static readonly string[] Keys =
    [
        "networking", "address", "port", "inbound", "outbound", "gateway", "tags", "type", "listeners", "admin", "backendRef", "kind", "name", "labels", "probes", "endpoints",
        "metrics", "conf", "aggregate", "tls", "mode", "mtls", "backends", "enabledBackend", "dpCert", "rotation", "expiration", "logging", "tracing", "constraints", "dataplaneProxy",
        "requirements", "selector", "meshService", "matchLabels", "ports", "appProtocol", "match", "protocol", "extension", "verification", "caCert", "clientCert", "subjectAltNames",
        "template", "spiffeID", "trustDomain", "path", "provider", "bundled", "ca", "certificate", "caBundles", "pem", "value", "endpoint", "env", "precedence", "sources",
        "destinations", "selectors", "http", "split", "destination", "weight", "headers", "modify", "host", "loadBalancer", "ringHash", "rules", "matches", "filters", "rewrite",
        "mirror", "redirect", "backend", "backends", "modifications", "cluster", "operation", "resources", "resource", "imports", "parameters", "tagKey", "transparentProxying",
        "reachableBackends", "refs", "availableServices", "retryOn", "grpc", "backOff", "baseInterval", "detectors", "thresholds", "delay", "percentage", "cert", "key", "secret",
        "kuma.io/service", "kuma.io/protocol", "", "\"",
    ];

    private static readonly string[] Texts =
        ["", "a", "-", "*", "host:1", ":", "[", "1h", "-1s", "Bundled", "File", "prometheus", "zipkin", "tcp", "file", "provided", "builtin", "HTTPS", "add", "{{", "{{ .Name }}", "{", "::", "\u00fc\ud800"];

    [Fact]
    public void No_tree_breaks_a_validator()
    {
        var random = new Random(4711);
        foreach (var kind in KindCatalog.All)
        {
            var validator = ValidatorCatalog.Find(kind.Name);
            var deprecations = ValidatorCatalog.FindDeprecations(kind.Name);
            for (var i = 0; i < 400; i++)
            {
                var version = KumaVersions.All[random.Next(KumaVersions.All.Length)];
                var resource = Build(kind, random);
                foreach (var hasMeta in (bool[])[false, true])
                {
                    var validation = new Validation(version, resource, resource.Spec, LabelSet.Empty, hasMeta);
                    validator?.Invoke(validation);
                    deprecations?.Invoke(validation);
                    Assert.All(validation.Violations, v => Assert.NotEmpty(v.Reason));
                }
            }
        }
    }

    private static MeshResource Build(KindInfo kind, Random random)
    {
        var source = new SourceText("odd.yaml", "odd");
        var builder = new NodeTreeBuilder(source);
        builder.BeginMapping(default);
        builder.Key("spec", default);
        Add(builder, random, 0);
        for (var i = 0; i < 8; i++)
        {
            builder.Key(Keys[random.Next(Keys.Length)], default);
            Add(builder, random, 1);
        }

        builder.End();
        var tree = builder.Build();
        return new MeshResource
        {
            KindInfo = kind,
            Kind = kind.Name,
            Form = ResourceForm.Universal,
            Document = new SourceDocument(source, 0, default, tree, []),
            Root = tree.Root,
            Place = new ControlPlane(),
            Order = 0,
            Name = Texts[random.Next(Texts.Length)],
            Mesh = "default",
        };
    }

    private static void Add(NodeTreeBuilder builder, Random random, int depth)
    {
        switch (random.Next(depth < 6 ? 12 : 5))
        {
            case 0:
                builder.Scalar(NodeKind.Integer, random.Next(-2, 70000).ToString(System.Globalization.CultureInfo.InvariantCulture), default, ScalarStyle.Plain);
                break;
            case 1:
                builder.Scalar(NodeKind.Boolean, random.Next(2) == 0 ? "true" : "false", default, ScalarStyle.Plain);
                break;
            case 2:
                builder.Scalar(NodeKind.Null, null, default, ScalarStyle.Plain);
                break;
            case 3 or 4:
                builder.Scalar(NodeKind.String, Texts[random.Next(Texts.Length)], default, ScalarStyle.Plain);
                break;
            case 5 or 6:
                builder.BeginSequence(default);
                for (var i = random.Next(4); i > 0; i--)
                    Add(builder, random, depth + 1);
                builder.End();
                break;
            default:
                builder.BeginMapping(default);
                for (var i = random.Next(6); i > 0; i--)
                {
                    builder.Key(Keys[random.Next(Keys.Length)], default);
                    Add(builder, random, depth + 1);
                }

                builder.End();
                break;
        }
    }
}
