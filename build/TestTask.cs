namespace MeshLint.Build;

/// <summary>Runs every test; arguments go to <c>dotnet test</c>.</summary>
internal static class TestTask
{
    public static int Run(string[] args) => Dotnet.Run(["test", .. args]);
}
