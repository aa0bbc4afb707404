using System.Globalization;
using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Schemas;

/// <summary>
/// Holds a value against its schema in one walk: errors in neutral form, unknown fields, and whether decoding would change anything.
/// </summary>
/// <remarks>
/// Nothing stops the walk: all errors are collected, as kube-openapi does (k8s.io/kube-openapi/pkg/validation/validate;
/// docs/kuma/admission.md#universal-schema-errors).
/// Defaults count as put in before. One instance a document.
/// </remarks>
internal sealed class StructuralValidator
{
    private readonly Node root;
    private readonly bool defaults;
    private readonly bool checkedValues;
    private List<SchemaError>? errors;
    private List<(Node Node, SchemaNode Parent)>? unknown;
    private List<(Node List, SchemaNode Schema)>? listMaps;

    /// <param name="root">The resource, from which paths count.</param>
    /// <param name="defaults">Schema defaults are put in before the check (everywhere but on Universal 2.9).</param>
    /// <param name="checkedValues">Integers out of range get a text of their own (2.14 and later, and API servers).</param>
    public StructuralValidator(Node root, bool defaults, bool checkedValues)
    {
        this.root = root;
        this.defaults = defaults;
        this.checkedValues = checkedValues;
    }

    public IReadOnlyList<SchemaError> Errors => errors ?? (IReadOnlyList<SchemaError>)[];

    /// <summary>Fields that the schema does not know, each with the schema of the object that it stands in.</summary>
    public IReadOnlyList<(Node Node, SchemaNode Parent)> Unknown => unknown ?? (IReadOnlyList<(Node, SchemaNode)>)[];

    /// <summary>
    /// Lists whose items keys tell apart, as far as two items could have the same; API servers look at them after all else.
    /// </summary>
    public IReadOnlyList<(Node List, SchemaNode Schema)> ListMaps => listMaps ?? (IReadOnlyList<(Node, SchemaNode)>)[];

    /// <summary>A default is to be put in.</summary>
    public bool LacksDefaults { get; private set; }

    /// <summary>
    /// What is stored differs from what is written (nulls, defaults, unknown fields, spelling of durations), or may not decode at all.
    /// </summary>
    public bool NeedsDecoding { get => field || MayFail; private set; }

    /// <summary>
    /// The decoder may fail, or must merge several spellings of a key; where this is false, decoding is a plain copy with changes.
    /// </summary>
    public bool MayFail { get; private set; }

    public void Visit(Node node, SchemaNode schema)
    {
        if (node.Kind == NodeKind.Null)
        {
            VisitNull(node, schema);
            return;
        }

        switch (schema.Shape)
        {
            case SchemaShape.Object:
                if (node.IsMapping)
                    VisitObject(node, schema);
                else
                    AddType(node, schema, "object");
                break;
            case SchemaShape.Map:
                VisitMap(node, schema);
                break;
            case SchemaShape.List:
                VisitList(node, schema);
                break;
            case SchemaShape.String:
                VisitString(node, schema);
                break;
            case SchemaShape.Integer:
                VisitInteger(node, schema);
                break;
            case SchemaShape.Boolean:
                if (node.Kind != NodeKind.Boolean)
                    AddType(node, schema, "boolean");
                break;
            case SchemaShape.IntOrString:
                VisitIntOrString(node, schema);
                break;
            case SchemaShape.Number:
                if (node.Kind is not (NodeKind.Integer or NodeKind.Float))
                    AddType(node, schema, "number");
                break;
        }
    }

    private void VisitNull(Node node, SchemaNode schema)
    {
        NeedsDecoding = true;
        MayFail |= schema.GoKind == GoKind.Duration;
        if (schema.IsNullable || schema.Shape is SchemaShape.Any or SchemaShape.IntOrString)
            return;
        AddType(node, schema, schema.Shape switch
        {
            SchemaShape.Object or SchemaShape.Map => "object",
            SchemaShape.List => "array",
            SchemaShape.String => "string",
            SchemaShape.Integer => "integer",
            SchemaShape.Number => "number",
            _ => "boolean",
        });
    }

