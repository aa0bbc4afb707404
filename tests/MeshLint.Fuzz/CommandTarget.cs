using System.Text;
using MeshLint.Cli;
using MeshLint.Cli.Hosting;
using MeshLint.Kuma.Versions;

namespace MeshLint.Fuzz;

/// <summary>Command lines: whatever their words are, the answer is one of the exit codes and nothing hidden is printed.</summary>
internal sealed class CommandTarget(Mutator mutator) : ITarget
{
    private static readonly string[][] Commands =
    [
        ["explain"], ["rules", "--format"], ["check", "-", "--kuma-version"], ["check", "-", "--fail-on"], ["check", "-", "--max-diagnostics"], ["check", "-", "--format"],
        ["graph", "-", "--as"], ["graph", "-", "--kuma-version"], ["check", "--rev"], ["build", "-", "--form"], [],
    ];

    public string Name => "command";

    public int Weight => 2;

    public FuzzInput Generate(Dice dice)
    {
        var word = dice.OneIn(2) ? dice.Pick(HostileText.Values) : mutator.Soup(dice);
        // "--format json=FILE" would write, and a path would be read: both are for other tests.
        word = word.Replace('=', '-').Replace('/', '-');
        return new FuzzInput(Name, KumaVersions.Default, dice.Next(Commands.Length), [("word", word), ("-", mutator.Document(dice))]);
    }

    public void Run(FuzzInput input)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Run([.. Commands[input.Layout], input.Text], new CliHost
        {
            In = new MemoryStream(Encoding.UTF8.GetBytes(input.Files[1].Text)),
            Out = output,
            Error = error,
            Folder = AppContext.BaseDirectory,
            Environment = static _ => null,
        });
        if (code is < 0 or > 2)
            throw new FuzzFailureException("exit code", $"{code}: {error}");
        Checks.Visible("standard error", error.ToString());
        Checks.NoCommands("standard error", error.ToString(), isGitHub: false);
        var help = output.ToString();
        Checks.Visible("standard output", help);
        if (code == 2 && !error.ToString().StartsWith("meshlint: ", StringComparison.Ordinal))
            throw new FuzzFailureException("exit 2 without words", error.ToString());
    }
}
