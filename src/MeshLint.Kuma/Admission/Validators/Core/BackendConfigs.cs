using MeshLint.Kuma.Schemas.Decoding;
using MeshLint.Kuma.Schemas;

namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>
/// The free-form <c>conf</c> of a Mesh's logging, tracing and metrics backends (kuma: pkg/core/resources/apis/mesh/mesh_validator.go).
/// The control plane reads it as a message of its own; paths call it <c>config</c> in logging and tracing.
/// </summary>
internal static class BackendConfigs
{
    public const string UnknownMetricsType = "unknown backend type. Available backends: \"prometheus\"";

    public static void CheckFileLogging(Validation v, Node backend)
    {
        if (!TryRead(v, backend, "config", ConfigMessages.FileLogging, out var config))
            return;
        if (config.Get("path").Str().Length == 0)
            config.Report("path", LegacyMessages.CannotBeEmpty);
    }

    public static void CheckTcpLogging(Validation v, Node backend)
    {
        if (!TryRead(v, backend, "config", ConfigMessages.TcpLogging, out var config))
            return;
        var address = config.Get("address").Str();
        if (address.Length == 0)
            config.Report("address", LegacyMessages.CannotBeEmpty);
        else if (!NetworkText.TrySplitHostPort(address, out var host, out var port) || host.Length == 0 || port.Length == 0)
            config.Report("address", "has to be in format of HOST:PORT");
    }

    public static void CheckDatadog(Validation v, Node backend)
    {
        if (!TryRead(v, backend, "config", ConfigMessages.Datadog, out var config))
            return;
        if (config.Get("address").Str().Length == 0)
            config.Report("address", LegacyMessages.CannotBeEmpty);
        if (!AddressChecks.IsPort(config.Get("port").Int()))
            config.Report("port", LegacyMessages.PortRange);
    }

    public static void CheckZipkin(Validation v, Node backend)
    {
        if (!TryRead(v, backend, "config", ConfigMessages.Zipkin, out var config))
            return;
        if (config.Get("apiVersion").Str() is not ("" or "httpJsonV1" or "httpJson" or "httpProto"))
            config.Report("apiVersion", "has invalid value. Allowed values: httpJsonV1, httpJson, httpProto");
        var url = config.Get("url").Str();
        if (url.Length == 0)
            config.Report("url", LegacyMessages.CannotBeEmpty);
        else if (GoUrl.ParseRequest(url, WebText.HasStrictColons(v.Version)) is not { } parsed)
            config.Report("url", "invalid URL");
        else if (parsed.Port.Length == 0)
            config.Report("url", "port has to be explicitly specified");
    }

    public static void CheckPrometheus(Validation v, Node backend)
    {
        if (!TryRead(v, backend, "conf", ConfigMessages.Prometheus, out var config))
            return;
        var skip = config.Get("skipMTLS");
        var tls = config.Get("tls");
        if (skip.IsSet() && tls.IsSet())
        {
            var mode = tls["mode"].Str();
            var agrees = skip.Flag() ? mode == "disabled" : mode is "" or "activeMTLSBackend";
            if (!agrees)
            {
                config.Report("", "skipMTLS and tls configuration cannot be defined together");
                return;
            }
        }

        if (GoRegex.Check(config.Get("envoy")["filterRegex"].Str()) is { } problem)
        {
            config.Report("envoy.filterRegex", $"provided regexp isn't correct: {problem}");
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var aggregate in config.Get("aggregate").Items)
        {
            var name = aggregate["name"].Str();
            if (!names.Add(name))
                config.Report($"aggregate{NodeReading.At(index)}.name", $"duplicate entry: {name}, values have to be unique");
            index++;
        }
    }

    private static bool TryRead(Validation v, Node backend, string pathWord, ProtoMessage message, out Config config)
    {
        var conf = backend["conf"];
        config = new Config(v, backend, conf, pathWord);
        if (ProtoErrorFinder.Find(conf, message, out _) is not { } error)
            return true;
        config.Report("", $"could not parse config: {error}");
        return false;
    }

    /// <summary>A backend's configuration and where it is reported.</summary>
    private readonly record struct Config(Validation Validation, Node Backend, Node Conf, string PathWord)
    {
        public Node Get(string field) => Conf[field];

        public void Report(string field, string reason)
        {
            var path = $"{Backend.GetPath()}.{PathWord}";
            var target = field.Length > 0 && Get(field).Exists ? Get(field) : Conf.Exists ? Conf : Backend;
            Validation.ReportAt(field.Length == 0 ? path : $"{path}.{field}", target, reason);
        }
    }
}
