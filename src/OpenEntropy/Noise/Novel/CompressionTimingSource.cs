using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Novel;

/// <summary>
/// The time that compressing fixed data takes. The compressed bytes are thrown away: no sample depends on them.
/// <para>
/// <b>Measured.</b> One piece of 512 bytes, always the same, is written to one zlib stream and flushed, seven times a sample: its letters are counted, a code is built
/// and written. The stream stays open, so that nothing is allocated, and looks for no matches: it would find the piece before and do next to
/// nothing, in a time that on a quiet machine hardly varies. Each 64th piece, with which zlib moves its window of 32 KiB, is not timed: it takes
/// several times as long, always at the same place.
/// </para>
/// <para>
/// <b>Why it varies.</b> Code tables and a window of some hundred kilobytes that other work pushes out of the near caches, thousands of branches whose
/// predictors are shared, interrupts, and the drift of the core's clock against the counter's.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A virtual machine or container runs the same code; the hypervisor's interruptions add to it. A co-tenant on the
/// same core or cache disturbs it and sees a correlated view. The data is public and no source of entropy: an attacker with an idle machine of the
/// same type predicts most of the duration, not its jitter, which is why so little is claimed.
/// </para>
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Close disposes of the stream; a source can be opened again.")]
internal sealed class CompressionTimingSource : MeasuredSource
{
    private const int DataBytes = 512;
    private const int PiecesPerSample = 7; // nine samples between two moves of the window
    private const int PiecesPerWindow = 32_768 / DataBytes;
    private const int WarmUpSamples = 200;

    private readonly byte[] _data = FixedData();
    private ZLibStream? _compressor;
    private int _pieces;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new NoiseSourceInfo
        {
            Name = "compression_timing",
            SharesCredit = "host",
            Category = NoiseCategory.Novel,
            Mechanism =
                "Time of compressing the same 512 bytes seven times with zlib. Caches, predictors and the drift of the core's clock vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 2.757 / 8),
            ClaimBasis =
                "An eighth of 2.757 bits, the lowest of four recordings of 200,000 and 965,627 samples on a quiet 2-core virtual machine, and at most 1/3",
        }.ClaimedOnX64LinuxAlone(OperatingSystem.IsLinux(), RuntimeInformation.ProcessArchitecture);

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _compressor = new ZLibStream(
            Stream.Null,
            new ZLibCompressionOptions { CompressionLevel = 6, CompressionStrategy = ZLibCompressionStrategy.HuffmanOnly }
        );
        _pieces = 0;
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var compressor = _compressor ?? throw new NoiseSourceException("there is no compressor: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            if (_pieces == PiecesPerWindow - 1)
            {
                Compress(compressor);
                _pieces = 0;
            }

            var start = TickCounter.Read();
            for (var piece = 0; piece < PiecesPerSample; piece++)
                Compress(compressor);
            _pieces += PiecesPerSample;
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _compressor?.Dispose();
        _compressor = null;
    }

    private void Compress(ZLibStream compressor)
    {
        compressor.Write(_data);
        compressor.Flush();
    }

    /// <summary>A text of numbers: it has matches of many lengths and distances, and letters of unlike frequency.</summary>
    private static byte[] FixedData()
    {
        var data = new byte[DataBytes];
        for (var i = 0; i < data.Length; i++)
            data[i] = (byte)('0' + (i * i / 7 % 10));
        return data;
    }
}
