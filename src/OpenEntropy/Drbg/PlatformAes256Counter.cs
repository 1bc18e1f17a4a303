using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OpenEntropy.Drbg;

/// <summary>
/// Counter mode over the platform's AES, for processors without AES instructions known to this runtime. The counter blocks are written to
/// the output and encrypted there (ECB). While a call runs, the platform's <see cref="Aes"/> object holds the key, part of it on the
/// managed heap, until it clears it on disposal; a call allocates. <see cref="IntrinsicAes256Counter"/> has neither flaw.
/// </summary>
internal sealed class PlatformAes256Counter : Aes256Counter
{
    /// <inheritdoc/>
    public override void ExpandKey(Span<byte> schedule)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(schedule.Length, ScheduleBytes, nameof(schedule));
        schedule[KeyBytes..].Clear(); // the platform expands for itself
    }

    /// <inheritdoc/>
    protected override void FillFrom(ReadOnlySpan<byte> schedule, UInt128 v, Span<byte> output)
    {
        for (var rest = output; rest.Length > 0; rest = rest[BlockBytes..])
            BinaryPrimitives.WriteUInt128BigEndian(rest, unchecked(++v));
        using var aes = Aes.Create();
        aes.SetKey(schedule[..KeyBytes]);
        aes.EncryptEcb(output, output, PaddingMode.None);
    }
}
