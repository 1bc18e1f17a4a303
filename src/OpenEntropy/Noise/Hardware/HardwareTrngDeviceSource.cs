using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>Bytes of the kernel's hardware generator device, <c>/dev/hwrng</c>.</summary>
/// <remarks>
/// <para><b>What is measured:</b> nothing by us; one sample is one byte the device gives.</para>
/// <para><b>Why it varies:</b> by its vendor's word: a chip's noise, conditioned inside it, or in a virtual machine (virtio-rng) whatever the host
/// feeds in, usually its own kernel generator.</para>
/// <para><b>Virtual machine:</b> the host knows every byte. <b>Container:</b> the device is rarely handed in. <b>Co-tenant:</b> can drain it: reads
/// become slow, then late. <b>Attacker:</b> the vendor, and with virtio the host, are trusted third parties; nothing here can check them.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe class HardwareTrngDeviceSource : NoiseSource
{
    // The device blocks until it has all it was asked for. virtio-rng was seen to give 1,200 to 10,000 bytes a second: 3 to 27 ms.
    private const int MaximumRead = 32;

    private readonly string _path;
    private int _device = -1;

    /// <summary>Reads <c>/dev/hwrng</c>.</summary>
    public HardwareTrngDeviceSource()
        : this("/dev/hwrng") { }

    /// <summary>Reads another path in its place.</summary>
    internal HardwareTrngDeviceSource(string path) => _path = path;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "hardware_trng.hwrng",
            Category = NoiseCategory.Hardware,
            Mechanism =
                "Bytes of the hardware generator behind /dev/hwrng: a chip's by its vendor's word, or the host's in a virtual machine.",
            Origin = NoiseOrigin.Vendor,
            Digitization = "One byte of the device's output.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim of our own: the generator's vendor, or the host, would have to be believed.",
            // Uniform bytes have 8 bits; a quarter of it notices a constant, a short cycle or dead bits in whatever a device gives raw.
            TestMinEntropy = 2,
            // Virtual machines were seen to give 1,200 bytes a second and 9,400; at the lower rate 1,024 samples take 0.85 s, a TPM behind it longer.
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => !File.Exists(_path) ? $"there is no {_path}" : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _device = LinuxFiles.Open(_path, LinuxFiles.ReadOnly);

        // The device is there even where no generator is behind it; only a read tells.
        _ = Collect(stackalloc byte[1]);
    }

    /// <inheritdoc/>
    protected internal override int Collect(Span<byte> samples)
    {
        fixed (byte* start = samples)
        {
            var read = LinuxFiles.Read(_device, start, Math.Min(samples.Length, MaximumRead)); // digitization: one sample is one byte
            return read > 0 ? read
                : read == 0 ? throw new NoiseSourceException($"{_path} gave nothing")
                : throw Failed(Marshal.GetLastPInvokeError());
        }
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (_device >= 0)
            LinuxFiles.Close(_device);
        _device = -1;
    }

    /// <summary>What a failed read means; the kernel's word for it where that is plain enough.</summary>
    /// <param name="error">The cause.</param>
    internal NoiseSourceException Failed(int error) =>
        new(
            error switch
            {
                LinuxError.NoDevice => $"no generator is behind {_path}",
                LinuxError.TryAgain => $"the generator behind {_path} has nothing yet",
                _ => $"reading {_path} failed: {Marshal.GetPInvokeErrorMessage(error)}",
            }
        );
}
