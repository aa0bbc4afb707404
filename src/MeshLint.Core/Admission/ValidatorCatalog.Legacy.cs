namespace MeshLint.Core.Admission;

internal static partial class ValidatorCatalog
{
    private static KindValidator? FindLegacy(string kind) => kind switch
    {
        _ => null,
    };
}
