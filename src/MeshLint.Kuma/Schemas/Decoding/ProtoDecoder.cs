using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Schemas.Decoding;

/// <summary>What a manager changes in a message before it stores it.</summary>
/// <param name="Zone">Zone whose tag every gateway, and every inbound where <paramref name="TagInbounds"/> is set, gets; null = none (kuma:
/// pkg/core/managers/apis/dataplane/dataplane_manager.go).</param>
/// <param name="TagInbounds">2.x tags inbounds too.</param>
/// <param name="SkipUntagged">2.14 in mode <c>Exclusive</c> leaves an inbound without tags alone.</param>
/// <param name="MeshDefaults">Prometheus backends of a Mesh get their defaults (kuma:
/// pkg/core/resources/apis/mesh/mesh_defaulter.go).</param>
internal readonly record struct ProtoStoring(string? Zone, bool TagInbounds, bool SkipUntagged, bool MeshDefaults)
{
    public bool ChangesDataplane => Zone is { Length: > 0 };
}

/// <summary>
/// Decodes protobuf bodies as jsonpb and writes them in protobuf's JSON normal form (docs/kuma/admission.md#decoding,
/// docs/kuma/admission.md#what-is-stored).
/// </summary>
internal sealed class ProtoDecoder
{
    private readonly NodeTreeBuilder builder;
    private readonly ProtoStoring storing;
    private readonly ProtoMessage? prometheus;

    private ProtoDecoder(SourceText source, int size, ProtoStoring storing, ProtoMessage? prometheus)
    {
        builder = new NodeTreeBuilder(source, size + (size / 4) + 6);
        this.storing = storing;
        this.prometheus = prometheus;
    }

    /// <summary>The normal form of a message, in a tree of its own.</summary>
    /// <param name="body">The message as written; it must be free of errors.</param>
    /// <param name="key">Key under which it hangs in the new tree, so that paths begin with it; null = it is the root.</param>
    /// <param name="parent">Gives spans where the body is missing.</param>
    /// <param name="message">The message's type.</param>
    /// <param name="storing">What the control plane adds.</param>
    /// <param name="version">The Kuma line.</param>
    public static Node Normalize(Node body, string? key, Node parent, ProtoMessage message, ProtoStoring storing, KumaVersion version)
    {
        if (parent.Source is not { } source)
            return default;
        var decoder = new ProtoDecoder(
            source,
            body.Size,
            storing,
            storing.MeshDefaults ? SchemaCatalog.Instance.FindMessage(version, "PrometheusMetricsBackendConfig") : null);
        if (key is null)
        {
            decoder.WriteMessage(body, message, parent.Span);
            return decoder.builder.Build().Root;
        }

        decoder.builder.BeginMapping(parent.Span);
        decoder.builder.Key(key, body.Exists ? body.KeySpan : parent.Span);
        decoder.WriteMessage(body, message, parent.Span);
        decoder.builder.End();
        return decoder.builder.Build().Root[key];
    }

    private void WriteMessage(Node node, ProtoMessage message, TextSpan span)
    {
        builder.BeginMapping(node.Exists ? node.Span : span);
        WriteFields(node, message);
        builder.End();
    }

    private void WriteFields(Node node, ProtoMessage message)
    {
        var isInbound = storing.ChangesDataplane && message.Name == "kuma.mesh.v1alpha1.Dataplane.Networking.Inbound";
        var isGateway = storing.ChangesDataplane && message.Name == "kuma.mesh.v1alpha1.Dataplane.Networking.Gateway";
        var probed = isInbound && node["serviceProbe"] is { IsNullOrMissing: false };
        foreach (var field in message.Fields)
        {
            var value = ProtoErrorFinder.Value(node, field);
            if (field.JsonName == "tags"
                && (isGateway || (isInbound && storing.TagInbounds && !(storing.SkipUntagged && value.Count == 0))))
            {
                WriteTagsWithZone(value, node);
                continue;
            }

            if (probed && field.JsonName is "state" or "health")
            {
                WriteProbed(field, value, node);
                continue;
            }

            if (field.JsonName == "conf" && prometheus is not null && message.Name == "kuma.mesh.v1alpha1.MetricsBackend"
                && node["type"].AsString() == "prometheus"
                && ProtoErrorFinder.Find(value, prometheus, out _) is null)
                WritePrometheus(value, node, prometheus);
            else if (!value.IsNullOrMissing && !(field.Oneof.Length > 0 && IsOverridden(node, message, field)))
                WriteField(value, field);
        }
    }

