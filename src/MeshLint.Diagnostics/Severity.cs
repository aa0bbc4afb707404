namespace MeshLint.Diagnostics;

/// <summary>How bad a finding is. Only errors make a run fail by default.</summary>
public enum Severity
{
    /// <summary>Worth telling; nothing is lost.</summary>
    Info,

    /// <summary>Accepted by the control plane, but partial, fragile or probably unintended.</summary>
    Warning,

    /// <summary>Refused by the control plane, or traffic is certainly lost or wrong.</summary>
    Error,
}

/// <summary>What a rule is about. The value is the first digit of its ids.</summary>
public enum RuleCategory
{
    Reading = 0,
    Schema = 1,
    References = 2,
    Targeting = 3,
    Security = 4,
    Routing = 5,
    Versions = 6,
    Hygiene = 9,
}
