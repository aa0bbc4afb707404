using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Sources;

namespace MeshLint.Cli.Files;

/// <summary>What a run reads.</summary>
/// <param name="Root">Full path of the folder that paths are relative to; "" for standard input.</param>
/// <param name="Sources">The files.</param>
/// <param name="Options">The configuration.</param>
/// <param name="HasVersion">Whether the configuration names a Kuma version.</param>
/// <param name="ConfigurationPath">Where the configuration was found, or null.</param>
/// <param name="Starts">Full paths of the folders and files that are read; empty for standard input.</param>
internal sealed record Inputs(
    string Root, SourceSet Sources, MeshLintOptions Options, bool HasVersion, string? ConfigurationPath, ImmutableArray<string> Starts);
