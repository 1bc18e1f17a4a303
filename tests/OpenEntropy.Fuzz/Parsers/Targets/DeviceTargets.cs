using System.Buffers.Binary;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>What devices say: whoever plugs one in chooses these bytes.</summary>
internal static class DeviceTargets
{
    private const int LargestFrame = 1 << 20; // bytes
    private const int LayoutBytes = 16;
    private const byte MostOfTwoBits = 3;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new("evdev", ReadEvents, Events(1_000_000, 1_016_001), Events(5, 5, 7, 3_000_000_000))
        {
            Refusals = [typeof(NoiseSourceException)],
        },
        new("camera_frames", ReadFrames, [.. Numbers(64, 16, 2, 128), .. Frame(64 * 16 * 2)], [.. Numbers(8, 8, 1, 8), .. Frame(64)]) { },
        new("pcm", ReadPcm, [.. Numbers(2, 16, 2, 48_000), .. Frame(64)], [.. Numbers(3, 24, 1, 8000), .. Frame(63)]),
        new(
            "hci",
            ReadHci,
            [0x04, 0x3E, 12, 0x02, 1, 3, 1, 1, 2, 3, 4, 5, 6, 0, 0xC0],
            [0x04, 0x3E, 26, 0x0D, 1, .. Frame(23), 0],
            [0x04, 0x0E, 68, 1, 2, 0x10, 0, .. Frame(64)],
            [0x04, 0x0F, 4, 0, 1, 0x0C, 0x20]
        ),
        new("tpm", ReadTpm, TpmAnswer(32), TpmAnswer(1), [0x80, 1, 0, 0, 0, 10, 0, 0, 9, 0x22])
        {
            Refusals = [typeof(NoiseSourceException)],
        },
        new(
            "serial",
            ReadSerial,
            "\0rawbytes"u8.ToArray(),
            [1, .. "0x41 42,43;ff\r\n00\n"u8],
            [2, .. "12 -7 0xff\n9223372036854775807\n"u8]
        )
        {
            Refusals = [typeof(NoiseSourceException)],
        },
        new("sensor", bytes => _ = SensorReading.TryParse(bytes, out _), "42\n"u8.ToArray(), "-9223372036854775808\n"u8.ToArray()),
    ];

    private static void ReadEvents(byte[] bytes)
    {
        var samples = new byte[(bytes.Length / EventTimes.EventBytes) + 1];
        var count = new EventTimes().Digitize(bytes, samples);
        BrokenRuleException.Unless(count < samples.Length || bytes.Length == 0, "there are as many samples as events, or more");
    }

    private static void ReadFrames(byte[] bytes)
    {
        if (bytes.Length < LayoutBytes)
            return;
        var layout = new LumaLayout(Number(bytes, 0), Number(bytes, 1), (Number(bytes, 2) & 1) + 1, Number(bytes, 3));
        if (layout.WhyUnusable() is not null)
            return;
        BrokenRuleException.Unless(layout is { FrameBytes: > 0, Pixels: > 0 }, "a frame has no bytes");
        if (layout.FrameBytes > LargestFrame)
            return;
        var pairs = new FramePairs(layout);
        var samples = new byte[layout.Pixels];
        for (var i = 0; i < 4; i++)
        {
            var frame = new byte[layout.FrameBytes];
            bytes.AsSpan(LayoutBytes, Math.Min(frame.Length, bytes.Length - LayoutBytes)).CopyTo(frame);
            frame[0] += (byte)i;
            pairs.Add(frame);
            var taken = pairs.Take(samples);
            BrokenRuleException.Unless(
                samples.AsSpan(0, taken).IndexOfAnyExceptInRange((byte)0, MostOfTwoBits) < 0,
                "a sample has three bits"
            );
        }
    }

    private static void ReadPcm(byte[] bytes)
    {
        if (bytes.Length < LayoutBytes)
            return;
        var format = new PcmFormat(Number(bytes, 0), Number(bytes, 1), Number(bytes, 2), Number(bytes, 3));
        if (format.WhyUnusable() is not null)
            return;
        var frames = bytes.AsSpan(LayoutBytes);
        var samples = new byte[frames.Length];
        var count = format.Digitize(frames, samples);
        BrokenRuleException.Unless(count == frames.Length / format.FrameBytes, "it is not one sample a frame");
        BrokenRuleException.Unless(samples.AsSpan().IndexOfAnyExceptInRange((byte)0, MostOfTwoBits) < 0, "a sample has three bits");
    }

    private static void ReadHci(byte[] bytes)
    {
        var read = HciPackets.Parse(bytes);
        _ = HciPackets.HasExtendedScan(bytes);
        var isHeard = read.Kind == HciEventKind.Advertisements;
        BrokenRuleException.Unless(isHeard == read.Reports is > 0 and <= byte.MaxValue, "an event has another number of reports");
    }

    private static void ReadTpm(byte[] bytes)
    {
        _ = TpmGetRandom.IsBusy(bytes);
        var random = TpmGetRandom.ParseResponse(bytes, TpmGetRandom.MaximumRandomBytes);
        BrokenRuleException.Unless(random.Length is > 0 and <= TpmGetRandom.MaximumRandomBytes, "more bytes than asked for");
    }

    private static void ReadSerial(byte[] bytes)
    {
        if (bytes.Length == 0)
            return;
        var digitizer = new SerialDigitizer((SerialFraming)(bytes[0] % 3));
        var samples = new byte[64];
        for (var rest = bytes.AsSpan(1); rest.Length > 0; )
        {
            var piece = rest[..Math.Min(rest.Length, SerialDigitizer.MaximumReceived)];
            digitizer.Receive(piece);
            rest = rest[piece.Length..];
            while (!digitizer.IsEmpty)
                BrokenRuleException.Unless(digitizer.Take(samples) > 0, "it is not empty and gives nothing");
        }
    }

    private static byte[] Events(params long[] microseconds) =>
        [
            .. microseconds.SelectMany(time =>
                BitConverter.GetBytes(time / 1_000_000).Concat(BitConverter.GetBytes(time % 1_000_000)).Concat(new byte[8])
            ),
        ];

    private static byte[] TpmAnswer(byte count) => [0x80, 1, 0, 0, 0, (byte)(12 + count), 0, 0, 0, 0, 0, count, .. Frame(count)];

    private static byte[] Numbers(params int[] numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];

    private static int Number(byte[] bytes, int index) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(index * sizeof(int)));

    private static byte[] Frame(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 37))];
}
