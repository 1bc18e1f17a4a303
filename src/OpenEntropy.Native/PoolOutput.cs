using System.Security.Cryptography;

namespace OpenEntropy.Native;

/// <summary>The pool's three outputs, for callers that wait in their own thread.</summary>
internal static class PoolOutput
{
    /// <summary>The most raw samples of one call.</summary>
    public const int MaximumRawBytes = 1 << 24;

    /// <summary>The longest wait, milliseconds: a day.</summary>
    public const uint MaximumTimeoutMilliseconds = 86_400_000;

    /// <summary>Generator output; before the first seed it waits.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="destination">Any length.</param>
    /// <param name="timeoutMilliseconds">How long to wait for the first seed.</param>
    public static void Bytes(EntropyPool pool, Span<byte> destination, uint timeoutMilliseconds)
    {
        var timeout = Checked(timeoutMilliseconds);
        var refusal = pool.TryGetBytes(destination);
        if (refusal?.Reason == RefusalReason.Starting && timeout > TimeSpan.Zero)
        {
            // Also after a wait in vain: of many who wait, one takes the first block and seeds the generator that serves them all.
            _ = pool.WaitForSeedAsync(timeout, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            refusal = pool.TryGetBytes(destination);
        }

        if (refusal is not null)
            throw NativeFailureException.Of(refusal);
    }

    /// <summary>Entropy-limited output.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="destination">At most what a full pool backs.</param>
    /// <param name="timeoutMilliseconds">How long to wait for the first seed, and then for the blocks.</param>
    public static void Limited(EntropyPool pool, Span<byte> destination, uint timeoutMilliseconds)
    {
        var timeout = Checked(timeoutMilliseconds);
        Refuse(destination.Length, pool.MaximumLimitedBytes, "limited bytes");
        if (timeout > TimeSpan.Zero)
            _ = pool.WaitForSeedAsync(timeout, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        Fill(destination, memory => pool.TryGetLimitedBytesAsync(memory, timeout, CancellationToken.None));
    }

    /// <summary>Raw samples.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="selection">One source, or several whose samples are XORed; empty: every one that is fit for that.</param>
    /// <param name="destination">At most <see cref="MaximumRawBytes"/>.</param>
    /// <param name="timeoutMilliseconds">How long to wait for the samples.</param>
    public static void Raw(EntropyPool pool, string selection, Span<byte> destination, uint timeoutMilliseconds)
    {
        var timeout = Checked(timeoutMilliseconds);
        Refuse(destination.Length, MaximumRawBytes, "raw samples");
        if (!pool.TrySelectRaw(selection.Length == 0 ? null : selection, out var members, out var error))
            throw new NativeFailureException(ResultCode.InvalidArgument, error!);
        Fill(destination, memory => pool.TryGetRawAsync(members, memory, timeout, CancellationToken.None));
    }

    /// <summary>By way of memory of our own: no other thread ever writes to the caller's, however a wait ends.</summary>
    private static void Fill(Span<byte> destination, Func<Memory<byte>, ValueTask<EntropyRefusal?>> fill)
    {
        var own = GC.AllocateUninitializedArray<byte>(destination.Length, pinned: true);
        try
        {
            if (fill(own).AsTask().GetAwaiter().GetResult() is { } refusal)
                throw NativeFailureException.Of(refusal);
            own.CopyTo(destination);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(own);
        }
    }

    private static TimeSpan Checked(uint milliseconds) =>
        milliseconds <= MaximumTimeoutMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new NativeFailureException(
                ResultCode.InvalidArgument,
                $"timeout is {milliseconds:N0} ms, and can be 0 to {MaximumTimeoutMilliseconds:N0}"
            );

    private static void Refuse(int length, long maximum, string what)
    {
        if (length > maximum)
            throw new NativeFailureException(
                ResultCode.InvalidArgument,
                $"length is {length:N0} bytes, and of {what} can be 0 to {maximum:N0}"
            );
    }
}
