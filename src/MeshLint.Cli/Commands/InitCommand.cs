using System.CommandLine;
using MeshLint.Cli.Files;
using MeshLint.Cli.Platform;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Sources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;

namespace MeshLint.Cli.Commands;

/// <summary><c>meshlint init</c>: writes a commented configuration.</summary>
internal static class InitCommand
{
    public static Command Create(CliHost host)
    {
        var path = new Argument<string>("PATH") { Description = "Folder to write .meshlint.yaml into", DefaultValueFactory = _ => "." };
        var command = new Command("init", "Write a commented .meshlint.yaml for the repository; an existing one is left alone");
        command.Arguments.Add(path);
        command.SetAction(result =>
        {
            var shown = result.GetValue(path) ?? ".";
            var folder = Path.GetFullPath(shown, host.Folder);
            if (!Directory.Exists(folder))
                throw new UsageException($"there is no folder '{shown}'");
            var file = Path.Combine(folder, ConfigurationReader.FileName);
            if (FileProbe.KindOf(file) != FileKind.Missing)
                throw new UsageException($"'{Path.Combine(shown, ConfigurationReader.FileName)}' exists and is left alone");
            TreeBoundary.Resolve(folder, shown, host.Folder);
            var documents = DocumentSet.Read(SourceSet.Create(FileTree.List(folder, [folder], [])));
            OutputFile.Write(file, Path.Combine(shown, ConfigurationReader.FileName), host.Folder, Text(documents));
            host.Out.Write($"wrote {VisibleText.OneLine(Path.Combine(shown, ConfigurationReader.FileName))}\n");
            return ExitCode.Clean;
        });
        return command;
    }

    internal static string Text(DocumentSet documents) =>
        $$"""
        # What MeshLint should know about this repository. Schema: docs/schema/meshlint.schema.json of MeshLint.

        # The Kuma release line that the control planes run: {{string.Join(", ", KumaVersions.All.Select(v => v.Text()))}}.
        kumaVersion: "{{KumaVersions.Default.Text()}}"

        # The control planes that this repository feeds. The most specific path wins.
        controlPlanes:
          - path: .
            role: zone                # zone (standalone) | global | federated-zone
            zone: default
            environment: {{(documents.AnyKubernetesForm ? "kubernetes" : "universal")}}   # universal | kubernetes
          # - path: zones/east
          #   role: federated-zone
          #   zone: east
          #   environment: kubernetes
          #   systemNamespace: kuma-system

        # Kinds that also live elsewhere: a reference to one that is not in these files is no error.
        # world:
        #   open: [MeshExternalService, Secret]

        # Severity of single rules, by slug or id: error | warning | info | off.
        # rules:
        #   templated-file: off

        # Files and folders that are not read.
        # exclude: ["**/testdata"]

        # A folder with your own plan.md.scriban for 'meshlint build'.
        # templates: templates

        """;
}
