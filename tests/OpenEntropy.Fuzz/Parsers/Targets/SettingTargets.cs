using System.Text;
using Microsoft.Extensions.Configuration;
using OpenEntropy.Cli.Options;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Noise.Network;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>What an operator writes: configuration, and the settings of sources.</summary>
internal static class SettingTargets
{
    private const string Key = "key";
    private const string Settings = """
        OpenEntropy:Server:Host=127.0.0.1
        OpenEntropy:Server:Port=8042
        OpenEntropy:Server:CorsOrigins=https://example.org
        OpenEntropy:Randomness:MaxLength=65536
        OpenEntropy:Drbg:MaximumSeedAge=00:10:00
        OpenEntropy:Pool:Capacity=1024
        OpenEntropy:Drbg:ReseedInterval=00:00:01
        OpenEntropy:Sources:Enabled=fast,slow
        OpenEntropy:Sources:Settings:serial_trng:Port=/dev/ttyACM0
        OpenEntropy:Conditioning:Hash=SHA3-384
        urls=http://127.0.0.1:8042
        Kestrel:Endpoints:A:Url=https://[::1]:8443
        Serilog:MinimumLevel:Default=Information
        Serilog:WriteTo:0:Name=Console
        """;

    private const string Document =
        """{"OpenEntropy":{"Server":{"Port":8042,"Host":"::1"},"Sources":{"Enabled":"fast"},"Pool":{"Capacity":16}},"Serilog":{"MinimumLevel":"Debug"}}""";

    private static readonly string s_folder = Directory.CreateTempSubdirectory("openentropy-fuzz-").FullName;

    private static readonly string[] s_values =
    [
        "OpenEntropy:",
        "Server:Port=",
        "00:00:00.0000001",
        "10675199.02:48:05.4775807",
        "true",
        "sha3-512",
        "*",
        "http://",
        "https://*:0",
        "unix:/x",
        "\n",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new("configuration", ReadSettings, Settings)
        {
            Refusals = [typeof(StartFailedException)],
            Pieces = s_values,
            Cost = 20,
        },
        new("configuration_file", ReadFile, Encoding.UTF8.GetBytes(Document))
        {
            Refusals = [typeof(StartFailedException)],
            Pieces = s_values,
            Cost = 20,
        },
        new("cors_origins", ReadOrigins, "https://example.org", "http://localhost:3000, https://[::1]:8443")
        {
            Pieces = ["https://", "xn--", ":443", "@", "*", "null"],
        },
        new("listen_host", text => _ = ListenAddress.IsListenable(text), "127.0.0.1", "::1", "localhost", "*", "[::1]:80"),
        new("source_selection", ReadSelection, "fast", "all,-slow", "hardware_trng,*_timing", "timing, os_rng"),
        Operators("dns_server", text => DnsResolver.Parse(Key, text), "192.0.2.53", "192.0.2.53:53", "2001:db8::53", "[2001:db8::53]:53"),
        Operators("tcp_target", text => TcpTarget.Parse(Key, text), "example.org:443", "192.0.2.1:1", "[2001:db8::1]:65535"),
        Operators("source_settings", ReadSourceSettings, "/dev/ttyACM0|115200|hex|cmd0\\n|hw:1,0|48000|192.0.2.53|example.org|10"),
    ];

    private static ParserTarget Operators(string name, Action<string> parse, params string[] corpus) =>
        new(name, parse, corpus) { Refusals = [typeof(EntropyConfigurationException)], Pieces = [":53", "[", "]", "%eth0", "0.0.0.0"] };

    private static void ReadSettings(string text)
    {
        var pairs = text.Split('\n')
            .Select(line => line.Trim('\r').Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pair => pair.Key, pair => (string?)pair.Last()[1], StringComparer.OrdinalIgnoreCase);
        Read(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build());
    }

    private static void ReadFile(byte[] bytes)
    {
        var file = Path.Combine(s_folder, $"{Environment.CurrentManagedThreadId}.json");
        File.WriteAllBytes(file, bytes);
        using var configuration = new ConfigurationManager();
        ServerConfiguration.Fill(configuration, new CommandLine(new Dictionary<string, string?>(StringComparer.Ordinal), file));
        Read(configuration);
    }

    private static void Read(IConfiguration configuration)
    {
        ListenAddress.Check(configuration);
        var serilog = SerilogSection.Read(configuration);
        _ = serilog.WritesToConsole || serilog.AsksFor("Microsoft");
        var settings = ServerSettings.Read(configuration);
        BrokenRuleException.Unless(settings.Server.Port is >= 0 and <= ushort.MaxValue, "a port that is none");
    }

    private static void ReadOrigins(string list)
    {
        if (CorsOriginList.FindProblem(list) is { } problem)
            BrokenRuleException.Unless(problem.Length > 0, "a refusal gives no reason");
        else
            BrokenRuleException.Unless(
                list.Length == 0 || CorsOriginList.Split(list).All(origin => new Uri(origin).AbsolutePath == "/"),
                "an origin that is none stands"
            );
    }

    private static void ReadSelection(string text)
    {
        var refusal = SourceSelection.Select(text, Catalog.Sources, out var selected);
        BrokenRuleException.Unless(refusal is null || (refusal.Length > 0 && selected.Count == 0), "a refused selection selects");
        _ = Catalog.RefusalOfOne(text);
    }

    private static void ReadSourceSettings(string text)
    {
        string[] names =
        [
            "serial_trng:Port",
            "serial_trng:BaudRate",
            "serial_trng:Framing",
            "serial_trng:Start",
            "audio_noise:Device",
            "audio_noise:Rate",
            "dns_timing:Server",
            "dns_timing:Name",
            "dns_timing:QueriesPerSecond",
        ];
        var values = text.Split('|');
        var settings = names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        var context = new NoiseContext("/nowhere", settings);
        if (OperatingSystem.IsLinux())
            _ = SerialPortSettings.Read(context);
        _ = AudioSettings.Parse("audio_noise", context);
        _ = DnsTimingSettings.Read(context);
    }
}
