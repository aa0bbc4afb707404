using MeshLint.Kuma.Identity;

namespace MeshLint.Analysis.Configuration;

/// <summary>Everything that a user can say about a run, after command line and configuration file were merged.</summary>
public sealed record MeshLintOptions
{
    // Null where nobody changes a severity, which is most runs: then no dictionary is made at all.
    private readonly ImmutableDictionary<string, Severity?>? ruleSeverities;

    /// <summary>The Kuma line that the repository is for.</summary>
    public KumaVersion Version { get; init; } = KumaVersions.Default;

    /// <summary>
    /// The control planes that the repository feeds; empty = one standalone zone named <c>default</c>, environment guessed.
    /// </summary>
    public ImmutableArray<ControlPlane> ControlPlanes { get; init; } = [];

    /// <summary>Kinds of which the repository does not hold everything, so that "not in these files" is no proof. <c>*</c> = all.</summary>
    public ImmutableHashSet<string> OpenKinds { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Rule ids or slugs whose severity is changed; null = switched off.</summary>
    public ImmutableDictionary<string, Severity?> RuleSeverities
    {
        get => ruleSeverities ?? ImmutableDictionary.Create<string, Severity?>(StringComparer.Ordinal);
        init => ruleSeverities = value;
    }

    /// <summary>Files and folders that are not read: globs relative to the root.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>The folder of templates that replace the built-in ones, relative to the root; null = the built-in ones.</summary>
    public string? Templates { get; init; }

    /// <summary>How many threads work at the most; 0 = as many as there are cores. No result depends on it.</summary>
    public int Threads { get; init; }

    /// <summary>Only a part of what the configuration speaks of is read: one file, one folder.</summary>
    public bool IsPartial { get; init; }

    /// <summary>
    /// Somebody said which control planes the repository feeds, and all of it is read. Without that it is not known to be complete.
    /// </summary>
    public bool IsConfigured => !ControlPlanes.IsEmpty && !IsPartial;

    /// <summary>Whether resources of a kind may exist that are not in these files.</summary>
    public bool IsOpen(string kind) => OpenKinds.Contains(kind) || OpenKinds.Contains("*");

    /// <summary>Whether the user switched a rule off.</summary>
    public bool IsOff(DiagnosticDescriptor descriptor) => Setting(descriptor, out var severity) && severity is null;

    /// <summary>The severity that the user set for a rule (an open world can still lower it), or null where nothing was set.</summary>
    public Severity? SeverityOf(DiagnosticDescriptor descriptor, Severity found) =>
        Setting(descriptor, out var severity) && severity is { } chosen
            ? (found < descriptor.Severity && found < chosen ? found : chosen)
            : null;

    private bool Setting(DiagnosticDescriptor descriptor, out Severity? severity)
    {
        severity = null;
        if (ruleSeverities is null)
            return false;
        foreach (var name in descriptor.Names)
        {
            if (ruleSeverities.TryGetValue(name, out severity))
                return true;
        }

        return false;
    }
}
