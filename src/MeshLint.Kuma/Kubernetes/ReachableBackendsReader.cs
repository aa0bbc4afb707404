using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>What the annotation <c>kuma.io/reachable-backends</c> holds.</summary>
/// <param name="Refs">The references.</param>
/// <param name="HasRefs">The key <c>refs</c> is there.</param>
/// <param name="UnknownKeys">Keys that mean nothing, as paths.</param>
internal sealed record ReachableBackendsContent(ImmutableArray<DataplaneRef> Refs, bool HasRefs, ImmutableArray<string> UnknownKeys);

/// <summary>
/// Reads the annotation <c>kuma.io/reachable-backends</c> as the control plane does: YAML through JSON into a struct, so unknown keys are
/// dropped, keys match without regard to case, scalars become strings where strings are wanted, and any other wrong type is an error
/// (kuma: pod_converter.go, ReachableBackendRefs).
/// </summary>
internal static class ReachableBackendsReader
{
    /// <summary>Null where the control plane cannot parse the value.</summary>
    /// <param name="text">The annotation's value.</param>
    /// <param name="at">Where it is written; becomes the place of the references.</param>
    public static ReachableBackendsContent? Read(string text, Node at)
    {
        var document = DocumentReader.ReadYaml(new SourceText("annotation", text));
        if (document.IsBroken)
            return null;
        var root = document.Root;
        if (root.IsNullOrMissing)
            return new ReachableBackendsContent([], HasRefs: false, []);
        if (!root.IsMapping)
            return null;
        var unknown = ImmutableArray.CreateBuilder<string>();
        var list = default(Node);
        foreach (var entry in root.Entries)
        {
            if (IsKey(entry, "refs"))
                list = entry;
            else
                unknown.Add(entry.Key ?? "");
        }

        var refs = ImmutableArray.CreateBuilder<DataplaneRef>();
        if (!list.IsNullOrMissing && !list.IsSequence)
            return null;
        foreach (var item in list.Items)
        {
            if (item.Kind == NodeKind.Null)
                continue;
            if (!TryReadRef(item, at, unknown, out var reference))
                return null;
            refs.Add(reference);
        }

        return new ReachableBackendsContent(refs.ToImmutable(), list.Exists, unknown.ToImmutable());
    }

    private static bool TryReadRef(Node item, Node at, ImmutableArray<string>.Builder unknown, out DataplaneRef reference)
    {
        reference = new DataplaneRef("", "", "", LabelSet.Empty, null, at);
        if (!item.IsMapping)
            return false;
        foreach (var entry in item.Entries)
        {
            if (IsKey(entry, "kind") || IsKey(entry, "name") || IsKey(entry, "namespace"))
            {
                if (!entry.IsScalar)
                    return false;
                var text = entry.Kind == NodeKind.Null ? "" : entry.Text ?? "";
                reference = IsKey(entry, "kind") ? reference with { Kind = text }
                    : IsKey(entry, "name") ? reference with { Name = text } : reference with { Namespace = text };
            }
            else if (IsKey(entry, "port"))
            {
                if (entry.Kind == NodeKind.Null)
                    continue;
                if (entry.AsInteger() is not { } port || port < 0 || port > uint.MaxValue)
                    return false;
                reference = reference with { Port = (int)Math.Min(port, int.MaxValue) };
            }
            else if (IsKey(entry, "labels"))
            {
                if (entry.Kind == NodeKind.Null)
                    continue;
                if (!entry.IsMapping || entry.Entries.Any(static label => !label.IsScalar))
                    return false;
                reference = reference with { Labels = LabelSet.Create(entry.Entries.Select(static label => KeyValuePair.Create(label.Key ?? "", label.Text ?? ""))) };
            }
            else
            {
                unknown.Add(entry.GetPath());
            }
        }

        return true;
    }

    private static bool IsKey(Node entry, string key) => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase);
}
