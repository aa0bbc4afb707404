namespace MeshLint.Kuma.Schemas;

/// <summary>
/// Schema errors in the words of a Universal control plane (kube-openapi; kuma: pkg/core/resources/model/rest/unmarshaller.go).
/// </summary>
internal static class UniversalSchemaText
{
    /// <summary>The whole text, path included.</summary>
    public static string Render(SchemaError error) => error.Kind switch
    {
        SchemaErrorKind.Required => $"{error.Path} in body is required",
        SchemaErrorKind.Type => $"{error.Path} in body must be of type {error.Expected}: \"{error.Actual}\"",
        SchemaErrorKind.Enum => $"{error.Path} in body should be one of [{string.Join(' ', error.Schema.Enum)}]",
        SchemaErrorKind.MinLength => $"{error.Path} in body should be at least {error.Schema.MinLength} chars long",
        SchemaErrorKind.MaxLength => $"{error.Path} in body should be at most {error.Schema.MaxLength} chars long",
        SchemaErrorKind.Pattern => $"{error.Path} in body should match '{error.Schema.Pattern}'",
        SchemaErrorKind.Minimum => $"{error.Path} in body should be greater than or equal to {error.Schema.Minimum}",
        SchemaErrorKind.Maximum => $"{error.Path} in body should be less than or equal to {error.Schema.Maximum}",
        SchemaErrorKind.MinItems => $"{error.Path} in body should have at least {error.Schema.MinItems} items",
        SchemaErrorKind.MaxItems => $"{error.Path} in body should have at most {error.Schema.MaxItems} items",
        SchemaErrorKind.IntegerFormat when error.Expected.Length > 0 =>
            $"Checked value must be of type integer with format {error.Expected} in {error.Path}",
        SchemaErrorKind.IntegerFormat => $"Checked value must be of type integer (default format) in {error.Path}",
        SchemaErrorKind.AnyOf => $"\"{error.Path}\" must validate at least one schema (anyOf)",
        _ => throw new ArgumentOutOfRangeException(nameof(error), error.Kind, "not a kind of schema error"),
    };

    /// <summary>Field and reason: the first word is the field where it begins with <c>spec.</c>, else there is none.</summary>
    public static (string Field, string Reason) Split(string text)
    {
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && text.StartsWith("spec.", StringComparison.Ordinal) ? (text[..blank], text[(blank + 1)..]) : ("", text);
    }
}
