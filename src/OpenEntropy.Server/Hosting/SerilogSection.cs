using Serilog;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Settings.Configuration;

namespace OpenEntropy.Server.Hosting;

/// <summary>Serilog's own section, checked: what it would pass over in silence, or end the process by, stops the start with the section's name.</summary>
internal sealed class SerilogSection
{
    private const string Section = "Serilog";
    private const string MinimumLevel = $"{Section}:MinimumLevel";

    // What Serilog.Settings.Configuration reads.
    private static readonly string[] Keys =
    [
        "Using",
        "LevelSwitches",
        "FilterSwitches",
        "MinimumLevel",
        "Enrich",
        "Properties",
        "Filter",
        "Destructure",
        "WriteTo",
        "AuditTo",
    ];

    private static readonly string[] MinimumLevelKeys = ["Default", "ControlledBy", "Override"];

    private static readonly Lock SelfLogLock = new();

    private readonly IConfiguration _configuration;

    private SerilogSection(IConfiguration configuration) => _configuration = configuration;

    /// <summary>True where a category is to be told of below warnings: by its own name, or by what its name begins with.</summary>
    /// <param name="category">The category.</param>
    public bool AsksFor(string category) =>
        _configuration
            .GetSection($"{MinimumLevel}:Override")
            .GetChildren()
            .Any(level =>
                $"{category}.".StartsWith($"{level.Key}.", StringComparison.Ordinal)
                && !(Enum.TryParse<LogEventLevel>(level.Value, ignoreCase: true, out var least) && least >= LogEventLevel.Warning)
            );

    /// <summary>True where a console is configured.</summary>
    public bool WritesToConsole =>
        _configuration
            .GetSection($"{Section}:WriteTo")
            .GetChildren()
            .Any(sink => string.Equals(sink["Name"] ?? sink.Value ?? sink.Key, "Console", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the section and checks its keys.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <exception cref="StartFailedException">A key that does not exist.</exception>
    public static SerilogSection Read(IConfiguration configuration)
    {
        var problems = Unknown(configuration.GetSection(Section), Keys)
            .Concat(Unknown(configuration.GetSection(MinimumLevel), MinimumLevelKeys))
            .ToList();
        if (problems.Count > 0)
        {
            throw new StartFailedException(string.Join(Environment.NewLine, problems));
        }

        // Some ways of giving configuration write every parent with an empty value, which Serilog would take for a level.
        var values = Leaves(configuration.GetSection(Section))
            .ToDictionary(leaf => leaf.Path, leaf => leaf.Value, StringComparer.OrdinalIgnoreCase);
        return new SerilogSection(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }

    /// <summary>A logger as configured in code, then here.</summary>
    /// <param name="logger">What is configured in code.</param>
    /// <exception cref="StartFailedException">A value that Serilog cannot use.</exception>
    public Serilog.Core.Logger CreateLogger(LoggerConfiguration logger)
    {
        if (!_configuration.GetSection(Section).Exists())
        {
            return logger.CreateLogger();
        }

        var complaints = new List<string>();
        lock (SelfLogLock)
        {
            SelfLog.Enable(complaints.Add); // where it says that no such sink or enricher exists
            try
            {
                // The assemblies are named because looking for them costs every start a tenth of a second.
                logger.ReadFrom.Configuration(
                    _configuration,
                    new ConfigurationReaderOptions(
                        typeof(ConsoleLoggerConfigurationExtensions).Assembly,
                        typeof(FileLoggerConfigurationExtensions).Assembly
                    )
                );
            }
            catch (Exception exception)
            {
                // Whatever it throws, and it throws many kinds, the cause stands in the section.
                complaints.Add((exception.InnerException ?? exception).Message);
            }
            finally
            {
                SelfLog.Disable();
            }
        }

        return complaints.Count == 0
            ? logger.CreateLogger()
            : throw new StartFailedException(string.Join(Environment.NewLine, complaints.Select(complaint => $"{Section}: {complaint}")));
    }

    private static IEnumerable<string> Unknown(IConfigurationSection section, string[] known) =>
        section
            .GetChildren()
            .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => $"{child.Path}: there is no such key; there are {string.Join(", ", known)}");

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        var isValue = section.Value is { Length: > 0 } || (children.Count == 0 && section.Value is not null);
        return children.SelectMany(Leaves).Concat(isValue ? [section] : []);
    }
}
