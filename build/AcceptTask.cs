namespace MeshLint.Build;

/// <summary>Takes over what the last run of the tests produced: every <c>*.received.*</c> becomes <c>*.verified.*</c>.</summary>
internal static class AcceptTask
{
    public static int Run(string[] args)
    {
        if (args.Length > 0)
        {
            Console.Error.WriteLine("usage: accept");
            return 2;
        }

        var accepted = 0;
        foreach (var received in Directory.EnumerateFiles(Path.Combine(ProjectPaths.Root, "tests"), "*.received.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(received).Replace(".received.", ".verified.", StringComparison.Ordinal);
            var verified = Path.Combine(Path.GetDirectoryName(received) ?? ProjectPaths.Root, name);
            File.Move(received, verified, overwrite: true);
            Console.WriteLine($"accepted {Path.GetRelativePath(ProjectPaths.Root, verified)}");
            accepted++;
        }

        Console.WriteLine($"{accepted} accepted; read 'git diff' before you commit");
        return 0;
    }
}
