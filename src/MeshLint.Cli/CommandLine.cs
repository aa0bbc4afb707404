using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using MeshLint.Cli.Commands;
using MeshLint.Cli.Files;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Sources.Git;

namespace MeshLint.Cli;

/// <summary>The program as a function of arguments and host to an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line. Never throws.</summary>
    public static int Run(IReadOnlyList<string> arguments, CliHost host)
    {
        try
        {
            var code = RunUnguarded(arguments, host);
            host.Out.Flush();
            return code;
        }
        catch (UsageException exception)
        {
            foreach (var message in exception.Messages)
                Complain(host, message);
            return ExitCode.Usage;
        }
        catch (GitException exception)
        {
            Complain(host, exception.Message);
            return ExitCode.Usage;
        }
        catch (OutputException exception)
        {
            Complain(host, exception.Message);
            return exception.ExitCode;
        }
        catch (TemplateException exception)
        {
            foreach (var problem in exception.Problems)
                Complain(host, problem);
            return ExitCode.Usage;
        }
#pragma warning disable CA1031 // The last line of defence: whatever it is, it is our fault and says so.
        catch (Exception exception)
        {
            Complain(host, $"internal error: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");
            host.Error.Write($"this is a defect of MeshLint, not of your files; please report it\n{exception.StackTrace}\n");
            return ExitCode.Internal;
        }
#pragma warning restore CA1031
    }

    private static int RunUnguarded(IReadOnlyList<string> arguments, CliHost host)
    {
        var root = CreateRoot(host);
        // "@file" is an ordinary argument here: nothing on the command line names files to read arguments from.
        var result = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0 && result.Action is not HelpAction and not HelpWithExamples)
            throw new UsageException(DescribeError(result));
        RefuseOptionsAsPaths(result);
        return result.Invoke(new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    internal static RootCommand CreateRoot(CliHost host)
    {
        var common = new CommonOptions();
        var root = new RootCommand("Compiles and checks the configuration of a Kuma service mesh, offline");
        common.AddTo(root);
        root.Subcommands.Add(BuildCommand.Create(host, common));
        root.Subcommands.Add(CheckCommand.Create(host, common));
        root.Subcommands.Add(GraphCommand.Create(host, common));
        root.Subcommands.Add(RenderCommand.Create(host, common));
        root.Subcommands.Add(ExplainCommand.Create(host));
        root.Subcommands.Add(RulesCommand.Create(host));
        root.Subcommands.Add(InitCommand.Create(host));
        foreach (var option in root.Options)
        {
            if (option is HelpOption help)
                help.Action = new HelpWithExamples();
        }

        return root;
    }

    private static void Complain(CliHost host, string message)
    {
        try
        {
            host.Out.Flush();
        }
        catch (Exception exception) when (exception is OutputException or UsageException)
        {
            // What is complained about came first, or is this.
        }

        host.Error.Write($"meshlint: {VisibleText.OneLine(message)}\n");
    }

    // The library takes a misspelt option for one more path where a command takes any number of them. After "--" anything is a path.
    private static void RefuseOptionsAsPaths(ParseResult result)
    {
        foreach (var token in result.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
                return;
            if (token.Type == TokenType.Argument && IsOption(token.Value) && result.CommandResult.Tokens.Contains(token))
                throw new UsageException(UnknownOption(result, token.Value));
        }
    }

    private static bool IsOption(string text) => text.Length > 1 && text[0] == '-';

    private static string UnknownOption(ParseResult result, string unknown) =>
        Spelling.DidYouMean(
            $"unknown option '{unknown}'",
            unknown,
            Options(result.CommandResult.Command).Concat(Options(result.RootCommandResult.Command)));

    // One line, with the nearest valid spelling.
    private static string DescribeError(ParseResult result)
    {
        var unknown = result.UnmatchedTokens.Count > 0 ? result.UnmatchedTokens[0] : null;
        if (unknown is not null && IsOption(unknown))
            return UnknownOption(result, unknown);

        if (result.CommandResult.Command is RootCommand root)
        {
            return unknown is null
                ? $"name a command: {string.Join(", ", root.Subcommands.Select(c => c.Name))} (meshlint --help)"
                : Spelling.DidYouMean($"unknown command '{unknown}'", unknown, root.Subcommands.Select(c => c.Name));
        }

        var message = result.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.');
        return message.Length > 0 ? char.ToLowerInvariant(message[0]) + message[1..] : "wrong usage";
    }

    private static IEnumerable<string> Options(Command command) =>
        command.Options.Where(o => !o.Hidden).SelectMany(o => o.Aliases.Append(o.Name));

    /// <summary>The library's help, then how it is used and what the exit codes mean.</summary>
    private sealed class HelpWithExamples : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var result = new HelpAction { MaxWidth = 110 }.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            if (HelpTexts.For(parseResult.CommandResult.Command.Name) is { } text)
                output.Write(text);
            return result;
        }
    }
}
