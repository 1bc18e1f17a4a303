using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Pqc;

/// <summary>Arrays for what is secret: pinned, so that the collector leaves no copies behind, and zeroed by whoever made them.</summary>
internal static class SecretArray
{
    /// <summary>An array of zeros.</summary>
    /// <param name="length">Elements.</param>
    public static T[] Of<T>(int length)
        where T : unmanaged => GC.AllocateArray<T>(length, pinned: true);

    /// <summary>A copy.</summary>
    /// <param name="secret">What is copied.</param>
    public static T[] CopyOf<T>(ReadOnlySpan<T> secret)
        where T : unmanaged
    {
        var copy = GC.AllocateUninitializedArray<T>(secret.Length, pinned: true);
        secret.CopyTo(copy);
        return copy;
    }

    /// <summary>Zeroes an array, in a way that no compiler leaves out.</summary>
    /// <param name="secret">The array.</param>
    public static void Zero<T>(T[] secret)
        where T : unmanaged => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(secret.AsSpan()));
}