    /// <summary>Of the members of a oneof the last in field order counts.</summary>
    private static bool IsOverridden(Node node, ProtoMessage message, ProtoField field)
    {
        foreach (var other in message.Fields)
        {
            if (other.Index > field.Index && other.Oneof == field.Oneof && !ProtoErrorFinder.Value(node, other).IsNullOrMissing)
                return true;
        }

        return false;
    }

    private void WriteField(Node value, ProtoField field)
    {
        if (field.IsRepeated)
        {
            if (value.Count == 0)
                return;
            builder.Key(field.JsonName, value.KeySpan);
            builder.BeginSequence(value.Span);
            foreach (var item in value.Items)
                WriteSingle(item, field);
            builder.End();
            return;
        }

        if (field.Type is ProtoType.Map or ProtoType.MessageMap)
        {
            if (value.Count == 0)
                return;
            builder.Key(field.JsonName, value.KeySpan);
            builder.BeginMapping(value.Span);
            foreach (var entry in value.Entries)
            {
                if (field.Type == ProtoType.Map)
                    WriteTag(entry);
                else
                {
                    builder.Key(entry.Key ?? "", entry.KeySpan);
                    WriteMessage(entry, field.Message, value.Span);
                }
            }

            builder.End();
            return;
        }

        if (field.Oneof.Length == 0 && IsZero(value, field))
            return;
        builder.Key(field.JsonName, value.KeySpan);
        WriteSingle(value, field);
    }

    /// <summary>The value is the type's zero value, which protobuf does not store.</summary>
    internal static bool IsZero(Node value, ProtoField field) => field.Type switch
    {
        ProtoType.String => value.Text is null or "",
        ProtoType.Bool => value.Text != "true",
        ProtoType.UInt32 or ProtoType.UInt64 => IsZeroNumber(value),
        // Only a Secret has its bytes directly; the manager stores none where there are none.
        ProtoType.BytesValue => field.ProtoName == "data" && value.Count == 0 && string.IsNullOrEmpty(value.Text),
        ProtoType.Enum => value.IsString ? field.Enum.NumberOf(value.Text ?? "") == 0 : IsZeroNumber(value),
        _ => false,
    };

    private static bool IsZeroNumber(Node value) =>
        !double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number == 0;

    private void WriteSingle(Node value, ProtoField field)
    {
        var span = value.Span;
        switch (field.Type)
        {
            case ProtoType.String or ProtoType.StringValue:
                builder.Scalar(NodeKind.String, value.Text ?? "", span, value.IsString ? value.Style : ScalarStyle.DoubleQuoted);
                break;
            case ProtoType.Bool or ProtoType.BoolValue:
                builder.Scalar(NodeKind.Boolean, value.Text ?? "false", span, ScalarStyle.Plain);
                break;
            case ProtoType.UInt32 or ProtoType.UInt32Value:
                builder.Scalar(NodeKind.Integer, NumberText(value), span, ScalarStyle.Plain);
                break;
            case ProtoType.UInt64:
                builder.Scalar(NodeKind.String, NumberText(value), span, ScalarStyle.DoubleQuoted);
                break;
            case ProtoType.DoubleValue or ProtoType.FloatValue:
                WriteFloat(value, field);
                break;
            case ProtoType.BytesValue:
                builder.Scalar(NodeKind.String, BytesText(value), span, ScalarStyle.Plain);
                break;
            case ProtoType.Duration:
                WriteDuration(value);
                break;
            case ProtoType.Enum:
                WriteEnum(value, field.Enum);
                break;
            case ProtoType.Struct:
                builder.Copy(value);
                break;
            default:
                WriteMessage(value, field.Message, span);
                break;
        }
    }

    private static string NumberText(Node value)
    {
        var text = value.Text?.Trim() ?? "";
        return text.Length == 0 || text == "null" ? "0" : text;
    }

