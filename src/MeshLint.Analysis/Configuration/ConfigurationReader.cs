using MeshLint.Diagnostics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Sources;

namespace MeshLint.Analysis.Configuration;

/// <summary>
/// A fault in the configuration. It is an error of usage, not a finding: nothing is checked with a configuration that is not understood.
/// </summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Message">One sentence without a full stop, the nearest valid spelling included.</param>
public sealed record ConfigurationProblem(Location Location, string Message)
{
    /// <summary>The line that hosts print: <c>path:line:column: message</c>.</summary>
    public override string ToString()
    {
        var position = Location.Source.GetPosition(Location.Span.Start);
        return $"{Location.Source.Path}:{position.Line}:{position.Column}: {Message}";
    }
}

/// <summary>What <c>.meshlint.yaml</c> says.</summary>
/// <param name="Options">The options as far as they were understood.</param>
/// <param name="HasVersion">Whether the file names the Kuma version itself.</param>
/// <param name="Problems">Everything that was not understood, in document order; empty for a usable configuration.</param>
public sealed record ConfigurationResult(MeshLintOptions Options, bool HasVersion, ImmutableArray<ConfigurationProblem> Problems);

/// <summary>
/// Reads <c>.meshlint.yaml</c>. The schema for editors is <c>docs/schema/meshlint.schema.json</c>; a test holds the two together.
/// </summary>
public sealed class ConfigurationReader
{
    /// <summary>Name of the configuration file.</summary>
    public const string FileName = SourceNames.ConfigurationFile;

    private readonly SourceText source;
    private readonly ImmutableArray<string> knownRules;
    private readonly ImmutableArray<ConfigurationProblem>.Builder problems = ImmutableArray.CreateBuilder<ConfigurationProblem>();

    private ConfigurationReader(SourceText source, ImmutableArray<string> knownRules)
    {
        this.source = source;
        this.knownRules = knownRules;
    }

    /// <summary>The keys of the top level.</summary>
    public static ImmutableArray<string> TopKeys { get; } =
    [
        "$schema", "kumaVersion", "controlPlanes", "world", "rules", "exclude", "templates",
    ];

    /// <summary>The keys of an entry of <c>controlPlanes</c>.</summary>
    public static ImmutableArray<string> ControlPlaneKeys { get; } =
    [
        "path", "role", "zone", "environment", "systemNamespace", "inboundTagsDisabled", "ignoredServiceSelectorLabels", "nodeLabelsToCopy",
        "workloadLabels", "skipDefaultHostnameGenerators",
    ];

    /// <summary>The keys of <c>world</c>.</summary>
    public static ImmutableArray<string> WorldKeys { get; } = ["open"];

    /// <summary>The values of <c>role</c>.</summary>
    public static ImmutableArray<string> Roles { get; } = ["zone", "global", "federated-zone"];

    /// <summary>The values of <c>environment</c>.</summary>
    public static ImmutableArray<string> Environments { get; } = ["universal", "kubernetes"];

    /// <summary>The values of an entry of <c>rules</c>.</summary>
    public static ImmutableArray<string> Severities { get; } = ["error", "warning", "info", "off"];

    /// <summary>Reads a configuration.</summary>
    /// <param name="source">The file.</param>
    /// <param name="knownRules">Every rule id and slug; a rule named otherwise is a fault.</param>
    public static ConfigurationResult Read(SourceText source, IEnumerable<string> knownRules) =>
        new ConfigurationReader(source, [.. knownRules]).Read();

    private ConfigurationResult Read()
    {
        var options = new MeshLintOptions();
        var hasVersion = false;
        var documents = DocumentReader.Read(source);
        if (documents.Length > 1)
            Report(
                new Location(source, documents[1].Span with { End = documents[1].Span.Start }),
                "the configuration must be one document; a second one begins here");
        if (documents.Length > 0)
        {
            foreach (var problem in documents[0].Problems)
                Report(new Location(source, problem.Span), problem.Message);
            if (!documents[0].IsBroken)
                (options, hasVersion) = ReadTop(documents[0].Root);
        }

        return new ConfigurationResult(options, hasVersion, problems.ToImmutable());
    }

