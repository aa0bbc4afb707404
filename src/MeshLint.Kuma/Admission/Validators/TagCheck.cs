using System.Buffers;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission.Validators;

/// <summary>What a set of tags must obey beyond its character sets.</summary>
internal sealed record TagRules
{
    public static readonly TagRules None = new();

    public static readonly TagRules AnyTag = new() { AtLeastOne = true };

    public static readonly TagRules AnyTagWithService = new() { AtLeastOne = true, RequireService = true };

    public static readonly TagRules ServiceOnly = new() { RequireService = true, OnlyService = true };

    public bool AtLeastOne { get; init; }

    public bool RequireService { get; init; }

    public bool ForbidService { get; init; }

    /// <summary>Nothing but <c>kuma.io/service</c>.</summary>
    public bool OnlyService { get; init; }

    /// <summary>Keys that may not be used.</summary>
    public ImmutableArray<string> ForbiddenKeys { get; init; } = [];

    /// <summary>A check of the whole set, run before that of the single tags.</summary>
    public Action<Field>? Whole { get; init; }
}

/// <summary>Checks maps of tags and lists of selectors (kuma: pkg/core/resources/apis/mesh/validators.go).</summary>
internal static class TagCheck
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:/");
    private static readonly SearchValues<char> ValueCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:");

    /// <summary>Tags that a proxy can have.</summary>
    public static void Tags(Field tags, TagRules? rules = null) => Validate(tags, rules ?? TagRules.None, selector: false);

    /// <summary>Tags that select: a value may be <c>*</c> and hold slashes.</summary>
    public static void Selector(Field tags, TagRules? rules = null) => Validate(tags, rules ?? TagRules.None, selector: true);

    /// <summary>A list of <c>{match: tags}</c> under a key of the body.</summary>
    public static void Selectors(Validation v, string field, TagRules rules, bool required = true, bool atMostOne = false)
    {
        var list = Field.Of(v, v.Spec)[field];
        list.ReportIf(required && list.Count == 0, "must have at least one element");
        var isFirst = true;
        foreach (var selector in list.Items)
        {
            Selector(selector["match"], rules);
            selector.ReportIf(atMostOne && !isFirst, "there can be at most one selector");
            isFirst = false;
        }
    }

    /// <summary>The tag <c>kuma.io/protocol</c>, where present, must name a protocol.</summary>
    public static void KnownProtocol(Field tags)
    {
        var protocol = tags.Node[WellKnown.ProtocolTag];
        if (!protocol.Exists || Protocols.IsKnown(protocol.Str(), tags.Version))
            return;
        tags.Entry(WellKnown.ProtocolTag).Report(
            $"tag \"{WellKnown.ProtocolTag}\" has an invalid value {GoText.Quote(protocol.Str())}. "
                + $"{Protocols.AllowedValues(tags.Version)}");
    }

    /// <summary>Whether a tag may bear the name; an empty one passes.</summary>
    public static bool IsTagName(string name) => !name.AsSpan().ContainsAnyExcept(NameCharacters);

    private static void Validate(Field tags, TagRules rules, bool selector)
    {
        tags.ReportIf(rules.AtLeastOne && tags.Count == 0, "must have at least one tag");
        var hasService = tags.Node[WellKnown.ServiceTag].Exists;
        tags.ReportIf(rules.OnlyService && (tags.Count != 1 || !hasService), $"must consist of exactly one tag \"{WellKnown.ServiceTag}\"");
        rules.Whole?.Invoke(tags);
        if (tags.Count > 0)
        {
            foreach (var key in tags.Node.Entries.Select(static entry => entry.Key ?? "").Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal))
                ValidateTag(tags, key, rules, selector);
        }

        tags.ReportIf(rules.ForbidService && hasService, $"\"{WellKnown.ServiceTag}\" must not be defined");
        tags.ReportIf(rules.RequireService && !hasService, $"mandatory tag \"{WellKnown.ServiceTag}\" is missing");
    }

    private static void ValidateTag(Field tags, string key, TagRules rules, bool selector)
    {
        tags.ReportIf(key.Length == 0, "tag name must be non-empty");
        var value = tags[key].Text;
        var text = selector
            ? value != "*" && value.AsSpan().ContainsAnyExcept(NameCharacters)
                ? "tag value must consist of alphanumeric characters, dots, dashes, slashes and underscores or be \"*\"" : null
            : value.AsSpan().ContainsAnyExcept(ValueCharacters)
                ? "tag value must consist of alphanumeric characters, dots, dashes and underscores" : null;
        var isForbidden = rules.ForbiddenKeys.Contains(key);
        var isOther = rules.OnlyService && key != WellKnown.ServiceTag;
        if (value.Length > 0 && text is null && !isForbidden && !isOther && IsTagName(key))
            return;

        var tag = tags.Entry(key);
        tag.ReportIf(!IsTagName(key), "tag name must consist of alphanumeric characters, dots, dashes, slashes and underscores");
        tag.ReportIf(isOther, $"tag {GoText.Quote(key)} is not allowed");
        tag.ReportIf(isForbidden, $"tag name must not be {GoText.Quote(key)}");
        tag.ReportIf(value.Length == 0, "tag value must be non-empty");
        if (text is not null)
            tag.Report(text);
    }
}
