using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MeshLint.Cli.Hosting;

/// <summary>Logs for -v: a line each on standard error. Without -v nothing of the logging library is started.</summary>
internal sealed class Log : IDisposable
{
    private readonly ILoggerFactory? factory;

    private Log(ILogger logger, ILoggerFactory? factory)
    {
        Logger = logger;
        this.factory = factory;
    }

    public static Log None { get; } = new(NullLogger.Instance, null);

    public ILogger Logger { get; }

    public static Log To(TextWriter writer)
    {
        var factory = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Information).AddProvider(new Provider(writer)));
        return new Log(factory.CreateLogger("meshlint"), factory);
    }

    public void Dispose() => factory?.Dispose();

    private sealed class Provider(TextWriter writer) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new LineLogger(writer, categoryName);

        public void Dispose()
        {
        }
    }

    private sealed class LineLogger(TextWriter writer, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (writer)
                writer.Write($"{category}: {VisibleText.OneLine(formatter(state, exception))}\n");
        }
    }
}
