using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

// The folder's name would hide the System namespace, so its sources stay in the parent's.
namespace OpenEntropy.Noise;

/// <summary>The time of a trip through a pipe.</summary>
/// <remarks>
/// <para><b>What is measured:</b> 32 KiB are written to a pipe and read back by the same thread: the kernel finds a page for each 4 KiB, fills it,
/// empties it and gives it back. Nobody waits and nobody is woken. A few bytes would use the same page again and again: on a quiet machine such
/// trips took the same time to within a step of the counter, thousands in a row.</para>
/// <para><b>Why it varies:</b> the allocator's choice of pages, which caches hold them and to which memory they go, the kernel's locks, and interrupts in
/// between.</para>
/// <para><b>Virtual machine, container:</b> the calls stay inside the guest, so only the host's interruptions are added; system-call filters
/// lengthen each call evenly. <b>Co-tenant:</b> on the same core it disturbs the caches and sees a correlated view. <b>Attacker:</b> a local user
/// sees neither the calls nor their times; root can trace both.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe class PipeBufferSource : MeasuredSource
{
    private const int MessageBytes = 32 * 1024; // half of what a pipe holds
    private const string Narrow = "the pipe holds less than 32 KiB, as where this user has too many pipes (pipe(7))";
    private const int WarmUpSamples = 64;

    private readonly byte[] _message = GC.AllocateArray<byte>(MessageBytes, pinned: true);
    private int _reader = -1;
    private int _writer = -1;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "pipe_buffer",
            SharesCredit = "host",
            Category = NoiseCategory.System,
            Mechanism =
                "Time of writing 32 KiB to a pipe and reading them back. The kernel's allocator of pages, caches and locks vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 2.505 / 8),
            ClaimBasis =
                "An eighth of 2.505 bits, the lower of the assessments of an eventfd and a pipe trip of few bytes; 32 KiB gave at least 3.723 (1,000,000 samples each)",
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        (_reader, _writer) = LinuxPipes.Open();
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var message = (byte*)Unsafe.AsPointer(ref _message[0]); // pinned for good
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            var written = LinuxFiles.Write(_writer, message, MessageBytes);
            var read = written == MessageBytes ? LinuxFiles.Read(_reader, message, MessageBytes) : written;
            var elapsed = TickCounter.Read() - start;

            if (read != MessageBytes)
                throw read < 0 ? LinuxFiles.Failed("a trip through the pipe") : new NoiseSourceException(Narrow);
            values[i] = elapsed;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (_reader >= 0)
            LinuxFiles.Close(_reader);
        if (_writer >= 0)
            LinuxFiles.Close(_writer);
        (_reader, _writer) = (-1, -1);
    }
}
