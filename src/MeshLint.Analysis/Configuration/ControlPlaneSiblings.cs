using MeshLint.Kuma.Identity;

namespace MeshLint.Analysis.Configuration;

/// <summary>The entries of <c>controlPlanes</c> so far, to compare the next one with, at the same cost however many there are.</summary>
internal sealed class ControlPlaneSiblings
{
    private readonly HashSet<string> paths = new(StringComparer.Ordinal);

    /// <summary>Of each control plane the first entry, and the first that differs from it.</summary>
    private readonly Dictionary<(ControlPlaneRole Role, string Zone), (ControlPlane First, ControlPlane? Other)> settings = [];

    private readonly Dictionary<string, ControlPlaneRole> firstRoles = new(StringComparer.Ordinal);
    private readonly HashSet<string> severalRoles = new(StringComparer.Ordinal);

    /// <summary>Takes the next entry and says how it contradicts the ones before.</summary>
    public ControlPlaneClash Add(ControlPlane place)
    {
        var samePath = !paths.Add(Normal(place.Path));
        var otherSettings = AddSettings(place);
        var otherRole = AddName(place);
        return samePath
            ? ControlPlaneClash.Path
            : otherSettings
            ? ControlPlaneClash.Settings
            : otherRole
            ? ControlPlaneClash.Name
            : ControlPlaneClash.None;
    }

    private bool AddSettings(ControlPlane place)
    {
        if (!settings.TryGetValue((place.Role, place.Zone), out var known))
        {
            settings[(place.Role, place.Zone)] = (place, null);
            return false;
        }

        if (known.Other is not null)
            return true;
        if (SameSettings(known.First, place))
            return false;
        settings[(place.Role, place.Zone)] = (known.First, place);
        return true;
    }

    private bool AddName(ControlPlane place)
    {
        if (firstRoles.TryAdd(place.Name, place.Role))
            return false;
        if (firstRoles[place.Name] != place.Role)
            severalRoles.Add(place.Name);
        return severalRoles.Contains(place.Name);
    }

    private static string Normal(string path) => string.Join('/', path.Split('/').Where(static s => s is not ("" or ".")));

    private static bool SameSettings(ControlPlane a, ControlPlane b) =>
        a.Environment == b.Environment && a.IsEnvironmentAssumed == b.IsEnvironmentAssumed && a.SystemNamespace == b.SystemNamespace
        && a.InboundTagsDisabled == b.InboundTagsDisabled && a.SkipDefaultHostnameGenerators == b.SkipDefaultHostnameGenerators
        && a.IgnoredServiceSelectorLabels.SequenceEqual(b.IgnoredServiceSelectorLabels)
        && a.NodeLabelsToCopy.SequenceEqual(b.NodeLabelsToCopy) && a.WorkloadLabels.SequenceEqual(b.WorkloadLabels);
}
