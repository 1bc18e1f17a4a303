using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// The calls of <c>libasound.so.2</c> that capture needs; signatures and constants from alsa-lib's <c>pcm.h</c> and <c>error.h</c>. The library is
/// loaded by the first call and stays loaded. Every call gives 0 or more, or a negative errno.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class AlsaLibrary
{
    public const string File = "libasound.so.2";
    public const int Capture = 1; // SND_PCM_STREAM_CAPTURE
    public const int Interleaved = 3; // SND_PCM_ACCESS_RW_INTERLEAVED

    // SND_PCM_NONBLOCK, and SND_PCM_NO_AUTO_RESAMPLE, _CHANNELS, _FORMAT and SND_PCM_NO_SOFTVOL: ALSA is to hand on what the converter gives,
    // neither interpolated nor mixed nor widened nor scaled.
    public const int AsTheConverterGives = 0x0000_0001 | 0x0001_0000 | 0x0002_0000 | 0x0004_0000 | 0x0008_0000;

    /// <summary>The formats this program reads with their bytes per sample: SND_PCM_FORMAT_S16_LE, _S24_3LE and _S32_LE.</summary>
    public static ReadOnlySpan<(int Format, int SampleBytes)> Formats => s_formats;

    private static readonly (int Format, int SampleBytes)[] s_formats = [(2, 2), (32, 3), (10, 4)];

    /// <summary>
    /// ALSA writes every failure to standard error besides returning it. For the calling thread a handler that does nothing takes its place; a
    /// library without this call keeps writing.
    /// </summary>
    public static void BeQuiet()
    {
        if (NativeLibrary.TryLoad(File, out var library) && NativeLibrary.TryGetExport(library, "snd_lib_error_set_local", out var install))
            _ = ((delegate* unmanaged<void*, void*>)install)((delegate* unmanaged<byte*, int, byte*, int, byte*, void*, void>)&Ignore);
    }

    [LibraryImport(File, EntryPoint = "snd_pcm_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(out nint pcm, string name, int stream, int mode);

    [LibraryImport(File, EntryPoint = "snd_pcm_close")]
    public static partial int Close(nint pcm);

    [LibraryImport(File, EntryPoint = "snd_pcm_start")]
    public static partial int Start(nint pcm);

    [LibraryImport(File, EntryPoint = "snd_pcm_prepare")]
    public static partial int Prepare(nint pcm);

    [LibraryImport(File, EntryPoint = "snd_pcm_wait")]
    public static partial int Wait(nint pcm, int milliseconds);

    [LibraryImport(File, EntryPoint = "snd_pcm_readi")]
    public static partial nint Read(nint pcm, byte* frames, nuint count);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params_malloc")]
    public static partial int AllocateParameters(out nint parameters);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params_free")]
    public static partial void FreeParameters(nint parameters);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params_any")]
    public static partial int AnyParameters(nint pcm, nint parameters);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params_set_access")]
    public static partial int SetAccess(nint pcm, nint parameters, int access);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params_set_format")]
    public static partial int SetFormat(nint pcm, nint parameters, int format);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params_set_channels_near")]
    public static partial int SetChannelsNear(nint pcm, nint parameters, ref uint channels);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params_set_rate_near")]
    public static partial int SetRateNear(nint pcm, nint parameters, ref uint framesPerSecond, int* direction);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params_set_period_time_near")]
    public static partial int SetPeriodNear(nint pcm, nint parameters, ref uint microseconds, int* direction);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params_set_buffer_time_near")]
    public static partial int SetBufferNear(nint pcm, nint parameters, ref uint microseconds, int* direction);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params")]
    public static partial int SetParameters(nint pcm, nint parameters);

    [LibraryImport(File, EntryPoint = "snd_pcm_hw_params_get_sbits")]
    public static partial int SignificantBits(nint parameters);

    /// <summary>snd_local_error_handler_t: file, line, function, errno, format and a va_list, which x86-64 and arm64 both pass as a pointer.</summary>
    [UnmanagedCallersOnly]
    private static void Ignore(byte* file, int line, byte* function, int error, byte* format, void* arguments) { }
}
