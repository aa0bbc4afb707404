namespace MeshLint.Kuma.Admission;

/// <summary>Checks a decoded body as one kind's own validator in Kuma does, in its order.</summary>
internal delegate void KindValidator(Validation validation);

/// <summary>Finds the validator of a kind. A switch, so that only what a run meets is ever touched.</summary>
internal static partial class ValidatorCatalog
{
    /// <summary>The kind's validator, or null for kinds that Kuma does not validate.</summary>
    public static KindValidator? Find(string kind) => FindPolicy(kind) ?? FindCore(kind) ?? FindLegacy(kind);

    /// <summary>The kind's deprecation warnings (docs/kuma/policies.md#deprecations), or null.</summary>
    public static KindValidator? FindDeprecations(string kind) => FindPolicyDeprecations(kind) ?? FindCoreDeprecations(kind);
}
