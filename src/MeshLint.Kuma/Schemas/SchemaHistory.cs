using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Schemas;

/// <summary>Tells which versions know a field.</summary>
internal static class SchemaHistory
{
    /// <summary>First line that knows the field, if it is later than the given one; last line that knew it, if it is earlier.</summary>
    /// <param name="resource">The resource that the field stands in.</param>
    /// <param name="field">The field.</param>
    /// <param name="version">The line that does not know it.</param>
    public static (KumaVersion? Since, KumaVersion? Until) Find(MeshResource resource, Node field, KumaVersion version)
    {
        var keys = new List<string?>();
        for (var node = field; node != resource.Root && node.Exists; node = node.Parent)
            keys.Insert(0, node.Key);
        KumaVersion? since = null;
        KumaVersion? until = null;
        foreach (var candidate in KumaVersions.All)
        {
            if (candidate == version || !Knows(resource, keys, candidate))
                continue;
            if (candidate < version)
                until = candidate;
            else
                since ??= candidate;
        }

        return (since, until);
    }

    private static bool Knows(MeshResource resource, List<string?> keys, KumaVersion version)
    {
        if (resource.KindInfo is not { Family: KindFamily.Proto })
            return SchemaCatalog.Instance.FindKind(version, resource.Kind) is { } schema && Knows(schema, keys);
        if (SchemaCatalog.Instance.FindBody(version, resource.Kind) is not { } message)
            return false;
        if (!resource.IsKubernetes)
            return Knows(message, keys);
        // Beside "spec" an object has only what all objects have.
        return keys.Count > 0 && keys[0] == "spec" && Knows(message, keys[1..]);
    }

    private static bool Knows(SchemaNode? schema, List<string?> keys)
    {
        foreach (var key in keys)
        {
            schema = key is null || schema?.Shape == SchemaShape.Map ? schema?.Item : schema?.Find(key)?.Schema;
            if (schema is null)
                return false;
        }

        return true;
    }

    private static bool Knows(ProtoMessage message, List<string?> keys)
    {
        ProtoMessage? current = message;
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i] is not { } key || current?.Find(key) is not { } field)
                return false;
            if (i == keys.Count - 1)
                return true;
            current = field.Type is ProtoType.Message or ProtoType.MessageMap ? field.Message : null;
            if (field.IsRepeated || field.Type == ProtoType.MessageMap)
                i++;
        }

        return true;
    }
}
