namespace MeshLint.Kuma.Admission.Validators;

/// <summary>
/// Texts that the validators of the protobuf kinds share; they have other words than the newer kinds (see <see cref="Messages"/>).
/// </summary>
internal static class LegacyMessages
{
    public const string CannotBeEmpty = "cannot be empty";
    public const string PortRange = "port must be in the range [1, 65535]";
    public const string Positive = "must have a positive value";
    public const string HasToBeDefined = "has to be defined";
    public const string GreaterThanZero = "has to be greater than 0";
    public const string GreaterThanZeroWhenDefined = "has to be greater than 0 when defined";
    public const string PercentageRange = "has to be in [0.0 - 100.0] range";
}
