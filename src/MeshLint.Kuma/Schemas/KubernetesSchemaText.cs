using System.Globalization;
using System.Text;
using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Schemas;

/// <summary>
/// Schema errors in the words of an API server (k8s.io/apiextensions-apiserver pkg/apiserver/validation;
/// docs/kuma/admission.md#kubernetes-schema-errors).
/// </summary>
internal static class KubernetesSchemaText
{
    /// <summary>The field that stands where kube-openapi gives a text without a path.</summary>
    private const string NoPath = "<nil>";

    /// <summary>The causes that an API server makes of one error: (field, message).</summary>
    public static IEnumerable<(string Field, string Reason)> Render(SchemaError error)
    {
        var schema = error.Schema;
        switch (error.Kind)
        {
            case SchemaErrorKind.Required:
                yield return (error.Path, "Required value");
                break;
            case SchemaErrorKind.Type:
                yield return WrongType(error.Path, error.Expected, error.Actual.Length == 0
                    || error.Actual == "float64" ? error.Actual : TypeName(error.Node));
                break;
            case SchemaErrorKind.Enum:
                var values = string.Join(", ", schema.Enum.Select(v => $"\"{v}\""));
                yield return (error.Path, $"Unsupported value: {Value(error.Node)}: supported values: {values}");
                break;
            case SchemaErrorKind.MaxLength:
                yield return (error.Path, $"Too long: may not be more than {schema.MaxLength} bytes");
                break;
            case SchemaErrorKind.MaxItems:
                yield return (error.Path, $"Too many: {error.Node.Count}: must have at most {schema.MaxItems} "
                    + $"{(schema.MaxItems == 1 ? "item" : "items")}");
                break;
            case SchemaErrorKind.AnyOf:
                yield return (NoPath, $"Invalid value: \"\": {UniversalSchemaText.Render(error)}");
                yield return WrongType(error.Path, "integer,string", TypeName(error.Node));
                break;
            case SchemaErrorKind.IntegerFormat:
                yield return (NoPath, $"Invalid value: \"\": {UniversalSchemaText.Render(error)}");
                break;
            default:
                yield return (error.Path, $"Invalid value: {Value(error.Node)}: {UniversalSchemaText.Render(error)}");
                break;
        }
    }

    /// <summary>What is wrong with a list whose items keys tell apart: (item, message).</summary>
    public static IEnumerable<(Node Item, string Reason)> CheckKeys(Node list, SchemaNode schema)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (!item.IsMapping)
            {
                yield return (item, $"Invalid value: {Value(item)}: must be an object for an array of list-type map");
                continue;
            }

            var key = new StringBuilder("{");
            foreach (var name in schema.ListMapKeys.Order(StringComparer.Ordinal))
            {
                if (item[name] is { Exists: true } part)
                    key.Append(key.Length > 1 ? "," : "").Append(Quote(name)).Append(':').Append(Value(part));
            }

            if (!seen.Add(key.Append('}').ToString()))
                yield return (item, $"Duplicate value: {key}");
        }
    }

    private static (string Field, string Reason) WrongType(string path, string expected, string actual) =>
        (path, $"Invalid value: \"{actual}\": {path} in body must be of type {expected}: \"{actual}\"");

    /// <summary>Whole numbers have a type of their own here.</summary>
    private static string TypeName(Node node) =>
        node.Kind is NodeKind.Integer or NodeKind.Float && node.AsNumber() is { } number && Math.Floor(number) == number
            ? "integer"
            : GoValues.SchemaTypeName(node);

    /// <summary>A value as compact JSON, keys sorted.</summary>
    private static string Value(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping:
                var entries = GoErrorFinder.Sorted(node).Select(e => $"{Quote(e.Key ?? "")}:{Value(e)}");
                return $"{{{string.Join(',', entries)}}}";
            case NodeKind.Sequence:
                return $"[{string.Join(',', node.Children.Select(Value))}]";
            case NodeKind.String:
                return Quote(node.Text ?? "");
            case NodeKind.Integer when long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _):
                return node.Text ?? "";
            case NodeKind.Integer or NodeKind.Float:
                return GoValues.FormatNumber(node.AsNumber() ?? 0);
            case NodeKind.Boolean:
                return node.Text ?? "";
            default:
                return "null";
        }
    }

    private static string Quote(string text) => GoText.Quote(text);
}
