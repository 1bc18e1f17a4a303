using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Native;

/// <summary>Memory of a caller in another language, which nothing is known of but what the arguments say.</summary>
internal static unsafe class CallerMemory
{
    /// <summary>The most bytes of one argument.</summary>
    public const int MaximumLength = int.MaxValue;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A caller's memory to write to.</summary>
    /// <param name="pointer">May be null where the length is 0.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="name">What the contract calls it.</param>
    /// <exception cref="NativeFailureException">It is null, or too long.</exception>
    public static Span<byte> Writable(byte* pointer, nuint length, string name)
    {
        Check(pointer, length, name, MaximumLength);
        return new Span<byte>(pointer, (int)length);
    }

    /// <summary>A caller's memory to read.</summary>
    /// <param name="pointer">May be null where the length is 0.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="name">What the contract calls it.</param>
    /// <exception cref="NativeFailureException">It is null, or too long.</exception>
    public static ReadOnlySpan<byte> Readable(byte* pointer, nuint length, string name)
    {
        Check(pointer, length, name, MaximumLength);
        return new ReadOnlySpan<byte>(pointer, (int)length);
    }

    /// <summary>A caller's text.</summary>
    /// <param name="pointer">UTF-8; may be null where the length is 0.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="name">What the contract calls it.</param>
    /// <param name="maximum">The most bytes.</param>
    /// <exception cref="NativeFailureException">It is null, too long, or not UTF-8.</exception>
    public static string Text(byte* pointer, nuint length, string name, int maximum)
    {
        Check(pointer, length, name, maximum);
        try
        {
            return s_strict.GetString(pointer, (int)length);
        }
        catch (ArgumentException)
        {
            throw new NativeFailureException(ResultCode.InvalidArgument, $"{name} is not UTF-8");
        }
    }

    /// <summary>Zeroes what a call that failed may have written. Never throws; what was refused for its length is left alone.</summary>
    /// <param name="pointer">The memory.</param>
    /// <param name="length">Bytes.</param>
    public static void Zero(byte* pointer, nuint length)
    {
        if (pointer is not null && length <= MaximumLength)
            CryptographicOperations.ZeroMemory(new Span<byte>(pointer, (int)length));
    }

    /// <summary>Gives a text to the caller.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="buffer">The caller's.</param>
    /// <param name="length">Its length, bytes.</param>
    /// <param name="needed">Receives the text's length, bytes; may be null.</param>
    /// <exception cref="NativeFailureException">The buffer is too small, null, or too long.</exception>
    public static void Give(ReadOnlySpan<byte> text, byte* buffer, nuint length, nuint* needed)
    {
        var destination = Writable(buffer, length, "buffer");
        if (needed is not null)
            *needed = (nuint)text.Length;
        if (!text.TryCopyTo(destination))
        {
            throw new NativeFailureException(
                ResultCode.BufferTooSmall,
                $"the text has {text.Length:N0} bytes, and the buffer has {destination.Length:N0}"
            );
        }
    }

    private static void Check(byte* pointer, nuint length, string name, int maximum)
    {
        if (length > (nuint)maximum)
            throw new NativeFailureException(ResultCode.InvalidArgument, $"{name} has {length:N0} bytes, and can have 0 to {maximum:N0}");
        if (pointer is null && length > 0)
            throw new NativeFailureException(ResultCode.InvalidArgument, $"{name} is null, and should have {length:N0} bytes");
    }
}
