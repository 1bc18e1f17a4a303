using System.Globalization;
using System.Runtime.Versioning;
using System.Text;

namespace OpenEntropy.Noise.Hardware;

/// <summary>What an operator says of the generator on a serial port.</summary>
/// <param name="Port">Path of the terminal or FIFO; null where none is configured.</param>
/// <param name="BaudRate">One of <see cref="LinuxTerminal.Rates"/>.</param>
/// <param name="Framing">How it sends.</param>
/// <param name="Start">Bytes sent to it after each opening; none: the port is only read.</param>
[SupportedOSPlatform("linux")]
internal sealed record SerialPortSettings(string? Port, int BaudRate, SerialFraming Framing, ReadOnlyMemory<byte> Start)
{
    /// <summary>The source whose settings these are.</summary>
    public const string Source = "serial_trng";

    /// <summary>115,200 baud, bytes, nothing sent; USB devices take any rate.</summary>
    public const int DefaultBaudRate = 115_200;

    private const int LongestStart = 256;

    private static string Rates => string.Join(", ", LinuxTerminal.Rates);

    /// <summary>The settings as they are described to the operator.</summary>
    public static IReadOnlyList<NoiseSetting> Described { get; } =
    [
        new(
            nameof(Port),
            "Absolute path of the terminal (or FIFO) the generator is on, such as /dev/ttyACM0. Default: none, the source is unavailable."
        ),
        new(nameof(BaudRate), $"Rate of the line: {Rates}; 8 data bits, no parity, 1 stop bit. Default: {DefaultBaudRate}."),
        new(
            nameof(Framing),
            "raw: every byte is a sample (TrueRNG, OneRNG). hex: lines of hexadecimal bytes. lines: lines of whole numbers, decimal or with 0x, of "
                + "each of which the low byte is a sample. Default: raw."
        ),
        new(
            nameof(Start),
            "Text sent to the generator after each opening, of at most 256 ASCII characters, with \\n and \\r for line ends: cmd0\\ncmdO\\n starts "
                + "a OneRNG. Default: none."
        ),
    ];

    /// <summary>The configuration key of a setting.</summary>
    /// <param name="setting">Its name.</param>
    public static string Key(string setting) => $"{SourcesOptions.Section}:Settings:{Source}:{setting}";

    /// <summary>Reads the settings.</summary>
    /// <param name="context">Gives them.</param>
    /// <exception cref="EntropyConfigurationException">One is out of its range; the message names its key.</exception>
    public static SerialPortSettings Read(NoiseContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new SerialPortSettings(
            ReadPort(context.Setting(Source, nameof(Port))),
            ReadBaudRate(context.Setting(Source, nameof(BaudRate))),
            ReadFraming(context.Setting(Source, nameof(Framing))),
            ReadStart(context.Setting(Source, nameof(Start)))
        );
    }

    private static string? ReadPort(string? text) =>
        text is null || Path.IsPathFullyQualified(text)
            ? text
            : throw new EntropyConfigurationException(Key(nameof(Port)), $"\"{text}\" is no absolute path");

    private static int ReadBaudRate(string? text)
    {
        if (text is null)
            return DefaultBaudRate;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && LinuxTerminal.Rates.Contains(rate)
            ? rate
            : throw new EntropyConfigurationException(Key(nameof(BaudRate)), $"\"{text}\" is none of {Rates}");
    }

    private static SerialFraming ReadFraming(string? text) =>
        text?.ToLowerInvariant() switch
        {
            null or "raw" => SerialFraming.Raw,
            "hex" => SerialFraming.Hex,
            "lines" => SerialFraming.Lines,
            _ => throw new EntropyConfigurationException(Key(nameof(Framing)), $"\"{text}\" is none of raw, hex, lines"),
        };

    private static ReadOnlyMemory<byte> ReadStart(string? text)
    {
        var start = (text ?? string.Empty).Replace(@"\n", "\n", StringComparison.Ordinal).Replace(@"\r", "\r", StringComparison.Ordinal);
        return Ascii.IsValid(start) && start.Length <= LongestStart
            ? Encoding.ASCII.GetBytes(start)
            : throw new EntropyConfigurationException(Key(nameof(Start)), $"it is not at most {LongestStart} ASCII characters");
    }
}
