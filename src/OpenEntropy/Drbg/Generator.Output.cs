using System.Buffers;
using System.Security.Cryptography;
using OpenEntropy.Pool;

namespace OpenEntropy.Drbg;

/// <content>Its output: into a caller's memory, or into a writer's.</content>
internal sealed partial class Generator
{
    private const int AdditionalBytes = 32;

    private bool _writing;

    /// <summary>Fills with output, if the generator has or gets the seed it needs.</summary>
    /// <param name="destination">Any length; zeroed on failure, also where it ends in an exception.</param>
    public bool TryFill(Span<byte> destination) => TryFillParts(destination, _trySeed);

    /// <summary>Writes the output of one generate call, if the generator has or gets the seed it needs.</summary>
    /// <param name="writer">Receives it, in place. Where it fails, what it has received is never given again.</param>
    /// <param name="length">Bytes, at most <see cref="CtrDrbg.MaximumRequestBytes"/>.</param>
    /// <param name="piece">What is asked of the writer at once, bytes: a block of the cipher at least.</param>
    /// <returns>False when there is no seed, and nothing is written.</returns>
    /// <exception cref="InvalidOperationException">The writer of a call that has not ended asks for output.</exception>
    public bool TryWrite(IBufferWriter<byte> writer, int length, int piece)
    {
        ThrowIfWriting();
        if (!TrySeed(length))
            return false;
        Span<byte> additional = stackalloc byte[AdditionalBytes];
        _osRandom(additional);
        _writing = true;
        try
        {
            _drbg.Generate(writer, length, piece, additional);
        }
        finally
        {
            // Also where the writer fails: what it has received is output like any other.
            _writing = false;
            CryptographicOperations.ZeroMemory(additional);
            Count(length);
        }

        return true;
    }

    /// <summary>Fills with output, each generate call after a reseed of its own (prediction resistance).</summary>
    /// <param name="destination">Any length; zeroed on failure, also where it ends in an exception.</param>
    /// <param name="seeds">Blocks for <see cref="CallsFor"/> seeds.</param>
    /// <returns>False when the machine was resumed since they were taken.</returns>
    public bool TryFillFresh(Span<byte> destination, ReservedBlocks seeds) =>
        TryFillParts(destination, length => TrySeedFresh(length, seeds));

    private bool TryFillParts(Span<byte> destination, Func<int, bool> trySeed)
    {
        var filled = false;
        try
        {
            ThrowIfWriting();
            var rest = destination;
            do
            {
                var part = rest[..Math.Min(rest.Length, CtrDrbg.MaximumRequestBytes)];
                if (!trySeed(part.Length))
                    return false;
                Generate(part);
                rest = rest[part.Length..];
            } while (rest.Length > 0);

            filled = true;
            return true;
        }
        finally
        {
            if (!filled)
                CryptographicOperations.ZeroMemory(destination);
        }
    }

    private void Generate(Span<byte> part)
    {
        Span<byte> additional = stackalloc byte[AdditionalBytes];
        _osRandom(additional);
        _drbg.Generate(part, additional);
        CryptographicOperations.ZeroMemory(additional);
        Count(part.Length);
    }

    // A writer is foreign code, and the owner's lock lets its own thread in again: the state is then that of a call half made.
    private void ThrowIfWriting()
    {
        if (_writing)
            throw new InvalidOperationException("A writer that receives output may not ask for output.");
    }

    private void Count(int bytes) => (GenerateCalls, _requests, _bytes) = (GenerateCalls + 1, _requests + 1, _bytes + bytes);
}
