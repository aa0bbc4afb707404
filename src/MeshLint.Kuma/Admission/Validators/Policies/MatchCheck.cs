namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>Checks who a rule is for: SPIFFE ID and SNI (kuma: pkg/core/resources/apis/mesh/validators.go, ValidateMatch).</summary>
internal static class MatchCheck
{
    private const string SourceConditioned =
        "can't be specified when matches contain spiffeID because this field cannot be conditioned on source identity";

    /// <summary>Checks a list of matches in which an empty match is fine.</summary>
    public static void ValidateAll(Field matches)
    {
        foreach (var match in matches.Items)
            Validate(match);
    }

    /// <summary>
    /// Checks a list of matches of a kind that wants each of them filled, and refuses what cannot depend on the source's
    /// identity where one does.
    /// </summary>
    public static void ValidateFilled(Field matches, params ReadOnlySpan<Field> notBySource)
    {
        var bySource = false;
        foreach (var match in matches.Items)
        {
            Validate(match);
            var spiffeId = match["spiffeID"];
            if (!spiffeId.IsSet)
            {
                match.ReportIf(!match["sni"].IsSet, "must specify at least one of 'spiffeID' or 'sni'");
                continue;
            }

            bySource = true;
            ValidateType(spiffeId["type"], "Exact", "Prefix");
        }

        foreach (var field in notBySource)
            field.ReportIf(bySource && field.IsSet, SourceConditioned);
    }

    private static void Validate(Field match)
    {
        var spiffeId = match["spiffeID"];
        if (spiffeId.IsSet && SpiffeId.Problem(spiffeId["value"].Text) is { } problem)
            spiffeId.Report(match.Behaviour.SpiffeProblemNamed ? $"must be a valid Spiffe ID: {problem}" : "must be a valid Spiffe ID");
        var sni = match.Where(match.Behaviour.InboundMatches, "sni");
        if (!sni.IsSet)
            return;
        ValidateType(sni["type"], "Exact");
        var value = sni["value"];
        if (value.Text.Length == 0)
        {
            value.Report(Messages.MustBeSet);
            return;
        }

        foreach (var text in DnsNames.SubdomainProblems(value.Text))
            value.Report(text);
    }

    private static void ValidateType(Field type, params ReadOnlySpan<string?> supported)
    {
        if (type.Text.Length == 0)
            type.Report(Messages.MustBeSet);
        else if (!supported.Contains(type.Text))
            type.Report($"unrecognized type {GoText.Quote(type.Text)}, supported values are: {string.Join(", ", supported)}");
    }
}
