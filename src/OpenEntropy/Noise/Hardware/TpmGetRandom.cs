using System.Buffers.Binary;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// The command TPM2_GetRandom and its response as bytes (TPM 2.0 Library, Part 3, 16.1; structures from Part 2). All integers are big-endian.
/// Pure: the device is <see cref="HardwareTrngTpmSource"/>'s.
/// </summary>
internal static class TpmGetRandom
{
    /// <summary>Bytes of a command.</summary>
    public const int CommandBytes = 12;

    /// <summary>Bytes asked for at once: the largest digest a TPM may have is its limit per command, and every TPM has SHA-256.</summary>
    public const int MaximumRandomBytes = 32;

    /// <summary>Bytes of the longest response: header, size and the random bytes.</summary>
    public const int MaximumResponseBytes = HeaderBytes + sizeof(ushort) + MaximumRandomBytes;

    private const int HeaderBytes = 10;
    private const int CodeOffset = 6;
    private const ushort NoSessions = 0x8001; // TPM_ST_NO_SESSIONS
    private const uint GetRandom = 0x0000_017B; // TPM_CC_GetRandom
    private const uint Yielded = 0x908; // TPM_RC_YIELDED
    private const uint Testing = 0x90A; // TPM_RC_TESTING
    private const uint Retry = 0x922; // TPM_RC_RETRY

    /// <summary>Writes the command.</summary>
    /// <param name="command">Receives <see cref="CommandBytes"/> bytes.</param>
    /// <param name="count">Random bytes wanted, 1 to <see cref="MaximumRandomBytes"/>.</param>
    public static void WriteCommand(Span<byte> command, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaximumRandomBytes);
        BinaryPrimitives.WriteUInt16BigEndian(command, NoSessions);
        BinaryPrimitives.WriteUInt32BigEndian(command[2..], CommandBytes);
        BinaryPrimitives.WriteUInt32BigEndian(command[6..], GetRandom);
        BinaryPrimitives.WriteUInt16BigEndian(command[10..], (ushort)count);
    }

    /// <summary>True when a response asks for the command again: the TPM is testing itself or occupied (Part 2, 6.6.3, the warnings).</summary>
    /// <param name="response">All bytes of the response.</param>
    public static bool IsBusy(ReadOnlySpan<byte> response) =>
        response.Length == HeaderBytes && BinaryPrimitives.ReadUInt32BigEndian(response[CodeOffset..]) is Yielded or Testing or Retry;

    /// <summary>The random bytes of a response. A TPM may give fewer than it was asked for.</summary>
    /// <param name="response">All bytes of the response.</param>
    /// <param name="count">Random bytes that were asked for.</param>
    /// <exception cref="NoiseSourceException">The TPM reports an error, or the bytes are not a response to this command.</exception>
    public static ReadOnlySpan<byte> ParseResponse(ReadOnlySpan<byte> response, int count)
    {
        if (response.Length < HeaderBytes)
            throw new NoiseSourceException($"the TPM's response ends after {response.Length} bytes");
        var tag = BinaryPrimitives.ReadUInt16BigEndian(response);
        var size = BinaryPrimitives.ReadUInt32BigEndian(response[2..]);
        var code = BinaryPrimitives.ReadUInt32BigEndian(response[CodeOffset..]);

        // The code before the tag: TPM_RC_BAD_TAG is reported under a tag of its own.
        if (code != 0)
            throw new NoiseSourceException($"the TPM refuses with response code 0x{code:X3}");
        if (tag != NoSessions)
            throw new NoiseSourceException($"the TPM's response has the tag 0x{tag:X4}");
        if (size != response.Length || response.Length < HeaderBytes + sizeof(ushort))
            throw new NoiseSourceException($"the TPM's response has {response.Length} bytes and says {size}");

        var random = response[(HeaderBytes + sizeof(ushort))..];
        var given = BinaryPrimitives.ReadUInt16BigEndian(response[HeaderBytes..]);
        if (given != random.Length || given == 0 || given > count)
            throw new NoiseSourceException(
                $"the TPM's response says {given} random bytes, carries {random.Length}, and {count} were asked for"
            );
        return random;
    }
}
