namespace MeshLint.Kuma.Admission.Validators;

/// <summary>Checks of single values (kuma: pkg/core/validators/common_validators.go).</summary>
internal static class Checks
{
    private const int MaxPort = 65535;

    /// <summary>A duration that is set must be longer than nothing.</summary>
    public static void DurationGreaterThanZeroOrNil(Field field) =>
        field.ReportIf(field.IsSet && field.Nanoseconds <= 0, Messages.GreaterThanZeroWhenDefined);

    /// <summary>A duration must not be negative; absent counts as zero.</summary>
    public static void DurationNotNegative(Field field) => field.ReportIf(field.Nanoseconds < 0, Messages.NotNegativeWhenDefined);

    /// <summary>A signed number that is set must be above zero.</summary>
    public static void ValueGreaterThanZeroOrNil(Field field) =>
        field.ReportIf(field.IsSet && field.Integer <= 0, Messages.GreaterThanZeroWhenDefined);

    /// <summary>An unsigned number that is set must not be zero.</summary>
    public static void IntegerGreaterThanZeroOrNil(Field field) =>
        field.ReportIf(field.IsSet && field.Integer <= 0, Messages.GreaterThanZero);

    /// <summary>An unsigned number must not be zero; absent counts as zero.</summary>
    public static void IntegerGreaterThanZero(Field field) => field.ReportIf(field.Integer <= 0, Messages.GreaterThanZero);

    /// <summary>A whole percentage that is set lies in 0 to 100.</summary>
    public static void WholePercentageOrNil(Field field) =>
        field.ReportIf(field.IsSet && field.Integer is < 0 or > 100, Messages.WholePercentageRange);

    /// <summary>An int-or-string percentage lies in 0 to 100; absent counts as zero.</summary>
    public static void Percentage(Field field, bool allowZero)
    {
        if (!TryDecimal(field, out var value))
            field.Report(Messages.ValidNumber);
        else if (value.Sign < 0 || value.IsGreaterThan(100))
            field.Report(Messages.PercentageRange);
        else if (!allowZero && value.Sign == 0)
            field.Report(Messages.GreaterThanZero);
    }

    /// <summary>As <see cref="Percentage"/>, for one that is set; zero is fine.</summary>
    public static void PercentageOrNil(Field field)
    {
        if (field.IsSet)
            Percentage(field, allowZero: true);
    }

    public static void StatusCode(Field field) => field.ReportIf(field.Integer is < 100 or >= 600, Messages.StatusRange);

    public static void StringDefined(Field field) => field.ReportIf(field.Text.Length == 0, Messages.MustBeDefined);

    public static void PathOrNil(Field field) => field.ReportIf(field.IsSet && !WebText.IsFilePath(field.Text), Messages.ValidPath);

    /// <summary>A port that lies in 1 to 65535; absent counts as zero.</summary>
    public static bool IsPort(Field field) => field.Integer is > 0 and <= MaxPort;

    /// <summary>
    /// A number with a unit of <c>kbps</c>, <c>Mbps</c> or <c>Gbps</c>. Kuma takes the unit's letter repeated and the number left out.
    /// </summary>
    public static void Bandwidth(Field field)
    {
        if (field.Text.Length == 0)
            field.Report(Messages.MustBeDefined);
        else if (!IsBandwidth(field.Text))
            field.Report(Messages.BandwidthUnit);
    }

    /// <summary>Reads an int-or-string; absent counts as zero.</summary>
    public static bool TryDecimal(Field field, out GoDecimal value)
    {
        if (field.Node.AsString() is { } text)
            return GoDecimal.TryParse(text, out value);
        value = GoDecimal.Of(field.Integer);
        return true;
    }

    private static bool IsBandwidth(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart("0123456789");
        if (rest.Length > 0 && rest[0] is '\t' or '\n' or '\f' or '\r' or ' ')
            rest = rest[1..];
        if (!rest.EndsWith("bps"))
            return false;
        var unit = rest[..^3];
        return unit.Length > 0 && !unit.ContainsAnyExcept("GMk");
    }
}
