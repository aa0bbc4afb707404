using MeshLint.Core.Documents;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Admission.Validators;

/// <summary>What a set of tags must obey beyond its character sets.</summary>
internal sealed record TagRules
{
    public bool AtLeastOne { get; init; }

    public bool RequireService { get; init; }

    public bool ForbidService { get; init; }

    /// <summary>Nothing but <c>kuma.io/service</c>.</summary>
    public bool OnlyService { get; init; }

    /// <summary>Keys that may not be used.</summary>
    public ImmutableArray<string> ForbiddenKeys { get; init; } = [];

    /// <summary>A check of the whole set, run before that of the single tags; gets the parent and the key of the tags.</summary>
    public Action<Validation, Node, string>? Whole { get; init; }
}

/// <summary>Checks tags, selectors and lists of selectors (kuma: pkg/core/resources/apis/mesh/validators.go; policies.md §8.8.1).</summary>
internal static class TagChecks
{
    public static readonly TagRules AnyTag = new() { AtLeastOne = true };

    public static readonly TagRules AnyTagWithService = new() { AtLeastOne = true, RequireService = true };

    public static readonly TagRules ServiceOnly = new() { RequireService = true, OnlyService = true };

    /// <summary>A list of <c>{match: tags}</c> under a key of the body.</summary>
    public static void Selectors(Validation v, string field, TagRules rules, bool required = true, bool atMostOne = false)
    {
        var list = v.Spec[field];
        if (required && list.Count == 0)
            v.Report(v.Spec, field, "must have at least one element");
        var index = 0;
        foreach (var selector in list.Items)
        {
            Check(v, selector, "match", rules, isSelector: true);
            if (atMostOne && index > 0)
                v.Report(selector, "there can be at most one selector");
            index++;
        }
    }

    /// <summary>Tags that select: values may be <c>*</c> and hold slashes.</summary>
    public static void Selector(Validation v, Node parent, string field, TagRules rules) => Check(v, parent, field, rules, isSelector: true);

    /// <summary>Tags that describe.</summary>
    public static void Tags(Validation v, Node parent, string field, TagRules rules) => Check(v, parent, field, rules, isSelector: false);

    /// <summary>The tag <c>kuma.io/protocol</c>, where present, must name a protocol.</summary>
    public static void CheckKnownProtocol(Validation v, Node parent, string field)
    {
        var protocol = parent[field][WellKnown.ProtocolTag];
        if (protocol.Exists && !Protocols.IsKnown(protocol.Str(), v.Version))
        {
            v.Report(parent[field], NodeReading.Key(WellKnown.ProtocolTag),
                $"tag \"{WellKnown.ProtocolTag}\" has an invalid value {GoText.Quote(protocol.Str())}. {Protocols.AllowedValues(v.Version)}");
        }
    }

    /// <summary>Characters of a tag's name, any number of them.</summary>
    public static bool IsTagName(string name) => name.All(c => IsTagValueCharacter(c) || c == '/');

    /// <summary>As <see cref="Tags"/>, under a path that does not follow the document.</summary>
    public static void TagsAt(Validation v, Node parent, string field, string path, TagRules rules) => Check(v, parent, field, rules, isSelector: false, path);

    /// <summary>As <see cref="Selector"/>, under a path that does not follow the document.</summary>
    public static void SelectorAt(Validation v, Node parent, string field, string path, TagRules rules) => Check(v, parent, field, rules, isSelector: true, path);

    private static void Check(Validation v, Node parent, string field, TagRules rules, bool isSelector, string? path = null)
    {
        var tags = parent[field];
        if (rules.AtLeastOne && tags.Count == 0)
            Report("must have at least one tag");
        var hasService = tags[WellKnown.ServiceTag].Exists;
        if (rules.OnlyService && (tags.Count != 1 || !hasService))
            Report($"must consist of exactly one tag \"{WellKnown.ServiceTag}\"");
        rules.Whole?.Invoke(v, parent, field);
        if (tags.Count > 0)
        {
            foreach (var (key, value) in tags.Map())
                CheckTag(key, value);
        }

        if (rules.ForbidService && hasService)
            Report($"\"{WellKnown.ServiceTag}\" must not be defined");
        if (rules.RequireService && !hasService)
            Report($"mandatory tag \"{WellKnown.ServiceTag}\" is missing");

        void CheckTag(string key, string value)
        {
            if (key.Length == 0)
                Report("tag name must be non-empty");
            if (!IsTagName(key))
                ReportTag(key, "tag name must consist of alphanumeric characters, dots, dashes, slashes and underscores");
            if (rules.OnlyService && key != WellKnown.ServiceTag)
                ReportTag(key, $"tag {GoText.Quote(key)} is not allowed");
            if (rules.ForbiddenKeys.Contains(key))
                ReportTag(key, $"tag name must not be {GoText.Quote(key)}");
            if (value.Length == 0)
                ReportTag(key, "tag value must be non-empty");
            if (isSelector && value != "*" && !IsTagName(value))
                ReportTag(key, "tag value must consist of alphanumeric characters, dots, dashes, slashes and underscores or be \"*\"");
            if (!isSelector && !value.All(IsTagValueCharacter))
                ReportTag(key, "tag value must consist of alphanumeric characters, dots, dashes and underscores");
        }

        void Report(string reason)
        {
            if (path is null)
                v.Report(parent, field, reason);
            else
                v.ReportAt(path, tags.Exists ? tags : parent, reason);
        }

        void ReportTag(string key, string reason)
        {
            var element = NodeReading.Key(key);
            v.ReportAt((path ?? tags.GetPath()) + element, tags[key], reason);
        }
    }

    private static bool IsTagValueCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':';
}
