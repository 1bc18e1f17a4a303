using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Drbg;

/// <summary>Fills a span with bytes that no other process, clone or call gets. <see cref="OsRandom.Fill(Span{byte})"/> outside of tests.</summary>
/// <param name="destination">Filled whole, or the call throws.</param>
internal delegate void FillRandom(Span<byte> destination);

/// <summary>
/// The operating system's generator: additional input to every generate call, never credited. The kernel of a cloned or resumed virtual
/// machine reseeds itself, so these bytes differ between clones whose memory is the same.
/// </summary>
internal static unsafe partial class OsRandom
{
    /// <summary>Fills a span with the kernel's random bytes; waits, early after boot, until the kernel's generator is ready.</summary>
    /// <param name="destination">Any length.</param>
    /// <exception cref="CryptographicException">The system call failed; the destination is zeroed.</exception>
    public static void Fill(Span<byte> destination)
    {
        if (OperatingSystem.IsLinux())
            Fill(destination, GetRandom);
        else
        {
#pragma warning disable RS0030 // this file is where OS randomness may be read
            RandomNumberGenerator.Fill(destination);
#pragma warning restore RS0030
        }
    }

    /// <summary>getrandom(2) until the span is full: it may return short above 256 bytes, and EINTR before it wrote anything.</summary>
    /// <param name="destination">Any length.</param>
    /// <param name="getRandom">The system call; a test passes one that is short, interrupted or broken.</param>
    internal static void Fill(Span<byte> destination, GetRandomCall getRandom)
    {
        var rest = destination;
        while (rest.Length > 0)
        {
            nint written;
            int error;
            fixed (byte* buffer = rest)
                written = getRandom(buffer, (nuint)rest.Length, out error);
            if (written > 0 && written <= rest.Length)
                rest = rest[(int)written..];
            else if (written >= 0 || error != LinuxError.Interrupted)
            {
                CryptographicOperations.ZeroMemory(destination);
                throw new CryptographicException($"getrandom gave {written}: {Marshal.GetPInvokeErrorMessage(error)}.");
            }
        }
    }

    /// <summary>getrandom(2).</summary>
    /// <param name="buffer">Where to write.</param>
    /// <param name="length">Bytes wanted.</param>
    /// <param name="error">errno when the result is negative.</param>
    /// <returns>Bytes written, or -1.</returns>
    internal delegate nint GetRandomCall(byte* buffer, nuint length, out int error);

    private static nint GetRandom(byte* buffer, nuint length, out int error)
    {
        var written = GetRandom(buffer, length, 0);
        error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
        return written;
    }

    [LibraryImport("libc", EntryPoint = "getrandom", SetLastError = true)]
    private static partial nint GetRandom(byte* buffer, nuint length, uint flags);
}
