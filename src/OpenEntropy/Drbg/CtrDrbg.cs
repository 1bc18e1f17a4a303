using System.Buffers.Binary;
using System.Security.Cryptography;
using OpenEntropy.Pool;

namespace OpenEntropy.Drbg;

/// <summary>
/// CTR_DRBG with AES-256 and no derivation function: SP 800-90A Rev. 1, 10.2.1; security strength 256 bits, seedlen 384 bits.
/// The whole state lies in one <see cref="LockedMemory"/>: a forked child, in which it reads as zeros, finds itself unseeded.
/// One owner at a time: nothing here is safe for two threads.
/// </summary>
internal sealed partial class CtrDrbg : IDisposable
{
    /// <summary>Bytes of entropy input, and the most of any other input: seedlen = 384 bits (Table 3).</summary>
    public const int SeedBytes = Aes256Counter.KeyBytes + Aes256Counter.BlockBytes;

    /// <summary>The most bytes of one generate call: 2^19 bits (Table 3).</summary>
    public const int MaximumRequestBytes = 1 << 16;

    /// <summary>The most generate calls between reseeds: 2^48 (Table 3).</summary>
    public const ulong MaximumReseedInterval = 1UL << 48;

    // The state's layout. The key is the head of its schedule; scratch is zero between calls.
    internal const int VOffset = Aes256Counter.ScheduleBytes;
    internal const int ReseedCounterOffset = VOffset + Aes256Counter.BlockBytes;
    internal const int SeededOffset = ReseedCounterOffset + sizeof(ulong);
    internal const int InputOffset = SeededOffset + sizeof(ulong);
    internal const int TempOffset = InputOffset + SeedBytes;
    internal const int StateBytes = TempOffset + SeedBytes;

    private readonly Aes256Counter _aes;
    private readonly LockedMemory _memory;

    /// <summary>A generator without a seed.</summary>
    /// <param name="aes">Null: <see cref="Aes256Counter.Fastest"/>.</param>
    /// <param name="memory">At least <see cref="StateBytes"/> bytes, owned from here on; null: its own.</param>
    public CtrDrbg(Aes256Counter? aes = null, LockedMemory? memory = null)
    {
        _aes = aes ?? Aes256Counter.Fastest;
        _memory = memory ?? new LockedMemory(StateBytes);
    }

    /// <summary>Whether there is a seed to generate from.</summary>
    public bool IsSeeded => _memory.Span[SeededOffset] != 0;

    /// <summary>1 after a seeding, plus 1 for each generate call since.</summary>
    public ulong ReseedCounter
    {
        get => BinaryPrimitives.ReadUInt64LittleEndian(_memory.Span[ReseedCounterOffset..]);
        private set => BinaryPrimitives.WriteUInt64LittleEndian(_memory.Span[ReseedCounterOffset..], value);
    }

    private Span<byte> Schedule => _memory.Span[..Aes256Counter.ScheduleBytes];

    private Span<byte> Key => _memory.Span[..Aes256Counter.KeyBytes];

    private Span<byte> V => _memory.Span.Slice(VOffset, Aes256Counter.BlockBytes);

    private Span<byte> Input => _memory.Span.Slice(InputOffset, SeedBytes);

    private Span<byte> Temp => _memory.Span.Slice(TempOffset, SeedBytes);

    /// <summary>SP 800-90A Rev. 1, 10.2.1.3.1: Instantiate.</summary>
    /// <param name="entropy"><see cref="SeedBytes"/> bytes of full entropy.</param>
    /// <param name="personalization">At most <see cref="SeedBytes"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is not as described.</exception>
    /// <exception cref="InvalidOperationException">Already instantiated.</exception>
    public void Instantiate(ReadOnlySpan<byte> entropy, ReadOnlySpan<byte> personalization)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(entropy.Length, SeedBytes, nameof(entropy));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(personalization.Length, SeedBytes, nameof(personalization));
        if (IsSeeded)
            throw new InvalidOperationException("The generator is already instantiated.");
        // Step 1, 2 and 3.
        PadAndXor(personalization, entropy);
        // Step 4 and 5.
        Key.Clear();
        _aes.ExpandKey(Schedule);
        V.Clear();
        // Step 6.
        Update();
        // Step 7.
        ReseedCounter = 1;
        _memory.Span[SeededOffset] = 1;
        CryptographicOperations.ZeroMemory(Input);
    }

    /// <summary>SP 800-90A Rev. 1, 10.2.1.4.1: Reseed.</summary>
    /// <param name="entropy"><see cref="SeedBytes"/> bytes of full entropy.</param>
    /// <param name="additional">At most <see cref="SeedBytes"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is not as described.</exception>
    /// <exception cref="InvalidOperationException">Not instantiated.</exception>
    public void Reseed(ReadOnlySpan<byte> entropy, ReadOnlySpan<byte> additional)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(entropy.Length, SeedBytes, nameof(entropy));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(additional.Length, SeedBytes, nameof(additional));
        ThrowIfUnseeded();
        // Step 1, 2 and 3.
        PadAndXor(additional, entropy);
        // Step 4.
        Update();
        // Step 5.
        ReseedCounter = 1;
        CryptographicOperations.ZeroMemory(Input);
    }

    /// <summary>SP 800-90A Rev. 1, 9.4: Uninstantiate. Zeroes the state; the generator can be instantiated again.</summary>
    public void Uninstantiate() => CryptographicOperations.ZeroMemory(_memory.Span);

    /// <summary>Zeroes the state and gives its memory back.</summary>
    public void Dispose() => _memory.Dispose();

    /// <summary>For tests: makes another generator the copy of this one, as cloning the machine would.</summary>
    /// <param name="clone">Receives the state.</param>
    internal void CopyStateTo(CtrDrbg clone) => _memory.Span[..StateBytes].CopyTo(clone._memory.Span);

    /// <summary>SP 800-90A Rev. 1, 10.2.1.2: CTR_DRBG_Update with provided_data = <see cref="Input"/>.</summary>
    private void Update()
    {
        var temp = Temp;
        // Step 1, 2 and 3: three blocks are seedlen exactly.
        _aes.Fill(Schedule, V, temp);
        // Step 4.
        Words.Xor(temp, Input);
        // Step 5 and 6.
        temp[..Aes256Counter.KeyBytes].CopyTo(Key);
        temp[Aes256Counter.KeyBytes..].CopyTo(V);
        _aes.ExpandKey(Schedule);
        CryptographicOperations.ZeroMemory(temp);
    }

    private void PadAndXor(ReadOnlySpan<byte> padded, ReadOnlySpan<byte> other)
    {
        var input = Input;
        input.Clear();
        padded.CopyTo(input);
        Words.Xor(input, other);
    }

    private void ThrowIfUnseeded()
    {
        if (!IsSeeded)
            throw new InvalidOperationException("The generator is not instantiated.");
    }
}
