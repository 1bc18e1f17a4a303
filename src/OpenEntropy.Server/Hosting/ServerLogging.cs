using System.Globalization;
using OpenEntropy.Server.Dashboard;
using OpenEntropy.Server.Errors;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace OpenEntropy.Server.Hosting;

/// <summary>Logs by Serilog: readable on a terminal, JSON or files on request.</summary>
internal static class ServerLogging
{
    // A terminal of a service shows days; who said it is told in the files and in JSON.
    private const string ConsoleTemplate = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";
    private const string FileTemplate =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    private const string RequestCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Sends all logs to Serilog, which alone decides about levels.</summary>
    /// <param name="builder">The application being built.</param>
    /// <param name="settings">The options.</param>
    public static void AddServerLogging(this WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        var serilog = SerilogSection.Read(builder.Configuration);
        if (!serilog.AsksFor(RequestCategory))
        {
            // While anyone may read what this category logs (each request's start and end), the host makes an Activity for every request,
            // and puts its path into the fields of every line.
            // Serilog's provider comes with a rule of its own, which only another of its own outdoes.
            builder.Logging.AddFilter(RequestCategory, LogLevel.None);
            builder.Logging.AddFilter<SerilogLoggerProvider>(RequestCategory, LogLevel.None);
        }

        var repeats = new RepeatLimit(settings.Logging.RepeatsPerMinute, TimeProvider.System);
        var tail = new LogTail();
        var logger = CreateLogger(serilog, settings, repeats, tail);
        repeats.TellTo(new SerilogLoggerProvider(logger));
        builder.Services.AddSingleton<IHostedService>(_ => repeats);
        builder.Services.AddSingleton(tail);
        builder.Logging.AddSerilog(logger, dispose: true);
    }

    // The framework reports a failed start in these two events, with a stack trace below what the operator was told already. Nothing else may be hidden.
    private static bool IsToldOnStandardError(LogEvent logEvent) =>
        logEvent.MessageTemplate.Text is "Hosting failed to start" or "Unable to start Kestrel." && StartFailure.IsTold(logEvent.Exception);

    private static Serilog.Core.Logger CreateLogger(SerilogSection serilog, ServerSettings settings, RepeatLimit repeats, LogTail tail)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .Filter.ByExcluding(IsToldOnStandardError)
            .Filter.ByExcluding(logEvent => logEvent.Exception is BrokenOffException) // no fault: its client sees that the answer is not whole, and a metric counts it
            .Filter.With(repeats) // after the others, so that it counts what would be written
            .Enrich.FromLogContext()
            .WriteTo.Sink(tail);
        if (serilog.WritesToConsole)
        {
            // A console configured there takes the place of ours: two would write every line twice.
        }
        else if (settings.Logging.Json)
        {
            logger.WriteTo.Console(new JsonLine());
        }
        else
        {
            logger.WriteTo.Console(outputTemplate: ConsoleTemplate, formatProvider: CultureInfo.InvariantCulture);
        }

        if (settings.Logging.Files)
        {
            AddFiles(logger, settings);
        }

        return serilog.CreateLogger(logger);
    }

    private static void AddFiles(LoggerConfiguration logger, ServerSettings settings)
    {
        var directory = Path.Combine(settings.Pool.Storage.Directory, "logs");
        try
        {
            // Serilog would go on without its files and say nothing.
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException(
                $"{StorageOptions.Section}:{nameof(StorageOptions.Directory)}: the log files need a directory that can be written: {exception.Message}"
            );
        }

        var path = Path.Combine(directory, "openentropy-.log");
        var options = settings.Logging;
        if (options.Json)
        {
            logger.WriteTo.File(
                new JsonLine(),
                path,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                fileSizeLimitBytes: options.MaximumFileBytes,
                retainedFileCountLimit: options.RetainedFiles
            );
            return;
        }

        logger.WriteTo.File(
            path,
            outputTemplate: FileTemplate,
            formatProvider: CultureInfo.InvariantCulture,
            rollingInterval: RollingInterval.Day,
            rollOnFileSizeLimit: true,
            fileSizeLimitBytes: options.MaximumFileBytes,
            retainedFileCountLimit: options.RetainedFiles
        );
    }
}
