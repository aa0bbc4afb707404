using System.Globalization;
using MeshLint.Diagnostics;

namespace MeshLint.Output.Reporting;

/// <summary>Words that several reporters share.</summary>
internal static class Words
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    /// <summary>"1 error", "2 errors".</summary>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    public static string Versions(ImmutableArray<KumaVersion> versions) => string.Join(", ", versions.Select(v => v.Text()));
}
