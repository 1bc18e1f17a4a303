using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Drbg;

namespace OpenEntropy.Conditioning;

/// <summary>
/// The vetted conditioning component (SP 800-90B, 3.1.5): an approved hash over framed batches of samples. One block of n_out bits comes
/// out for every h_in that the accounting asks for; blocks share no input. It belongs to the harvest thread.
/// </summary>
internal sealed class Conditioner : IDisposable
{
    /// <summary>Operating system randomness absorbed with every block, bytes; uncredited.</summary>
    private const int OsRandomBytes = 32;

    private readonly IncrementalHash _hash;
    private readonly byte[][] _names;
    private readonly byte[] _identity;
    private readonly FillRandom _osRandom;
    private readonly EntropyCredit _credit;

    /// <summary>A conditioner with an empty block.</summary>
    /// <param name="options">Hash and leave-out.</param>
    /// <param name="sources">The sources' names; a batch is framed with its source's.</param>
    /// <param name="identity">What tells this machine and boot from others, absorbed with every block, uncredited.</param>
    /// <param name="osRandom">The operating system's generator, absorbed with every block, uncredited.</param>
    /// <param name="contributors">Which sources count as one contributor; null: none.</param>
    public Conditioner(
        ConditioningOptions options,
        IEnumerable<string> sources,
        byte[] identity,
        FillRandom osRandom,
        Contributors? contributors = null
    )
    {
        _hash = IncrementalHash.CreateHash(ConditioningHash.Resolve(options.Hash));
        _names = [.. sources.Select(Encoding.UTF8.GetBytes)];
        _identity = identity;
        _osRandom = osRandom;
        RequirementBits = (BlockBytes * 8) + EntropyCredit.MarginBits;
        _credit = new EntropyCredit(_names.Length, contributors ?? Contributors.Each(_names.Length), options.LeaveOut, RequirementBits);
    }

    /// <summary>Frames what others made; no source is named with a space.</summary>
    private static ReadOnlySpan<byte> InputName => "uncredited input"u8;

    /// <summary>n_out in bytes.</summary>
    public int BlockBytes => _hash.HashLengthInBytes;

    /// <summary>What Σh without the largest contributors must reach, bits: n_out + 64.</summary>
    public int RequirementBits { get; }

    /// <summary>The accounts of assessed bits since the start; for any thread.</summary>
    public EntropyCounts Counts => _credit.Counts;

    /// <summary>Absorbs a batch.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="samples">Tested samples.</param>
    /// <param name="bits">What they earn; 0: mixed only.</param>
    public void Absorb(int source, ReadOnlySpan<byte> samples, double bits)
    {
        Frame(_names[source], samples);
        _credit.Add(source, bits);
    }

    /// <summary>Absorbs what others made: it earns nothing and is in no account.</summary>
    /// <param name="input">Any bytes, also chosen by an adversary who sees none of the block's other input.</param>
    public void Mix(ReadOnlySpan<byte> input) => Frame(InputName, input);

    /// <summary>Emits the block, if the account is complete, and starts the next.</summary>
    /// <param name="block">Receives <see cref="BlockBytes"/> bytes.</param>
    public bool TryComplete(Span<byte> block)
    {
        if (!_credit.IsComplete)
            return false;

        Span<byte> osRandom = stackalloc byte[OsRandomBytes];
        _osRandom(osRandom);
        Frame("os"u8, osRandom);
        Frame("identity"u8, _identity);
        CryptographicOperations.ZeroMemory(osRandom);
        _hash.GetHashAndReset(block);
        _credit.Complete();
        return true;
    }

    /// <summary>A source failed: its samples stay mixed in the open block, and no longer count there.</summary>
    /// <param name="source">The source's index.</param>
    public void Revoke(int source) => _credit.Revoke(source);

    /// <summary>Forgets the open block; its bits are counted as discarded.</summary>
    public void Discard()
    {
        Span<byte> forgotten = stackalloc byte[BlockBytes];
        _hash.GetHashAndReset(forgotten);
        CryptographicOperations.ZeroMemory(forgotten);
        _credit.Discard();
    }

    /// <summary>Frees the hash; its library clears the state.</summary>
    public void Dispose() => _hash.Dispose();

    /// <summary>Length-prefixed name and content: no two sequences of frames are the same bytes.</summary>
    private void Frame(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> lengths = stackalloc byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(lengths, name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(lengths[sizeof(int)..], content.Length);
        _hash.AppendData(lengths);
        _hash.AppendData(name);
        _hash.AppendData(content);
    }
}