    private (MeshLintOptions Options, bool HasVersion) ReadTop(Node root)
    {
        var options = new MeshLintOptions();
        var hasVersion = false;
        if (!Mapping(root, "the configuration", TopKeys))
            return (options, hasVersion);
        if (root["kumaVersion"] is { IsNullOrMissing: false } version)
        {
            // Read as written: an unquoted 2.10 is the number 2.1 to YAML.
            var text = version.IsString ? version.Text : source.Slice(version.Span).ToString();
            if (KumaVersions.TryParse(text, out var parsed))
            {
                options = options with { Version = parsed };
                hasVersion = true;
            }
            else
            {
                Report(
                    Location.Of(version),
                    $"unknown Kuma version '{text}'; choose {string.Join(", ", KumaVersions.All.Select(static v => v.Text()))}");
            }
        }

        return (options with
        {
            ControlPlanes = ReadControlPlanes(root["controlPlanes"]),
            OpenKinds = ReadOpenKinds(root["world"]),
            RuleSeverities = ReadRules(root["rules"]),
            Exclude = ReadExclude(root["exclude"]),
            Templates = PathBelow(root["templates"], "templates"),
        }, hasVersion);
    }

    private ImmutableArray<string> ReadExclude(Node list)
    {
        var patterns = Strings(list, "exclude");
        CheckWildcards(list, "exclude", patterns);
        return patterns;
    }

    private ImmutableArray<ControlPlane> ReadControlPlanes(Node list)
    {
        if (list.IsNullOrMissing)
            return [];
        if (!list.IsSequence)
        {
            Report(Location.Of(list), "'controlPlanes' must be a list");
            return [];
        }

        var result = ImmutableArray.CreateBuilder<ControlPlane>(list.Count);
        var siblings = new ControlPlaneSiblings();
        foreach (var item in list.Items)
        {
            if (!Mapping(item, "a control plane", ControlPlaneKeys))
                continue;
            var place = ReadControlPlane(item);
            switch (siblings.Add(place))
            {
                case ControlPlaneClash.Path:
                    Report(Location.Of(item["path"].Exists ? item["path"] : item), $"path '{place.Path}' is given to two control planes");
                    break;
                case ControlPlaneClash.Settings:
                    Report(Location.Of(item), $"control plane '{place.Name}' is defined twice with different settings");
                    break;
                case ControlPlaneClash.Name:
                    Report(
                        Location.Of(item["role"].Exists ? item["role"] : item),
                        $"two control planes of different roles are named '{place.Name}'");
                    break;
            }

            result.Add(place);
        }

        CheckWildcards(list, "controlPlanes", result.Select(static p => p.Path));
        return result.ToImmutable();
    }

    /// <summary>Each pattern with a wildcard is compared with each path: their number is bounded.</summary>
    private void CheckWildcards(Node list, string key, IEnumerable<string> patterns)
    {
        var count = patterns.Count(static p => new PathPattern(p).HasWildcards);
        if (count > PathPatternSet.MaxWildcards)
            Report(
                Location.Of(list),
                $"'{key}' has {count} patterns with '*' or '?', the limit is {PathPatternSet.MaxWildcards}; folders without wildcards are "
                    + "not limited");
    }

    private ControlPlane ReadControlPlane(Node item)
    {
        var defaults = new ControlPlane();
        var role = Choice(item["role"], "role", Roles) switch
        {
            "global" => ControlPlaneRole.Global,
            "federated-zone" => ControlPlaneRole.FederatedZone,
            _ => ControlPlaneRole.Zone,
        };
        var zone = Text(item["zone"], "zone");
        if (role == ControlPlaneRole.Global && zone is not null)
            Report(Location.Of(item["zone"]), "a global control plane has no zone");
        if (role == ControlPlaneRole.FederatedZone && item["zone"].IsNullOrMissing)
            Report(Location.Of(item), "a federated zone needs a 'zone'");
        var path = PathBelow(item["path"], "path") ?? "";
        return new ControlPlane
        {
            Path = path,
            Role = role,
            Zone = role == ControlPlaneRole.Global ? "" : zone ?? defaults.Zone,
            Environment = Choice(item["environment"], "environment", Environments) == "kubernetes"
                ? ControlPlaneEnvironment.Kubernetes
                : ControlPlaneEnvironment.Universal,
            IsEnvironmentAssumed = item["environment"].IsNullOrMissing,
            SystemNamespace = Text(item["systemNamespace"], "systemNamespace") ?? defaults.SystemNamespace,
            InboundTagsDisabled = Switch(item["inboundTagsDisabled"], "inboundTagsDisabled"),
            IgnoredServiceSelectorLabels = Strings(item["ignoredServiceSelectorLabels"], "ignoredServiceSelectorLabels"),
            NodeLabelsToCopy = item["nodeLabelsToCopy"].IsNullOrMissing
                ? defaults.NodeLabelsToCopy
                : Strings(item["nodeLabelsToCopy"], "nodeLabelsToCopy"),
            WorkloadLabels = Strings(item["workloadLabels"], "workloadLabels"),
            SkipDefaultHostnameGenerators = Switch(item["skipDefaultHostnameGenerators"], "skipDefaultHostnameGenerators"),
        };
    }

