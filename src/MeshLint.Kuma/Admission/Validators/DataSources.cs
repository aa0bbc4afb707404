
namespace MeshLint.Kuma.Admission.Validators;

/// <summary>Checks sources of certificates and keys.</summary>
internal static class DataSources
{
    /// <summary>
    /// The sources of MeshIdentity and of 3.0's MeshExternalService (kuma: api/common/v1alpha1/datasource/datasource.go).
    /// </summary>
    public static void CheckSecure(Validation v, Node source)
    {
        if (!source.IsSet())
            return;
        var type = source["type"].Str();
        switch (type)
        {
            case "EnvVar":
                Require("envVar", "name");
                break;
            case "InsecureInline":
                Require("insecureInline", "value");
                break;
            case "File":
                Require("file", "path");
                if (source["file"]["path"].Str() is { Length: > 0 } path && CheckFilePath(path) is { } problem)
                    v.Report(source["file"], "path", problem);
                break;
            case "Secret":
                var secret = source["secretRef"];
                if (secret.IsSet() && secret["kind"].Str() is not "Secret" and var kind)
                    v.Report(secret, "kind", Messages.OneOf(kind, "Secret"));
                Require("secretRef", "name");
                break;
            default:
                v.Report(source, "type", Messages.OneOf(type, "EnvVar", "InsecureInline", "File", "Secret"));
                break;
        }

        void Require(string part, string field)
        {
            var node = source[part];
            if (!node.IsSet())
                v.Report(source, part, Messages.MustBeDefined);
            else if (node[field].Str().Length == 0)
                v.Report(node, field, Messages.MustBeDefined);
        }
    }

    /// <summary>The sources of ExternalService (kuma: pkg/core/resources/apis/system/validators.go).</summary>
    public static void CheckNotEmpty(Validation v, Node source)
    {
        if (source.IsSet() && source["inline"].Str().Length == 0 && source["inlineString"].Str().Length == 0
            && source["secret"].Str().Length == 0 && source["file"].Str().Length == 0)
            v.Report(source, "data source cannot be empty");
    }

    private static string? CheckFilePath(string path)
    {
        if (path.Contains("..", StringComparison.Ordinal))
            return $"file path contains directory traversal sequence: {path}";
        return path.StartsWith('/') ? null : $"file path must be absolute: {path}";
    }
}