    private void VisitObject(Node node, SchemaNode schema)
    {
        ulong seen = 0;
        foreach (var child in node.Entries)
        {
            var key = child.Key ?? "";
            if (schema.Find(key) is not { } field)
            {
                if (schema.PreservesUnknown)
                    continue;
                NeedsDecoding = true;
                MayFail |= schema.FindFolded(key) is not null;
                (unknown ??= []).Add((child, schema));
                continue;
            }

            MayFail |= (seen & field.Mask) != 0;
            seen |= field.Mask;
            if (child.Kind == NodeKind.Null && defaults && field.HasDefault)
                NeedsDecoding = LacksDefaults = true;
            else
                Visit(child, field.Schema);
            NeedsDecoding |= field is { OmitsEmpty: true, IsPointer: false } && IsEmpty(child, field.Schema);
        }

        var filled = defaults ? seen | schema.DefaultMask : seen;
        LacksDefaults |= filled != seen;
        NeedsDecoding |= filled != seen || (schema.ZeroMask & ~seen) != 0;
        var missing = schema.RequiredMask & ~filled;
        if (missing == 0)
            return;
        foreach (var field in schema.Fields)
        {
            if ((missing & field.Mask) != 0)
                Add(new SchemaError(SchemaErrorKind.Required, node, $"{PathOf(node)}.{field.Name}", schema));
        }
    }

    /// <summary>Go leaves the value out when it writes the resource.</summary>
    private static bool IsEmpty(Node node, SchemaNode schema) => node.Kind switch
    {
        NodeKind.String => node.Text?.Length == 0 && schema.GoKind == GoKind.String,
        NodeKind.Boolean => node.Text == "false",
        NodeKind.Integer or NodeKind.Float => node.AsNumber() == 0 && schema.GoKind != GoKind.IntOrString,
        NodeKind.Mapping or NodeKind.Sequence => node.Count == 0 && schema.GoKind is GoKind.Map or GoKind.Slice,
        _ => false,
    };

    private void VisitMap(Node node, SchemaNode schema)
    {
        if (!node.IsMapping)
        {
            AddType(node, schema, "object");
            return;
        }

        if (schema.Item is not { } item)
            return;
        foreach (var child in node.Entries)
            Visit(child, item);
    }

    private void VisitList(Node node, SchemaNode schema)
    {
        if (!node.IsSequence)
        {
            AddType(node, schema, "array");
            return;
        }

        if (schema.Item is { } item)
        {
            foreach (var child in node.Items)
                Visit(child, item);
        }

        if (schema.ListMapKeys.Length > 0 && (node.Count > 1 || node[0] is { Exists: true, IsMapping: false }))
            (listMaps ??= []).Add((node, schema));
        if (schema.MaxItems is { } max && node.Count > max)
            Add(SchemaErrorKind.MaxItems, node, schema);
        if (schema.MinItems is { } min && node.Count < min)
            Add(SchemaErrorKind.MinItems, node, schema);
    }

    private void VisitString(Node node, SchemaNode schema)
    {
        if (!node.IsString)
        {
            // kube-openapi leaves a list to the format check, which knows strings only.
            if (schema.Format.Length > 0 && node.IsSequence)
                NeedsDecoding = MayFail = true;
            else
                AddType(node, schema, schema.Format.Length > 0 ? schema.Format : "string");
            return;
        }

        var text = node.Text ?? "";
        AddEnum(node, schema);
        if (schema.MaxLength is { } max && text.Length > max && RuneCount(text) > max)
            Add(SchemaErrorKind.MaxLength, node, schema);
        else if (schema.MinLength is { } min && text.Length < 2 * min && RuneCount(text) < min)
            Add(SchemaErrorKind.MinLength, node, schema);
        else if (schema.Pattern is not null && !schema.MatchesPattern(text))
            Add(SchemaErrorKind.Pattern, node, schema);
        if (schema.GoKind == GoKind.Duration)
            VisitDuration(text);
        else if (schema.GoKind == GoKind.Bytes)
            NeedsDecoding = MayFail = true;
    }

    private void VisitDuration(string text)
    {
        if (GoDuration.Parse(text, out var nanoseconds) is not null)
        {
            NeedsDecoding = MayFail = true;
            return;
        }

        Span<char> buffer = stackalloc char[GoDuration.MaxLength];
        NeedsDecoding |= !GoDuration.Format(nanoseconds, buffer).SequenceEqual(text);
    }

