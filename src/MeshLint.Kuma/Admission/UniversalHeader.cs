using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission;

/// <summary>
/// The fields beside a Universal resource's body, read as Go's <c>encoding/json</c> reads them (kuma:
/// pkg/core/resources/model/rest/v1alpha1/meta.go).
/// </summary>
internal static class UniversalHeader
{
    /// <summary>The labels as decoded: <c>Labels</c> counts like <c>labels</c>, which wins key by key.</summary>
    public static LabelSet Labels(MeshResource resource)
    {
        List<KeyValuePair<string, string>>? merged = null;
        foreach (var child in resource.Root.Entries)
        {
            if (child.Key == "labels" || !IsLabels(child.Key))
                continue;
            foreach (var label in child.Entries)
                (merged ??= []).Add(new(label.Key ?? "", label.Text ?? ""));
        }

        var written = LabelSet.From(resource.LabelsNode);
        return merged is null ? written : LabelSet.Create(merged.Concat(written));
    }

    /// <summary>The decoder's error, or null: texts must be texts, labels a map of texts.</summary>
    public static string? FindError(Node root, out Node at)
    {
        foreach (var child in root.Entries)
        {
            at = child;
            switch (child.Key)
            {
                case "type" or "name" or "mesh" when !child.IsString && child.Kind != NodeKind.Null:
                    return $"json: cannot unmarshal {GoValues.TypeName(child)} into Go struct field ResourceMeta.{child.Key} of type "
                        + "string";
                case var key when IsLabels(key):
                    if (FindLabelError(child, ref at) is { } error)
                        return error;
                    break;
            }
        }

        at = default;
        return null;
    }

    private static string? FindLabelError(Node labels, ref Node at)
    {
        if (!labels.IsMapping)
        {
            return labels.Kind == NodeKind.Null
                ? null
                : $"json: cannot unmarshal {GoValues.TypeName(labels)} into Go struct field ResourceMeta.labels of type map[string]string";
        }

        foreach (var label in labels.Entries)
        {
            if (label.IsString || label.Kind == NodeKind.Null)
                continue;
            at = label;
            return $"json: cannot unmarshal {GoValues.TypeName(label)} into Go struct field ResourceMeta.labels of type string";
        }

        return null;
    }

    private static bool IsLabels(string? key) => key is { Length: 6 } && key.Equals("labels", StringComparison.OrdinalIgnoreCase);
}
