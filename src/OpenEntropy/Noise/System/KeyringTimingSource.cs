using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

// The folder's name would hide the System namespace, so its sources stay in the parent's.
namespace OpenEntropy.Noise;

/// <summary>The time of replacing and reading a key that the kernel keeps.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one key in this thread's own keyring, of 32 public bytes, is replaced by the same bytes and read back: the key is
/// looked up and locked, permission is checked, memory for the new contents is had and the old is handed to be freed later.</para>
/// <para><b>Why it varies:</b> the kernel's allocator, the deferred freeing (RCU) that keeps fetching other lines of memory, semaphores and
/// reference counts, and interrupts.</para>
/// <para><b>Virtual machine:</b> the calls stay inside the guest, so only the host's interruptions are added. <b>Container:</b> its system-call filter
/// often forbids keys, since they are not divided by namespaces; then the source is unavailable. <b>Co-tenant:</b> shifts the allocator and
/// the caches. <b>Attacker:</b> a local user can count the user's keys in /proc/key-users, but sees neither the calls nor their times; root can
/// trace both.</para>
/// <para>The key is no secret and counts once against the user's quota; closing the source gives it back, and the keyring ends with the thread.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
[SupportedProcessor(Architecture.X64, Architecture.Arm64)]
internal sealed unsafe class KeyringTimingSource : MeasuredSource
{
    private const int PayloadBytes = 32;
    private const int WarmUpSamples = 128;

    private int _key;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "keyring_timing",
            Category = NoiseCategory.System,
            Mechanism = "Time of replacing and reading a key that the kernel keeps. Its allocator, deferred freeing and locks vary it.",
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: the lowest of several recordings of 819,951 to 1,000,000 samples on a 2-core virtual machine is 0.712 bits, and an eighth of so little is less than the health tests can watch",
            // About the least that the health tests can watch, so that they notice more than total failure; it earns nothing either way.
            TestMinEntropy = 0.983 / 8,
        };

    /// <summary>The key's number while the source is open.</summary>
    internal int Key => _key;

    /// <inheritdoc/>
    public override string? WhyUnavailable() => LinuxKeys.WhyUnavailable();

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _key = LinuxKeys.Add("openentropy keyring_timing\0"u8, new byte[PayloadBytes]);
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var payload = stackalloc byte[PayloadBytes];
        new Span<byte>(payload, PayloadBytes).Clear();
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            var read = LinuxKeys.TryUpdate(_key, payload, PayloadBytes) ? LinuxKeys.Read(_key, payload, PayloadBytes) : -1;
            var elapsed = TickCounter.Read() - start;

            if (read != PayloadBytes)
                throw read < 0 ? LinuxFiles.Failed("replacing a key") : new NoiseSourceException("the key was changed by somebody else");
            values[i] = elapsed;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (_key != 0)
            LinuxKeys.Remove(_key);
        _key = 0;
    }
}
