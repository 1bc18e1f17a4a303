using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Hardware;

/// <summary>Bytes of a TPM 2.0's generator, by the kernel's resource manager device <c>/dev/tpmrm0</c>.</summary>
/// <remarks>
/// <para><b>What is measured:</b> nothing by us; one sample is one byte of TPM2_GetRandom.</para>
/// <para><b>Why it varies:</b> by its vendor's word: a certified chip's noise behind the chip's own DRBG.</para>
/// <para><b>Virtual machine:</b> a virtual TPM is a program of the host's, which knows every byte. <b>Container:</b> the device is rarely handed in.
/// <b>Co-tenant:</b> can keep the TPM busy: answers become slow, then late. <b>Attacker:</b> the chip's vendor is a trusted third party; on a
/// discrete TPM whoever taps the bus between it and the processor reads the bytes, for no session encrypts them.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe class HardwareTrngTpmSource : NoiseSource
{
    private const string Name = "hardware_trng.tpm";
    private const string DeviceSetting = "Device";
    private const string DefaultDevice = "/dev/tpmrm0";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>What a command that was sent is given at least: an answer that nobody waits for would be there for whoever asks next.</summary>
    private static readonly TimeSpan s_answer = TimeSpan.FromMilliseconds(500);

    private readonly string _path;
    private readonly TimeSpan _patience;
    private int _device = -1;

    /// <summary>Reads the setting; opens nothing yet.</summary>
    /// <param name="context">Gives the setting <c>Device</c>.</param>
    /// <exception cref="EntropyConfigurationException">The device is no absolute path.</exception>
    public HardwareTrngTpmSource(NoiseContext context)
        : this(ReadDevice(context), s_patience) { }

    /// <summary>Talks to a path and waits otherwise long for it.</summary>
    internal HardwareTrngTpmSource(string path, TimeSpan patience) => (_path, _patience) = (path, patience);

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = Name,
            Category = NoiseCategory.Hardware,
            Mechanism = "Bytes of a TPM 2.0's generator by TPM2_GetRandom: a chip's noise by its vendor's word.",
            Origin = NoiseOrigin.Vendor,
            Digitization = "One byte of the TPM's output.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim of our own: the TPM's vendor would have to be believed.",
            // Uniform bytes have 8 bits; a quarter of it notices a constant, a short cycle or dead bits.
            TestMinEntropy = 2,
            // A TPM takes tens of milliseconds a command, and waits for other users' longer ones.
            Deadline = TimeSpan.FromSeconds(5),
            Settings = [new(DeviceSetting, $"Absolute path of the TPM 2.0's device. Default: {DefaultDevice}.")],
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => !File.Exists(_path) ? $"there is no TPM 2.0: {_path} does not exist" : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        var start = Stopwatch.GetTimestamp();
        while ((_device = LinuxFiles.TryOpen(_path, LinuxFiles.ReadWrite | LinuxDevices.NoControllingTerminal)) < 0)
            AwaitUnlessOther($"opening {_path}", start);
        _ = Collect(stackalloc byte[1]);
    }

    /// <inheritdoc/>
    protected internal override int Collect(Span<byte> samples)
    {
        var count = Math.Min(samples.Length, TpmGetRandom.MaximumRandomBytes);
        Span<byte> command = stackalloc byte[TpmGetRandom.CommandBytes];
        Span<byte> response = stackalloc byte[TpmGetRandom.MaximumResponseBytes];
        TpmGetRandom.WriteCommand(command, count);
        try
        {
            var start = Stopwatch.GetTimestamp();
            var length = Exchange(command, response, start);
            while (TpmGetRandom.IsBusy(response[..length]))
            {
                Await(start);
                length = Exchange(command, response, start);
            }

            var random = TpmGetRandom.ParseResponse(response[..length], count);
            random.CopyTo(samples); // digitization: one sample is one byte
            return random.Length;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(response);
        }
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (_device >= 0)
            LinuxFiles.Close(_device);
        _device = -1;
    }

    private static string ReadDevice(NoiseContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var path = context.Setting(Name, DeviceSetting) ?? DefaultDevice;
        return Path.IsPathFullyQualified(path)
            ? path
            : throw new EntropyConfigurationException(
                $"{SourcesOptions.Section}:Settings:{Name}:{DeviceSetting}",
                $"\"{path}\" is no absolute path"
            );
    }

    /// <summary>One write is one command and one read its whole response. See Documentation/security/tpm of the kernel.</summary>
    private int Exchange(ReadOnlySpan<byte> command, Span<byte> response, long start)
    {
        fixed (byte* request = command)
        {
            while (LinuxFiles.Write(_device, request, command.Length) != command.Length)
                AwaitUnlessOther($"writing to {_path}", start);
        }

        var left = _patience - Stopwatch.GetElapsedTime(start);
        if (!LinuxDevices.WaitReadable(_device, left > s_answer ? left : s_answer))
            throw Busy();
        fixed (byte* answer = response)
        {
            var read = LinuxFiles.Read(_device, answer, response.Length);
            return read >= 0 ? read : throw LinuxFiles.Failed($"reading {_path}");
        }
    }

    /// <summary>After a call that failed because somebody else has the TPM, waits a moment; any other failure is one.</summary>
    private void AwaitUnlessOther(string call, long start)
    {
        if (Marshal.GetLastPInvokeError() != LinuxError.Busy)
            throw LinuxFiles.Failed(call);
        Await(start);
    }

    /// <summary>It says so itself, or it works on somebody's longer command and does not answer at all.</summary>
    private NoiseSourceException Busy() => new($"the TPM is busy: it gave nothing within {_patience.TotalSeconds:0.###} s");

    private void Await(long start)
    {
        if (Stopwatch.GetElapsedTime(start) >= _patience)
            throw Busy();
        LinuxDevices.Pause(s_pause);
    }
}
