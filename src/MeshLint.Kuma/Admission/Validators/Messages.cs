namespace MeshLint.Kuma.Admission.Validators;

/// <summary>Message texts that many of Kuma's validators share (kuma: pkg/core/validators/messages.go, types.go).</summary>
internal static class Messages
{
    public const string MustBeDefined = "must be defined";
    public const string MustNotBeDefined = "must not be defined";
    public const string MustBeSet = "must be set";
    public const string MustNotBeSet = "must not be set";
    public const string MustNotBeEmpty = "must not be empty";
    public const string GreaterThanZero = "must be greater than 0";
    public const string GreaterThanZeroWhenDefined = "must be greater than zero when defined";
    public const string NotNegativeWhenDefined = "must not be negative when defined";
    public const string DefinedAndGreaterThanZero = "must be defined and greater than zero";
    public const string PercentageRange = "must be in inclusive range [0.0, 100.0]";
    public const string WholePercentageRange = "must be in inclusive range [0, 100]";
    public const string StatusRange = "must be in inclusive range [100, 599]";
    public const string ValidNumber = "string must be a valid number";
    public const string ValidPath = "must be a valid path when defined";
    public const string BandwidthUnit = "must be in kbps/Mbps/Gbps units";
    public const string ValidPort = "port must be a valid (1-65535)";
    public const string ValidUrl = "must be a valid url";
    public const string NeedsOneItem = "needs at least one item";

    /// <summary><c>x must be one of: a, b</c>.</summary>
    public static string OneOf(string entity, params ReadOnlySpan<string?> values) =>
        $"{entity} must be one of: {string.Join(", ", values)}";

    /// <summary><c>x must have only one type defined: a, b</c>.</summary>
    public static string OnlyOne(string entity, params ReadOnlySpan<string?> values) =>
        $"{entity} must have only one type defined: {string.Join(", ", values)}";

    /// <summary><c>x must have exactly one defined: a, b</c>.</summary>
    public static string ExactlyOne(string entity, params ReadOnlySpan<string?> values) =>
        $"{entity} must have exactly one defined: {string.Join(", ", values)}";

    /// <summary><c>must have at least one defined: a, b</c>.</summary>
    public static string AtLeastOne(params ReadOnlySpan<string?> values) => $"must have at least one defined: {string.Join(", ", values)}";

    /// <summary><c>"x" must be one of ["a", "b"]</c>.</summary>
    public static string FieldOneOf(string field, params ReadOnlySpan<string?> values) =>
        $"{GoText.Quote(field)} must be one of {Quoted(values)}";

    /// <summary><c>"x" is allowed only when "y" is one of ["a", "b"]</c>.</summary>
    public static string FieldWhenOneOf(string field, string message, string other, params ReadOnlySpan<string?> values) =>
        $"\"{field}\" {message} when \"{other}\" is one of {Quoted(values)}";

    private static string Quoted(ReadOnlySpan<string?> values) => $"[\"{string.Join("\", \"", values)}\"]";
}