    private void WriteFloat(Node value, ProtoField field)
    {
        if (value.Text is "NaN" or "Infinity" or "-Infinity")
        {
            builder.Copy(value);
            return;
        }

        var number = double.Parse(NumberText(value), NumberStyles.Float, CultureInfo.InvariantCulture);
        var text = field.Type == ProtoType.FloatValue
            ? GoValues.FormatNumber(double.Parse(((float)number).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
            : GoValues.FormatNumber(number);
        builder.Scalar(text.AsSpan().ContainsAny('.', 'e') ? NodeKind.Float : NodeKind.Integer, text, value.Span, ScalarStyle.Plain);
    }

    private void WriteDuration(Node value)
    {
        Span<char> buffer = stackalloc char[GoDuration.MaxLength];
        var nanoseconds = 0L;
        if (value.IsString && GoDuration.Parse(value.Text ?? "", out var parsed) is null)
            nanoseconds = parsed;
        builder.Scalar(NodeKind.String, GoDuration.FormatProtobuf(nanoseconds, buffer).ToString(), value.Span, ScalarStyle.Plain);
    }

    private void WriteEnum(Node value, ProtoEnum enumeration)
    {
        if (value.IsString)
        {
            // Two names of one number are stored under the first.
            var name = enumeration.NumberOf(value.Text ?? "") is { } number ? enumeration.NameOf(number) : null;
            builder.Scalar(NodeKind.String, name ?? value.Text, value.Span, value.Style);
            return;
        }

        var code = value.AsInteger() ?? 0;
        if (enumeration.NameOf(code) is { } known)
            builder.Scalar(NodeKind.String, known, value.Span, ScalarStyle.Plain);
        else
            builder.Scalar(NodeKind.Integer, code.ToString(CultureInfo.InvariantCulture), value.Span, ScalarStyle.Plain);
    }

    private static string BytesText(Node value)
    {
        if (value.IsSequence)
        {
            var bytes = new List<byte>();
            foreach (var item in value.Items)
                bytes.Add((byte)(item.AsInteger() ?? 0));
            return Convert.ToBase64String([.. bytes]);
        }

        // Go allows bits in the padding that .NET may refuse; such a text is stored as it is.
        var text = value.Text ?? "";
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? Convert.ToBase64String(buffer, 0, length) : text;
    }

    private void WriteTag(Node entry)
    {
        builder.Key(entry.Key ?? "", entry.KeySpan);
        builder.Scalar(NodeKind.String, entry.Text ?? "", entry.Span, entry.IsString ? entry.Style : ScalarStyle.DoubleQuoted);
    }

    private void WriteTagsWithZone(Node tags, Node owner)
    {
        builder.Key("tags", tags.Exists ? tags.KeySpan : default);
        builder.BeginMapping(tags.Exists ? tags.Span : owner.Span);
        foreach (var tag in tags.Entries)
        {
            if (tag.Key != WellKnown.Zone)
                WriteTag(tag);
        }

        builder.Key(WellKnown.Zone, default);
        builder.Scalar(NodeKind.String, storing.Zone, tags.Exists ? tags.Span : owner.Span, ScalarStyle.Plain);
        builder.End();
    }

    /// <summary>An inbound with a service probe is not ready until the probe says so.</summary>
    private void WriteProbed(ProtoField field, Node value, Node owner)
    {
        builder.Key(field.JsonName, value.Exists ? value.KeySpan : default);
        var span = value.Exists ? value.Span : owner.Span;
        if (field.JsonName == "state")
        {
            builder.Scalar(NodeKind.String, "NotReady", span, ScalarStyle.Plain);
            return;
        }

        builder.BeginMapping(span);
        builder.End();
    }

    private void WritePrometheus(Node conf, Node backend, ProtoMessage message)
    {
        var span = conf.Exists ? conf.Span : backend.Span;
        builder.Key("conf", conf.Exists ? conf.KeySpan : default);
        builder.BeginMapping(span);
        var tls = conf["tls"];
        var skip = conf["skipMTLS"];
        var hasTls = !tls.IsNullOrMissing;
        var isProvided = hasTls && tls["mode"].Text is "providedTLS" or "1";
        foreach (var field in message.Fields)
        {
            var value = ProtoErrorFinder.Value(conf, field);
            switch (field.JsonName)
            {
                case "port" when value.IsNullOrMissing || IsZero(value, field):
                    AddDefault("port", NodeKind.Integer, "5670");
                    break;
                case "path" when value.IsNullOrMissing || IsZero(value, field):
                    AddDefault("path", NodeKind.String, "/metrics");
                    break;
                case "tags" when value.Count == 0:
                    builder.Key("tags", default);
                    builder.BeginMapping(span);
                    AddDefault(WellKnown.ServiceTag, NodeKind.String, "dataplane-metrics");
                    builder.End();
                    break;
                case "tls" when !hasTls:
                    builder.Key("tls", default);
                    builder.BeginMapping(span);
                    if (skip.Text == "true")
                        AddDefault("mode", NodeKind.String, "disabled");
                    builder.End();
                    break;
                case "skipMTLS" when isProvided:
                    break;
                default:
                    if (!value.IsNullOrMissing)
                        WriteField(value, field);
                    break;
            }
        }

        builder.End();

        void AddDefault(string key, NodeKind kind, string text)
        {
            builder.Key(key, default);
            builder.Scalar(kind, text, span, ScalarStyle.Plain);
        }
    }
}
