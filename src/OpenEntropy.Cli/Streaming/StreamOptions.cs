using System.CommandLine;
using System.Globalization;
using OpenEntropy.Cli.Bytes;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Streaming;

/// <summary>The options of <c>stream</c>.</summary>
internal sealed class StreamOptions
{
    private const long MostRate = 1_000_000_000_000;

    private readonly Option<ByteForm?> _form = NamedChoice.One(
        "--format",
        ("raw", ByteForm.Raw),
        ("hex", ByteForm.Hex),
        ("base64", ByteForm.Base64)
    );

    private readonly NumberOption<long> _bytes = new(
        "--bytes",
        0,
        0,
        long.MaxValue,
        "How many random bytes, before they are written in a format; 0: without end."
    );

    private readonly Option<long?> _rate = new("--rate")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Random bytes a second at most, 1 to {MostRate}. Default: as many as there are."
        ),
        HelpName = "N",
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate is >= 1 and <= MostRate)
                return rate;
            result.AddError($"--rate is {given}, and can be 1 to {MostRate}; without it there is no limit.");
            return null;
        },
    };

    private readonly SourcesOption _sources = new();
    private readonly Option<OutputQuality?> _quality = QualityOption.Create();
    private readonly Option<bool> _unconditioned = new("--unconditioned")
    {
        Description = "The same as --conditioning raw: samples of the sources as they were measured, of several the XOR.",
    };

    public StreamOptions() => _form.Description = "Bytes as they are, hexadecimal digits, or base64 in one text. Default: raw.";

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_form, _bytes, _rate, _sources, _quality, _unconditioned])
            command.Add(option);
    }

    /// <summary>Reads what was given.</summary>
    /// <exception cref="CommandFailureException">Two options contradict each other.</exception>
    public StreamRequest Read(ParseResult parsed)
    {
        var quality = parsed.GetValue(_quality);
        var isUnconditioned = parsed.GetValue(_unconditioned);
        if (isUnconditioned && quality is not (null or OutputQuality.Raw))
            throw new CommandFailureException("--unconditioned is --conditioning raw, and another --conditioning is given.");
        return new StreamRequest(
            parsed.GetRequiredValue(_sources),
            isUnconditioned ? OutputQuality.Raw : quality ?? OutputQuality.Drbg,
            parsed.GetValue(_form) ?? ByteForm.Raw,
            parsed.GetValue(_bytes),
            parsed.GetValue(_rate)
        );
    }
}
