using System.Runtime.Versioning;

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
    private readonly string _path;
    private int _device = -1;

    /// <summary>Asks the TPM behind <c>/dev/tpmrm0</c>.</summary>
    public HardwareTrngTpmSource()
        : this("/dev/tpmrm0") { }

    /// <summary>Talks to another path in its place.</summary>
    internal HardwareTrngTpmSource(string path) => _path = path;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "hardware_trng.tpm",
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
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => !File.Exists(_path) ? $"there is no TPM 2.0: {_path} does not exist" : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _device = LinuxFiles.Open(_path, LinuxFiles.ReadWrite);
        _ = Collect(stackalloc byte[1]);
    }

    /// <inheritdoc/>
    protected internal override int Collect(Span<byte> samples)
    {
        var count = Math.Min(samples.Length, TpmGetRandom.MaximumRandomBytes);
        Span<byte> command = stackalloc byte[TpmGetRandom.CommandBytes];
        Span<byte> response = stackalloc byte[TpmGetRandom.MaximumResponseBytes];
        TpmGetRandom.WriteCommand(command, count);

        var random = TpmGetRandom.ParseResponse(response[..Exchange(command, response)], count);
        random.CopyTo(samples); // digitization: one sample is one byte
        return random.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (_device >= 0)
            LinuxFiles.Close(_device);
        _device = -1;
    }

    /// <summary>One write is one command and one read its whole response. See Documentation/security/tpm of the kernel.</summary>
    private int Exchange(ReadOnlySpan<byte> command, Span<byte> response)
    {
        fixed (byte* request = command)
        {
            if (LinuxFiles.Write(_device, request, command.Length) != command.Length)
                throw LinuxFiles.Failed($"writing to {_path}");
        }

        fixed (byte* answer = response)
        {
            var read = LinuxFiles.Read(_device, answer, response.Length);
            return read >= 0 ? read : throw LinuxFiles.Failed($"reading {_path}");
        }
    }
}