    private void VisitInteger(Node node, SchemaNode schema)
    {
        if (node.Kind == NodeKind.Integer
            && long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            AddEnum(node, schema);
            if (!FitsFormat(value, schema.Format))
                AddIntegerFormat(node, schema);
            MayFail |= !FitsGo(value, schema.GoKind);
            CheckBounds(node, schema, value);
            return;
        }

        if (node.Kind is not (NodeKind.Integer or NodeKind.Float))
        {
            AddType(
                node,
                schema,
                schema.Format.Length > 0 && node.Kind is not (NodeKind.String or NodeKind.Sequence) ? schema.Format : "integer");
            return;
        }

        NeedsDecoding = MayFail = true;
        var number = node.AsNumber() ?? 0;
        var isWhole = Math.Floor(number) == number && Math.Abs(number) <= 9007199254740991;
        if (isWhole && schema.Enum.Length > 0 && !schema.Enum.Contains(number.ToString("R", CultureInfo.InvariantCulture)))
            Add(SchemaErrorKind.Enum, node, schema);
        if (!isWhole)
            AddType(node, schema, schema.Format.Length > 0 ? schema.Format : "integer");
        if (!isWhole || !FitsFormat((long)number, schema.Format))
            AddIntegerFormat(node, schema);
        CheckBounds(node, schema, number);
    }

    private void VisitIntOrString(Node node, SchemaNode schema)
    {
        switch (node.Kind)
        {
            case NodeKind.String:
                return;
            case NodeKind.Integer or NodeKind.Float:
                var number = node.AsNumber() ?? 0;
                MayFail |= node.Kind == NodeKind.Float || Math.Abs(number) > int.MaxValue;
                if (Math.Floor(number) == number && Math.Abs(number) <= 9007199254740991)
                    return;
                AddIntegerFormat(node, schema);
                break;
        }

        Add(SchemaErrorKind.AnyOf, node, schema);
        AddType(node, schema, "integer");
    }

    private void CheckBounds(Node node, SchemaNode schema, double value)
    {
        if (schema.Maximum is { } maximum && value > double.Parse(maximum, CultureInfo.InvariantCulture))
            Add(SchemaErrorKind.Maximum, node, schema);
        if (schema.Minimum is { } minimum && value < double.Parse(minimum, CultureInfo.InvariantCulture))
            Add(SchemaErrorKind.Minimum, node, schema);
    }

    private static bool FitsFormat(long value, string format) => format switch
    {
        "int32" => value is >= int.MinValue and <= int.MaxValue,
        "uint32" => value is >= 0 and <= uint.MaxValue,
        "uint64" => value >= 0,
        _ => true,
    };

    private static bool FitsGo(long value, GoKind kind) => kind switch
    {
        GoKind.Int32 => value is >= int.MinValue and <= int.MaxValue,
        GoKind.Uint32 => value is >= 0 and <= uint.MaxValue,
        GoKind.Uint or GoKind.Uint64 => value >= 0,
        _ => true,
    };

    private void AddIntegerFormat(Node node, SchemaNode schema)
    {
        NeedsDecoding = MayFail = true;
        if (checkedValues)
            Add(new SchemaError(SchemaErrorKind.IntegerFormat, node, PathOf(node), schema, schema.Format));
    }

    private void AddType(Node node, SchemaNode schema, string expected)
    {
        NeedsDecoding = MayFail = true;
        var actual = GoValues.SchemaTypeName(node);
        if (expected == schema.Format && expected.Length > 0)
            actual = node.Kind is NodeKind.Integer or NodeKind.Float ? "float64" : "";
        Add(new SchemaError(SchemaErrorKind.Type, node, PathOf(node), schema, expected, actual));
        AddEnum(node, schema);
    }

    private void AddEnum(Node node, SchemaNode schema)
    {
        if (schema.Enum.Length > 0 && !(node.IsString == (schema.Shape == SchemaShape.String) && schema.Enum.Contains(node.Text ?? "")))
            Add(SchemaErrorKind.Enum, node, schema);
    }

    private void Add(SchemaErrorKind kind, Node node, SchemaNode schema) => Add(new SchemaError(kind, node, PathOf(node), schema));

    private void Add(SchemaError error) => (errors ??= []).Add(error);

    private string PathOf(Node node) => node.GetPath(root);

    private static int RuneCount(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }
}
