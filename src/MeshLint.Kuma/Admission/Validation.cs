using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission;

/// <summary>What a kind's validator sees of a resource, and where it leaves what it finds.</summary>
/// <remarks>
/// The control plane runs each kind validator twice: on the bare body (<see cref="HasMeta"/> false: no name, no labels, role
/// system), and again with name and labels when it stores the resource (docs/kuma/admission.md#two-runs-of-a-validator).
/// </remarks>
public sealed class Validation(KumaVersion version, MeshResource resource, Node spec, LabelSet labels, bool hasMeta)
{
    private readonly List<Violation> violations = [];
    private List<string>? warnings;

    public KumaVersion Version { get; } = version;

    /// <summary>What the line does where lines differ.</summary>
    public Behaviour Behaviour { get; } = version.Behaviour;

    public MeshResource Resource { get; } = resource;

    /// <summary>The decoded body (see <see cref="StoredResource.Spec"/>); paths of its nodes are the paths that violations use.</summary>
    public Node Spec { get; } = spec;

    /// <summary>Name and labels are known in this run.</summary>
    public bool HasMeta { get; } = hasMeta;

    /// <summary>
    /// The labels that the validator sees: as written on Universal, computed on Kubernetes; empty where <see cref="HasMeta"/> is false.
    /// </summary>
    public LabelSet Labels { get; } = hasMeta ? labels : LabelSet.Empty;

    /// <summary>The label <c>kuma.io/policy-role</c>, <c>system</c> where absent.</summary>
    public string Role => Labels[WellKnown.PolicyRole] is { Length: > 0 } role ? role : "system";

    /// <summary>Core name (Universal <c>name</c>, Kubernetes <c>name.namespace</c>); "" where <see cref="HasMeta"/> is false.</summary>
    public string CoreName => HasMeta ? Resource.CoreName : "";

    /// <summary>Display name, else core name; "" where <see cref="HasMeta"/> is false.</summary>
    public string DisplayName => Labels[WellKnown.DisplayName] is { Length: > 0 } name ? name : CoreName;

    /// <summary>Whether a mesh has a Secret of that name (mesh, name); true where nobody knows.</summary>
    public Func<string, string, bool> SecretExists { get; init; } = static (_, _) => true;

    public IReadOnlyList<Violation> Violations => violations;

    public IReadOnlyList<string> Warnings => warnings ?? (IReadOnlyList<string>)[];

    /// <summary>Reports at a node that exists; the field is its path.</summary>
    public void Report(Node at, string reason) => ReportAt(at.GetPath(), at, reason);

    /// <summary>
    /// Reports at a part of a node that need not exist: a key (<c>name</c>), a path (<c>http.path</c>), an index (<c>[2]</c>) or a
    /// map key (<c>["k"]</c>) is appended to the node's path. The finding points to the part where it exists, else to the node.
    /// </summary>
    public void Report(Node at, string suffix, string reason)
    {
        var path = at.GetPath();
        var field = suffix.Length == 0 ? path : path.Length == 0 || suffix[0] == '[' ? path + suffix : $"{path}.{suffix}";
        var target = at;
        if (suffix.Length > 0 && suffix[0] != '[')
        {
            foreach (var part in suffix.Split('.'))
            {
                if (!target[part].Exists)
                    break;
                target = target[part];
            }
        }
        else if (suffix.StartsWith("[\"", StringComparison.Ordinal) && at[suffix[2..^2]] is { Exists: true } entry)
        {
            target = entry;
        }

        ReportAt(field, target, reason);
    }

    /// <summary>Reports a field spelled out in full, for the paths that do not follow the document.</summary>
    public void ReportAt(string field, Node at, string reason) =>
        violations.Add(new Violation(field, reason, at.Exists ? Location.Of(at) : Resource.Location));

    /// <summary>Adds a warning of the API's answer.</summary>
    public void Warn(string text) => (warnings ??= []).Add(text);
}
