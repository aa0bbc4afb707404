namespace MeshLint.Core.Admission;

internal static partial class ValidatorCatalog
{
    private static KindValidator? FindPolicy(string kind) => kind switch
    {
        _ => null,
    };

    private static KindValidator? FindPolicyDeprecations(string kind) => kind switch
    {
        _ => null,
    };
}
