namespace MeshLint.Core.Admission;

internal static partial class ValidatorCatalog
{
    private static KindValidator? FindCore(string kind) => kind switch
    {
        _ => null,
    };

    private static KindValidator? FindCoreDeprecations(string kind) => kind switch
    {
        _ => null,
    };
}
