using System.Buffers;
using System.Security.Cryptography;

namespace OpenEntropy.Drbg;

internal sealed partial class CtrDrbg
{
    /// <summary>SP 800-90A Rev. 1, 10.2.1.5.1: Generate. Allocates nothing with <see cref="IntrinsicAes256Counter"/>.</summary>
    /// <param name="output">At most <see cref="MaximumRequestBytes"/> bytes.</param>
    /// <param name="additional">At most <see cref="SeedBytes"/> bytes; empty is Null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is not as described.</exception>
    /// <exception cref="InvalidOperationException">Not instantiated (or in a forked child), or a reseed is required.</exception>
    public void Generate(Span<byte> output, ReadOnlySpan<byte> additional)
    {
        Begin(output.Length, additional);
        Fill(output);
        End();
    }

    /// <summary>The same in place: one generate call whose output goes into the memory of a writer, piece by piece, and is copied nowhere.</summary>
    /// <param name="writer">Receives the output.</param>
    /// <param name="length">Bytes, at most <see cref="MaximumRequestBytes"/>.</param>
    /// <param name="piece">What is asked of the writer at once, bytes: a block of the cipher at least.</param>
    /// <param name="additional">At most <see cref="SeedBytes"/> bytes; empty is Null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is not as described.</exception>
    /// <exception cref="ArgumentException">The writer gives less memory than it was asked for.</exception>
    /// <exception cref="InvalidOperationException">Not instantiated (or in a forked child), or a reseed is required.</exception>
    public void Generate(IBufferWriter<byte> writer, int length, int piece, ReadOnlySpan<byte> additional)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(piece, Aes256Counter.BlockBytes);
        Begin(length, additional);
        try
        {
            while (length > 0)
            {
                // Whole blocks but for the last piece, so that the pieces are the bytes of one output.
                var span = writer.GetSpan(Math.Min(length, piece));
                var part = span.Length < length ? span.Length / Aes256Counter.BlockBytes * Aes256Counter.BlockBytes : length;
                if (part == 0)
                    throw new ArgumentException("The writer gives less memory than was asked for.", nameof(writer));
                Fill(span[..part]);
                writer.Advance(part);
                length -= part;
            }
        }
        finally
        {
            // Also where the writer fails: what it has received must never be generated again.
            End();
        }
    }

    /// <summary>The part of Generate before the output: step 1 and 2.</summary>
    private void Begin(int length, ReadOnlySpan<byte> additional)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaximumRequestBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(additional.Length, SeedBytes, nameof(additional));
        ThrowIfUnseeded();
        // Step 1.
        if (ReseedCounter > MaximumReseedInterval)
            throw new InvalidOperationException("The generator has reached its reseed interval: a reseed is required.");
        // Step 2. Without additional input, Input stays 0^seedlen.
        if (additional.Length > 0)
        {
            PadAndXor(additional, []);
            Update();
        }
    }

    /// <summary>Step 3, 4 and 5. Whole blocks go straight to the output, the leftmost bytes of a last one by way of Temp.</summary>
    private void Fill(Span<byte> output)
    {
        var whole = output.Length / Aes256Counter.BlockBytes * Aes256Counter.BlockBytes;
        _aes.Fill(Schedule, V, output[..whole]);
        if (whole < output.Length)
        {
            var last = Temp[..Aes256Counter.BlockBytes];
            _aes.Fill(Schedule, V, last);
            last[..(output.Length - whole)].CopyTo(output[whole..]);
        }
    }

    /// <summary>The part after the output.</summary>
    private void End()
    {
        // Step 6. Backtracking resistance: the key and V that made the output are overwritten.
        Update();
        CryptographicOperations.ZeroMemory(Input);
        // Step 7.
        ReseedCounter++;
    }
}
