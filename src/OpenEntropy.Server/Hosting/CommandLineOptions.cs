using System.CommandLine;

namespace OpenEntropy.Server.Hosting;

/// <summary>The options with short names, each a spelling of one configuration key.</summary>
internal sealed class CommandLineOptions
{
    private readonly Option<string> _port = new("--port")
    {
        Description = "TCP port, 0 to 65535; 0 lets the system choose. Default 8042.",
        HelpName = "PORT",
    };

    private readonly Option<string> _host = new("--host")
    {
        Description = "Address to listen on: an IP address, localhost, or * for all. Default 127.0.0.1.",
        HelpName = "ADDRESS",
    };

    private readonly Option<string> _sources = new("--sources")
    {
        Description = "Noise sources: names, categories, globs, fast, slow, all, separated by commas. Default fast.",
        HelpName = "LIST",
    };

    private readonly Option<bool> _allowRaw = new("--allow-raw") { Description = "Serve raw, unconditioned samples to who asks for them." };

    private readonly Option<bool> _developmentCertificate = new("--dev-certificate")
    {
        Description = "Serve by TLS with a self-signed certificate for localhost, 127.0.0.1 and ::1; the log says where it is.",
    };

    private readonly Option<string> _config = new("--config")
    {
        Description = "A further JSON file with configuration.",
        HelpName = "FILE",
    };

    /// <summary>The command.</summary>
    public RootCommand Command { get; }

    public CommandLineOptions() =>
        Command = new RootCommand(
            "Serves random bytes grown from this machine's noise. Every configuration key can be given as --OpenEntropy:Key=value."
        )
        {
            _port,
            _host,
            _sources,
            _allowRaw,
            _developmentCertificate,
            _config,
        };

    /// <summary>The options, for a command of another program that starts the service too.</summary>
    public IEnumerable<Option> Own => [_port, _host, _sources, _allowRaw, _developmentCertificate, _config];

    /// <summary>Adds what was given under its configuration key.</summary>
    /// <param name="parsed">A result without errors.</param>
    /// <param name="settings">Keys given as they are.</param>
    /// <param name="problem">The key that was given twice, under its short name and as it is; null where the result is not.</param>
    public CommandLine? Read(ParseResult parsed, Dictionary<string, string?> settings, out string? problem)
    {
        // An option that was not given overrides nothing; --allow-raw=false was given, and overrides.
        var given = new (Option Option, string Key, string? Value)[]
        {
            (_port, "OpenEntropy:Server:Port", parsed.GetValue(_port)),
            (_host, "OpenEntropy:Server:Host", parsed.GetValue(_host)),
            (_sources, "OpenEntropy:Sources:Enabled", parsed.GetValue(_sources)),
            (_allowRaw, "OpenEntropy:Randomness:AllowRaw", Flag(parsed, _allowRaw)),
            (_developmentCertificate, "OpenEntropy:Server:DevelopmentCertificate", Flag(parsed, _developmentCertificate)),
        }.Where(each => parsed.GetResult(each.Option) is { Implicit: false });
        foreach (var (option, key, value) in given)
        {
            if (!settings.TryAdd(key, value))
            {
                problem = $"{option.Name} and --{key} are the same setting: give one of them";
                return null;
            }
        }

        problem = null;
        return new CommandLine(settings, parsed.GetValue(_config));
    }

    private static string Flag(ParseResult parsed, Option<bool> option) => parsed.GetValue(option) ? "true" : "false";
}
