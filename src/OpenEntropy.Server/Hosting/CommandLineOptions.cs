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
            _config,
        };

    /// <summary>Adds what was given under its configuration key.</summary>
    /// <param name="parsed">A result without errors.</param>
    /// <param name="settings">Keys given as they are.</param>
    public CommandLine Read(ParseResult parsed, Dictionary<string, string?> settings)
    {
        Set("OpenEntropy:Server:Port", parsed.GetValue(_port));
        Set("OpenEntropy:Server:Host", parsed.GetValue(_host));
        Set("OpenEntropy:Sources:Enabled", parsed.GetValue(_sources));
        Set("OpenEntropy:Randomness:AllowRaw", parsed.GetValue(_allowRaw) ? "true" : null);
        return new CommandLine(settings, parsed.GetValue(_config));

        void Set(string key, string? value)
        {
            if (value is not null)
            {
                settings[key] = value;
            }
        }
    }
}
