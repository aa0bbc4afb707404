namespace MeshLint.Kuma.Admission.Validators;

/// <summary>Checks JSON patches (kuma: pkg/plugins/policies/core/jsonpatch/validators/validator.go).</summary>
internal static class JsonPatchCheck
{
    public static void Validate(Field patches)
    {
        patches.ReportIf(patches.Count == 0, Messages.MustNotBeEmpty);
        foreach (var patch in patches.Items)
        {
            var op = patch["op"].Text;
            patch["op"].ReportIf(
                op is not ("add" or "remove" or "replace" or "move" or "copy"),
                Messages.FieldOneOf("op", "add", "remove", "replace", "move", "copy"));

            var from = patch["from"];
            if (op is "move" or "copy")
                from.ReportIf(!from.IsSet, Messages.FieldWhenOneOf("from", Messages.MustNotBeEmpty, "op", "move", "copy"));
            else
                from.ReportIf(from.IsSet, Messages.FieldWhenOneOf("from", "is allowed only", "op", "move", "copy"));

            // A value of null is a value.
            var value = patch["value"];
            if (op is "add" or "replace")
                value.ReportIf(!value.Node.Exists, Messages.FieldWhenOneOf("value", Messages.MustNotBeEmpty, "op", "add", "replace"));
            else
                value.ReportIf(value.Node.Exists, Messages.FieldWhenOneOf("value", "is allowed only", "op", "add", "replace"));

            var path = patch["path"];
            if (!path.IsSet)
                path.Report(Messages.MustBeDefined);
            else
                path.ReportIf(op == "remove" && path.Text is ("" or "/"), "root path cannot be removed");
        }
    }
}
