namespace OpenEntropy.Server.Hosting;

/// <summary>What the command line says, as configuration.</summary>
/// <param name="Settings">Configuration keys and values, the last word on each.</param>
/// <param name="ConfigurationFile">A further JSON file to read; null for none.</param>
internal sealed record CommandLine(IReadOnlyDictionary<string, string?> Settings, string? ConfigurationFile)
{
    // Configuration keys that may be given as they are: our own, Kestrel's (certificates), Serilog's (levels) and the host's.
    private static readonly string[] KeyPrefixes = ["OpenEntropy:", "Kestrel:", "Serilog:"];
    private static readonly string[] HostKeys = ["urls", "environment", "contentRoot", "applicationName"];

    private static readonly CommandLine Empty = new(
        new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase),
        ConfigurationFile: null
    );

    /// <summary>Reads the arguments. Help, version and complaints are written here.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="exitCode">What the process should exit with when null is returned.</param>
    /// <returns>Null when there is nothing to start.</returns>
    public static CommandLine? Parse(string[] args, out int exitCode)
    {
        exitCode = ExitCodes.Success;
        if (args.Length == 0)
        {
            return Empty; // the usual start, in a container too, need not wait for the parser to be compiled
        }

        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var options = new CommandLineOptions();
        var parsed = options.Command.Parse(TakeKeys(args, settings));
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine(error.Message);
            }

            Console.Error.WriteLine("--help lists the options.");
            exitCode = ExitCodes.Usage;
            return null;
        }

        if (parsed.Action is not null)
        {
            exitCode = parsed.Invoke();
            return null;
        }

        var commandLine = options.Read(parsed, settings, out var problem);
        if (problem is not null)
        {
            Console.Error.WriteLine(problem);
            exitCode = ExitCodes.Usage;
        }

        return commandLine;
    }

    /// <summary>Takes out configuration keys that are given as they are, <c>--OpenEntropy:Key=value</c> or <c>--OpenEntropy:Key value</c>.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="settings">Receives the keys and their values.</param>
    /// <returns>The other arguments.</returns>
    public static List<string> TakeKeys(IReadOnlyList<string> args, Dictionary<string, string?> settings)
    {
        var rest = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            if (name is null)
            {
                rest.Add(args[i]);
            }
            else if (value is not null)
            {
                settings[name] = value;
            }
            else if (i + 1 < args.Count)
            {
                settings[name] = args[++i];
            }
            else
            {
                rest.Add(args[i]); // a key without a value is a mistake for the parser to report
            }
        }

        return rest;
    }

    private static (string? Name, string? Value) Split(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            return (null, null);
        }

        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument[2..] : argument[2..equals];
        var isKey =
            KeyPrefixes.Any(prefix => $"{name}:".StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            || HostKeys.Contains(name, StringComparer.OrdinalIgnoreCase);
        return isKey ? (name, equals < 0 ? null : argument[(equals + 1)..]) : (null, null);
    }
}
