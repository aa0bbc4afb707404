namespace MeshLint.Core.Admission.Validators;

/// <summary>Texts that many validators of the control plane share (kuma: pkg/core/validators/messages.go, types.go).</summary>
internal static class Texts
{
    public const string MustBeDefined = "must be defined";
    public const string MustNotBeEmpty = "must not be empty";
    public const string CannotBeEmpty = "cannot be empty";
    public const string NotNegative = "must not be negative when defined";
    public const string Port = "port must be a valid (1-65535)";

    // Legacy and protobuf kinds have their own words.
    public const string PortRange = "port must be in the range [1, 65535]";
    public const string Positive = "must have a positive value";
    public const string HasToBeDefined = "has to be defined";
    public const string GreaterThanZero = "has to be greater than 0";
    public const string GreaterThanZeroWhenDefined = "has to be greater than 0 when defined";
    public const string PercentageRange = "has to be in [0.0 - 100.0] range";
    public const string NameTaken = " name is already used for another backend";

    public static string NotLongerThan(int limit) => $"must not be longer than {limit} characters";

    /// <summary><c>x must be one of: a, b</c>.</summary>
    public static string OneOf(string entity, params ReadOnlySpan<string> allowed) => $"{entity} must be one of: {string.Join(", ", allowed)}";

    /// <summary><c>"x" must be one of ["a", "b"]</c>.</summary>
    public static string FieldOneOf(string field, params ReadOnlySpan<string> allowed) =>
        $"{GoText.Quote(field)} must be one of [{string.Join(", ", allowed.ToArray().Select(GoText.Quote))}]";
}
