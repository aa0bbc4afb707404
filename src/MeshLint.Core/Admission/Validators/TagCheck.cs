using System.Buffers;

namespace MeshLint.Core.Admission.Validators;

/// <summary>Checks maps of tags (kuma: pkg/core/resources/apis/mesh/validators.go, ValidateTags and ValidateSelector).</summary>
internal static class TagCheck
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:/");
    private static readonly SearchValues<char> ValueCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:");

    /// <summary>Tags that a proxy can have.</summary>
    public static void Tags(Field tags) => Validate(tags, selector: false);

    /// <summary>Tags that select: a value may be <c>*</c> and hold slashes.</summary>
    public static void Selector(Field tags) => Validate(tags, selector: true);

    private static void Validate(Field tags, bool selector)
    {
        if (tags.Count == 0)
            return;
        foreach (var key in tags.Node.Entries.Select(static entry => entry.Key ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            tags.ReportIf(key.Length == 0, "tag name must be non-empty");
            var tag = tags.Entry(key);
            tag.ReportIf(key.AsSpan().ContainsAnyExcept(NameCharacters), "tag name must consist of alphanumeric characters, dots, dashes, slashes and underscores");
            tag.ReportIf(tag.Text.Length == 0, "tag value must be non-empty");
            if (selector)
            {
                tag.ReportIf(
                    tag.Text != "*" && tag.Text.AsSpan().ContainsAnyExcept(NameCharacters),
                    "tag value must consist of alphanumeric characters, dots, dashes, slashes and underscores or be \"*\"");
            }
            else
            {
                tag.ReportIf(tag.Text.AsSpan().ContainsAnyExcept(ValueCharacters), "tag value must consist of alphanumeric characters, dots, dashes and underscores");
            }
        }
    }
}
