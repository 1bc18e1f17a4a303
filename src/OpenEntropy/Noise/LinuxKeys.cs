using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// Keys that the kernel keeps (keyrings(7)), by its own calls: the C library has no names for them. Containers often forbid them.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxKeys
{
    private const int ThreadKeyring = -1; // KEY_SPEC_THREAD_KEYRING: nobody but the calling thread has it, and it ends with the thread
    private const int GetKeyringId = 0; // KEYCTL_GET_KEYRING_ID
    private const int UpdateKey = 2; // KEYCTL_UPDATE
    private const int UnlinkKey = 9; // KEYCTL_UNLINK
    private const int ReadKey = 11; // KEYCTL_READ

    // asm/unistd.h
    private static nint AddKeyNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 217 : 248;

    private static nint KeyControlNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 219 : 250;

    /// <summary>Why the kernel would keep no key for this process, in one clause; null where it would. Makes none.</summary>
    public static string? WhyUnavailable()
    {
        var keyring = Call(KeyControlNumber, GetKeyringId, ThreadKeyring, 0, 0, 0); // asks for one, and not that it be made
        var error = Marshal.GetLastPInvokeError();
        return keyring >= 0 || error == LinuxError.NoKey ? null : $"the kernel refuses keys: {Marshal.GetPInvokeErrorMessage(error)}";
    }

    /// <summary>Adds a user's key to the calling thread's keyring, or updates the one of that name. See add_key(2).</summary>
    /// <param name="name">ASCII, ended by a zero.</param>
    /// <param name="payload">What it holds.</param>
    /// <returns>The key's number.</returns>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static int Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> payload)
    {
        fixed (byte* type = "user\0"u8)
        fixed (byte* description = name)
        fixed (byte* start = payload)
        {
            var key = Call(AddKeyNumber, (nint)type, (nint)description, (nint)start, payload.Length, ThreadKeyring);
            return key >= 0 ? (int)key : throw LinuxFiles.Failed("adding a key to the kernel's keyring");
        }
    }

    /// <summary>Replaces what a key holds. See keyctl_update(3).</summary>
    /// <returns>False where the kernel refuses, with the cause as the last P/Invoke error.</returns>
    public static bool TryUpdate(int key, byte* payload, int length) =>
        Call(KeyControlNumber, UpdateKey, key, (nint)payload, length, 0) == 0;

    /// <summary>Reads what a key holds. See keyctl_read(3).</summary>
    /// <returns>How many bytes it holds; -1 where the kernel refuses, with the cause as the last P/Invoke error.</returns>
    public static int Read(int key, byte* payload, int length) => (int)Call(KeyControlNumber, ReadKey, key, (nint)payload, length, 0);

    /// <summary>Takes a key out of the calling thread's keyring, which was the last to hold it. It fails only for one that is not there.</summary>
    public static void Remove(int key) => _ = Call(KeyControlNumber, UnlinkKey, key, ThreadKeyring, 0, 0);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth, nint fifth);
}
