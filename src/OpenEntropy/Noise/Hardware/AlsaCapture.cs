using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>A capture stream of ALSA's: the thin part that talks to <c>libasound.so.2</c>.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class AlsaCapture : PcmCapture
{
    private const uint PeriodMicroseconds = 10_000;
    private const uint BufferMicroseconds = 500_000; // what may pass between two turns of the source without an overrun

    private readonly string _device;
    private PcmFormat _format;
    private nint _pcm;

    private AlsaCapture(string device, nint pcm) => (_device, _pcm) = (device, pcm);

    /// <inheritdoc/>
    public override PcmFormat Format => _format;

    /// <summary>Opens a device, agrees on a format and starts it. The calling thread gets no messages on standard error from here on.</summary>
    /// <param name="device">A name of ALSA's: <c>default</c>, <c>hw:1,0</c> or one from asound.conf.</param>
    /// <param name="framesPerSecond">The rate asked for; the device's nearest is taken.</param>
    /// <exception cref="NoiseSourceException">The library is missing, the device cannot be had, or it offers nothing this program reads.</exception>
    public static AlsaCapture Start(string device, int framesPerSecond)
    {
        try
        {
            AlsaLibrary.BeQuiet();
            var error = AlsaLibrary.Open(out var pcm, device, AlsaLibrary.Capture, AlsaLibrary.AsTheConverterGives);
            if (error < 0)
                throw new NoiseSourceException(AlsaErrors.WhyNotOpened(device, error));
            var capture = new AlsaCapture(device, pcm);
            try
            {
                capture.Agree((uint)framesPerSecond);
                capture.Check(AlsaLibrary.Start(pcm), "starting");
                return capture;
            }
            catch
            {
                capture.Dispose();
                throw;
            }
        }
        catch (Exception cause) when (cause is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new NoiseSourceException($"{AlsaLibrary.File} cannot be loaded", cause);
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> frames)
    {
        fixed (byte* start = frames)
            return (int)AlsaLibrary.Read(_pcm, start, (nuint)(frames.Length / _format.FrameBytes));
    }

    /// <inheritdoc/>
    public override int Wait(int milliseconds) => AlsaLibrary.Wait(_pcm, milliseconds);

    /// <inheritdoc/>
    public override int Restart()
    {
        // Preparing ends a suspend as well: the driver stops the stream first. See snd_pcm_prepare in the kernel's sound/core/pcm_native.c.
        var error = AlsaLibrary.Prepare(_pcm);
        return error < 0 ? error : AlsaLibrary.Start(_pcm);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_pcm != 0)
            _ = AlsaLibrary.Close(_pcm); // frees the stream whatever it returns
        _pcm = 0;
    }

    private void Agree(uint rate)
    {
        Check(AlsaLibrary.AllocateParameters(out var parameters), "configuring");
        try
        {
            Check(AlsaLibrary.AnyParameters(_pcm, parameters), "configuring");
            Check(AlsaLibrary.SetAccess(_pcm, parameters, AlsaLibrary.Interleaved), "setting interleaved access of");
            var sampleBytes = AgreeOnFormat(parameters);
            var (channels, period, buffer) = (1u, PeriodMicroseconds, BufferMicroseconds);
            Check(AlsaLibrary.SetChannelsNear(_pcm, parameters, ref channels), "setting the channels of");
            Check(AlsaLibrary.SetRateNear(_pcm, parameters, ref rate, null), "setting the rate of");

            // The device's own period and buffer will do where it has no choice.
            _ = AlsaLibrary.SetPeriodNear(_pcm, parameters, ref period, null);
            _ = AlsaLibrary.SetBufferNear(_pcm, parameters, ref buffer, null);
            Check(AlsaLibrary.SetParameters(_pcm, parameters), "configuring");
            _format = new PcmFormat(sampleBytes, AlsaLibrary.SignificantBits(parameters), (int)channels, (int)rate);
        }
        finally
        {
            AlsaLibrary.FreeParameters(parameters);
        }

        if (_format.WhyUnusable() is { } reason)
            throw new NoiseSourceException($"the capture device {_device} cannot be read: {reason}");
    }

    /// <summary>16 bits first: no device pads those, and where ALSA must convert after all, it only cuts.</summary>
    private int AgreeOnFormat(nint parameters)
    {
        foreach (var (format, sampleBytes) in AlsaLibrary.Formats)
        {
            if (AlsaLibrary.SetFormat(_pcm, parameters, format) >= 0)
                return sampleBytes;
        }

        throw new NoiseSourceException($"the capture device {_device} offers none of S16_LE, S24_3LE and S32_LE");
    }

    private void Check(int error, string act)
    {
        if (error < 0)
            throw new NoiseSourceException($"{act} the capture device {_device} failed: {Marshal.GetPInvokeErrorMessage(-error)}");
    }
}