    private ImmutableHashSet<string> ReadOpenKinds(Node world)
    {
        var result = new MeshLintOptions().OpenKinds;
        if (world.IsNullOrMissing || !Mapping(world, "'world'", WorldKeys))
            return result;
        foreach (var item in ListItems(world["open"], "open"))
        {
            if (item.AsString() is not { Length: > 0 } kind)
                Report(Location.Of(item), "an entry of 'open' must be the name of a kind, or '*'");
            else if (kind != "*" && KindCatalog.Find(kind) is null && !ResourceReader.CoreKindNames.Contains(kind))
                Report(
                    Location.Of(item),
                    Unknown(
                        $"'{kind}' is not a kind that MeshLint knows",
                        kind,
                        KindCatalog.All.Select(k => k.Name).Concat(ResourceReader.CoreKindNames)));
            else
                result = result.Add(kind);
        }

        return result;
    }

    private ImmutableDictionary<string, Severity?> ReadRules(Node rules)
    {
        var result = new MeshLintOptions().RuleSeverities;
        if (rules.IsNullOrMissing)
            return result;
        if (!rules.IsMapping)
        {
            Report(Location.Of(rules), "'rules' must map rule ids or slugs to severities");
            return result;
        }

        foreach (var entry in rules.Entries)
        {
            var rule = entry.Key ?? "";
            if (!knownRules.IsEmpty && !knownRules.Contains(rule))
            {
                Report(Location.OfKey(entry), Unknown($"'{rule}' is not a rule", rule, knownRules));
                continue;
            }

            // YAML 1.1 reads a bare 'off' as the boolean false.
            var value = entry.AsBoolean() == false ? "off" : Choice(entry, rule, Severities);
            if (value is not null)
            {
                result = result.SetItem(rule, value switch
                {
                    "error" => Severity.Error,
                    "warning" => Severity.Warning,
                    "info" => Severity.Info,
                    _ => null,
                });
            }
        }

        return result;
    }

    private bool Mapping(Node node, string what, ImmutableArray<string> keys)
    {
        if (!node.Exists)
            return false;
        if (!node.IsMapping)
        {
            if (node.Kind != NodeKind.Null)
                Report(Location.Of(node), $"{what} must be a mapping");
            return false;
        }

        foreach (var entry in node.Entries)
        {
            if (entry.Key is { } key && !keys.Contains(key))
                Report(Location.OfKey(entry), Unknown($"unknown key '{key}' in {what}", key, keys));
        }

        return true;
    }

    private static string Unknown(string message, string word, IEnumerable<string> candidates) =>
        NearMiss.Find(word, candidates) is { } near ? $"{message}, did you mean '{near}'?" : message;

    private string? Choice(Node node, string key, ImmutableArray<string> values)
    {
        if (node.IsNullOrMissing)
            return null;
        if (node.AsString() is { } text && values.Contains(text))
            return text;
        var written = node.IsScalar ? source.Slice(node.Span).ToString() : "this";
        Report(Location.Of(node), Unknown($"'{key}' must be one of {string.Join(", ", values)}", written, values));
        return null;
    }

    private string? Text(Node node, string key)
    {
        if (node.IsNullOrMissing)
            return null;
        if (node.AsString() is { } text)
            return text;
        Report(Location.Of(node), $"'{key}' must be text");
        return null;
    }

    private string? PathBelow(Node node, string key)
    {
        var path = Text(node, key);
        if (path is not null && (path.StartsWith('/') || path.Split('/').Contains("..")))
            Report(Location.Of(node), $"{key} '{path}' must lie below the folder of the configuration");
        return path;
    }

    private bool Switch(Node node, string key)
    {
        if (!node.IsNullOrMissing && node.AsBoolean() is null)
            Report(Location.Of(node), $"'{key}' must be true or false");
        return node.AsBoolean() ?? false;
    }

    private Node.ChildList ListItems(Node node, string key)
    {
        if (!node.IsNullOrMissing && !node.IsSequence)
            Report(Location.Of(node), $"'{key}' must be a list");
        return node.Items;
    }

    private ImmutableArray<string> Strings(Node node, string key)
    {
        var result = ImmutableArray.CreateBuilder<string>();
        foreach (var item in ListItems(node, key))
        {
            if (item.AsString() is { } text)
                result.Add(text);
            else
                Report(Location.Of(item), $"an entry of '{key}' must be text");
        }

        return result.ToImmutable();
    }

    private void Report(Location location, string message) => problems.Add(new ConfigurationProblem(location, message));
}
