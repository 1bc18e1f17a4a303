using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

// The folder's name would hide the System namespace, so its sources stay in the parent's.
namespace OpenEntropy.Noise;

/// <summary>The time of passing a descriptor through a Unix socket four times.</summary>
/// <remarks>
/// <para><b>What is measured:</b> this thread sends itself a descriptor (SCM_RIGHTS) over a pair of connected sockets, receives the copy and closes
/// it: three calls into the kernel, a socket buffer, references to the file counted up and down, an entry in the table of open files made and
/// given back; four times, since a single pass is too even on a quiet machine (0.910 bits in 1,000,000 samples).</para>
/// <para><b>Why it varies:</b> the allocator of socket buffers, the locks of sockets and of the file table, which caches hold them, deferred work
/// of the kernel that runs on the way out, and interrupts.</para>
/// <para><b>Virtual machine, container:</b> the calls stay inside the guest, so only the host's interruptions are added. <b>Co-tenant:</b> other
/// threads of this process that open and close files contend for the same table; a neighbour on the core disturbs the caches. <b>Attacker:</b> a
/// local user sees neither the calls nor their times; root can trace both.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
[SuppressMessage("Design", "CA1001", Justification = "Close disposes of the sockets; a source can be opened again.")]
internal sealed class UnixSocketSource : MeasuredSource
{
    private const int PassesPerSample = 4;
    private const int WarmUpSamples = 128;

    private DescriptorPost? _post;
    private (int Reader, int Writer) _passed = (-1, -1);

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "unix_socket",
            SharesCredit = "host",
            Category = NoiseCategory.System,
            Mechanism =
                "Time of passing a descriptor through a Unix socket and closing it, four times. The kernel's buffers, locks and caches vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 1.4 / 8),
            ClaimBasis =
                "An eighth of 1.4 bits, below the lowest of several assessments of passing a descriptor (1.526; 443,897 to 1,000,000 samples)",
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _passed = LinuxPipes.Open(); // some file of our own, to be passed around
        _post = new DescriptorPost();
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var post = _post ?? throw new NoiseSourceException("there is no pair of sockets: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            for (var pass = 0; pass < PassesPerSample; pass++)
            {
                post.Send(_passed.Reader);
                LinuxFiles.Close(post.Receive());
            }

            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _post?.Dispose();
        _post = null;
        if (_passed.Reader >= 0)
        {
            LinuxFiles.Close(_passed.Reader);
            LinuxFiles.Close(_passed.Writer);
        }

        _passed = (-1, -1);
    }
}
