using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Hardware;

/// <summary>The lowest bits that a sound card's converter gives.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one sample is the lowest 2 bits of one PCM frame's first channel, as the converter gives it, by ALSA. In a quiet room
/// the low byte would be all that is heard, so the rest is not kept, not for a moment longer than reading takes: this is no
/// <see cref="MeasuredSource"/>, so nothing wider can be recorded.</para>
/// <para><b>Why it varies:</b> thermal noise of the microphone's or line's preamplifier and of the converter, on top of whatever is heard. How much
/// of the 2 bits it fills depends on the gain and the card. The converter's own low-pass makes neighbouring frames somewhat alike.</para>
/// <para><b>Virtual machine:</b> has no sound card, or an emulated one that the host plays anything into. <b>Container:</b> only where /dev/snd is
/// handed in. <b>Co-tenant, attacker:</b> another program that may record hears the same noise through a sound server or a shared device, and
/// whoever is near can add sound, though not subtract noise. A sound server behind the name <c>default</c> mixes, resamples and may denoise:
/// name the card itself, as in <c>hw:1,0</c>.</para>
/// <para>A muted card, an unconnected digital input and ALSA's null device give zeros, which are refused at opening. After an overrun, which a
/// pause between two turns brings about, the stream is started again; what was recorded before is lost, and its first 10 ms are dropped.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class AudioNoiseSource : NoiseSource
{
    private const string Name = "audio_noise";
    private const int FramesAtOnce = 512;
    private const int SettlingPerSecond = 100; // a hundredth of a second after each start: converters settle, and give zeros first
    private const int MostRestarts = 4; // in one reading
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(600); // for frames, and at opening for sound

    private readonly Func<string, int, PcmCapture> _start;
    private readonly AudioSettings _settings;
    private PcmCapture? _capture;
    private byte[] _frames = [];
    private int _settling;

    /// <summary>Reads the settings; opens nothing yet.</summary>
    /// <param name="context">Gives the settings <c>Device</c> and <c>Rate</c>.</param>
    /// <exception cref="EntropyConfigurationException">A setting is out of its range.</exception>
    public AudioNoiseSource(NoiseContext context)
        : this(context, AlsaCapture.Start) { }

    /// <summary>Captures by other means than ALSA.</summary>
    internal AudioNoiseSource(NoiseContext context, Func<string, int, PcmCapture> start)
    {
        ArgumentNullException.ThrowIfNull(context);
        _start = start;
        _settings = AudioSettings.Parse(Name, context);
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = Name,
            Category = NoiseCategory.Hardware,
            Mechanism = "Low bits of a sound card's capture: thermal noise of the preamplifier and the converter.",
            Digitization =
                "The lowest 2 bits of each frame's first channel, as the converter gives it: more would be a recording of what is heard.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: no microphone was assessed, and another program may record the same.",
            // Noise of a third of the converter's step, less than a 16-bit card's, leaves 13 samples in 15 the same: 0.2 bit. Of two bits, whose values
            // repeat every four steps, wider noise has more than that as well.
            TestMinEntropy = 0.15,
            OptIn = true,
            Private = true,
            Settings = AudioSettings.All,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() =>
        !SharedLibrary.IsInstalled(AlsaLibrary.File) ? $"{AlsaLibrary.File} is not installed"
        // A device that was named may be one that leads elsewhere than to a card.
        : _settings.Device is null && !HasCaptureDevice() ? "there is no sound card that records: /dev/snd has no pcm*c"
        : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _capture = _start(Device, _settings.Rate);
        _frames = GC.AllocateArray<byte>(FramesAtOnce * _capture.Format.FrameBytes, pinned: true);
        Settle();
        RefuseSilence(_capture.Format.FramesPerSecond / 2);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Collect(Span<byte> samples)
    {
        var filled = 0;
        try
        {
            while (filled < samples.Length)
            {
                var wanted = Math.Min(FramesAtOnce, samples.Length - filled);
                var count = Read(samples.Slice(filled, wanted));
                filled += count;
                if (count < wanted)
                    break;
            }

            return filled;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(_frames); // what was heard
        }
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _capture?.Dispose();
        _capture = null;
        _frames.AsSpan().Clear();
        _frames = [];
    }

    private string Device => _settings.Device ?? AudioSettings.DefaultDevice;

    /// <summary>/dev/snd/pcmC0D0c: card 0, device 0, capture.</summary>
    private static bool HasCaptureDevice() =>
        Directory.Exists("/dev/snd") && Directory.EnumerateFileSystemEntries("/dev/snd", "pcm*c").Any();

    private void Settle() => _settling = (_capture?.Format.FramesPerSecond ?? 0) / SettlingPerSecond;

    private int WaitForFrames(PcmCapture capture, long start)
    {
        var left = (int)(s_patience - Stopwatch.GetElapsedTime(start)).TotalMilliseconds;
        var result = left > 0 ? capture.Wait(left) : 0;
        return result != 0
            ? result
            : throw new NoiseSourceException($"the capture device {Device} gave nothing for {s_patience.TotalSeconds:0.#} s");
    }

    /// <summary>Takes the frames that are there, and waits where there are none.</summary>
    private int Read(Span<byte> samples)
    {
        var capture = _capture ?? throw new NoiseSourceException("no capture device is open");
        var start = Stopwatch.GetTimestamp();
        for (var restarts = 0; restarts <= MostRestarts; )
        {
            var wanted = _settling > 0 ? Math.Min(_settling, samples.Length) : samples.Length;
            var frames = _frames.AsSpan(0, wanted * capture.Format.FrameBytes);
            frames.Clear(); // what a driver does not write shows as silence
            var result = capture.Read(frames);
            if (result == -LinuxError.TryAgain)
                result = WaitForFrames(capture, start);
            else if (result > 0 && _settling == 0)
                return capture.Format.Digitize(frames[..(result * capture.Format.FrameBytes)], samples);
            else if (result > 0)
                _settling -= Math.Min(result, _settling);
            else if (result == 0)
                throw new NoiseSourceException(AlsaErrors.WhyNoFrames(Device, 0));

            if (result is -LinuxError.Overrun or -LinuxError.Suspended)
            {
                result = capture.Restart();
                Settle();
                restarts++;
            }

            if (result < 0 && result is not (-LinuxError.TryAgain or -LinuxError.Interrupted))
                throw new NoiseSourceException(AlsaErrors.WhyNoFrames(Device, result));
        }

        throw new NoiseSourceException($"the capture device {Device} overruns as soon as it is started");
    }

    /// <summary>Cards that are slow to start give zeros for a while, so silence is what lasts.</summary>
    private void RefuseSilence(int mostFrames)
    {
        var start = Stopwatch.GetTimestamp();
        Span<byte> samples = stackalloc byte[FramesAtOnce];
        try
        {
            byte? first = null;
            for (var frames = 0; frames < mostFrames && Stopwatch.GetElapsedTime(start) < s_patience; )
            {
                var count = Collect(samples);
                first ??= samples[0];
                if (samples[..count].ContainsAnyExcept(first.Value))
                    return;
                frames += count;
            }

            throw new NoiseSourceException(
                $"the capture device {Device} gives digital silence: the lowest 2 bits of all frames are {first}"
            );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(samples);
        }
    }
}
