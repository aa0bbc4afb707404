using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MeshLint.House.Tests;

/// <summary>
/// Which folders of one project use which others, read from the compiled assembly: signatures, base types, attributes and the code of methods.
/// A folder is the first part of a namespace below the project's own; <c>.</c> is the project's root.
/// </summary>
internal sealed class FolderGraph
{
    private readonly MetadataReader metadata;
    private readonly PEReader file;
    private readonly string project;
    private readonly SortedDictionary<string, SortedDictionary<string, int>> arrows = new(StringComparer.Ordinal);

    private FolderGraph(PEReader file, string project)
    {
        this.file = file;
        this.project = project;
        metadata = file.GetMetadataReader();
    }

    /// <summary>From a folder to the folders it uses, with the number of places.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<string, int>> Arrows => arrows;

    public static FolderGraph Read(string path, string project)
    {
        using var stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        var graph = new FolderGraph(file, project);
        foreach (var type in graph.metadata.TypeDefinitions)
            graph.ReadType(type);
        return graph;
    }

    /// <summary>The arrows between folders that reach each other both ways: those of which circles are made.</summary>
    public IEnumerable<string> Circular()
    {
        var reach = arrows.Keys.ToDictionary(static f => f, Reach, StringComparer.Ordinal);
        foreach (var (from, targets) in arrows)
        {
            foreach (var to in targets.Keys)
            {
                if (reach.TryGetValue(to, out var back) && back.Contains(from))
                    yield return $"{project}: {from} -> {to}";
            }
        }
    }

    private HashSet<string> Reach(string folder)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var next))
        {
            foreach (var target in arrows.TryGetValue(next, out var targets) ? targets.Keys.AsEnumerable() : [])
            {
                if (seen.Add(target))
                    open.Push(target);
            }
        }

        return seen;
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        if (FolderOf(handle) is not { } from)
            return;
        var type = metadata.GetTypeDefinition(handle);
        var collector = new TypeCollector(metadata);
        collector.Add(type.BaseType);
        foreach (var implementation in type.GetInterfaceImplementations())
            collector.Add(metadata.GetInterfaceImplementation(implementation).Interface);
        foreach (var attribute in type.GetCustomAttributes())
            collector.Add(metadata.GetCustomAttribute(attribute).Constructor);
        foreach (var field in type.GetFields())
            metadata.GetFieldDefinition(field).DecodeSignature(collector, null);
        foreach (var method in type.GetMethods())
            ReadMethod(metadata.GetMethodDefinition(method), collector);
        foreach (var used in collector.Found)
        {
            if (FolderOf(used) is { } to && to != from)
                Count(from, to);
        }
    }

    private void ReadMethod(MethodDefinition method, TypeCollector collector)
    {
        method.DecodeSignature(collector, null);
        if (method.RelativeVirtualAddress == 0)
            return;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(collector, null);
        foreach (var token in IntermediateLanguage.Tokens(body.GetILBytes() ?? []))
            collector.Add(token);
    }

    private void Count(string from, string to)
    {
        if (!arrows.TryGetValue(from, out var targets))
            arrows.Add(from, targets = new SortedDictionary<string, int>(StringComparer.Ordinal));
        targets[to] = targets.GetValueOrDefault(to) + 1;
    }

    private string? FolderOf(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        var scope = metadata.GetString(type.Namespace);
        if (scope == project)
            return ".";
        return scope.StartsWith(project + ".", StringComparison.Ordinal) ? scope[(project.Length + 1)..].Split('.')[0] : null;
    }
}
