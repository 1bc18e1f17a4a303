using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Pool;

/// <summary>
/// Memory for secrets, outside the managed heap, so that no garbage collection copies it. On Linux it is kept out of swap where the
/// memory lock limit allows (<see cref="IsLocked"/>), out of core dumps, and reads as zeros in a forked child. Zeroed on disposal.
/// Elsewhere it is plain native memory with the same interface. Not disposed, it lives until the process ends.
/// </summary>
internal sealed unsafe partial class LockedMemory : IDisposable
{
    // <sys/mman.h>; the same on every Linux architecture .NET runs on.
    private const int ReadWrite = 0x1 | 0x2; // PROT_READ | PROT_WRITE
    private const int PrivateAnonymous = 0x02 | 0x20; // MAP_PRIVATE | MAP_ANONYMOUS
    private const int DontDump = 16; // MADV_DONTDUMP, Linux 3.4
    private const int WipeOnFork = 18; // MADV_WIPEONFORK, Linux 4.14

    private readonly int _length;
    private readonly nuint _capacity;
    private readonly ReleaseObserver? _observer;
    private byte* _address;

    /// <summary>Maps zeroed memory.</summary>
    /// <param name="length">Bytes, at least 1. Whole pages are taken, so few large ones are better than many small ones.</param>
    /// <param name="observer">For tests: sees the whole region after it was zeroed and before it is given back.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    /// <exception cref="Win32Exception">The system has no memory to give.</exception>
    public LockedMemory(int length, ReleaseObserver? observer = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        _length = length;
        _observer = observer;
        var page = (nuint)Environment.SystemPageSize;
        _capacity = ((nuint)length + page - 1) / page * page;
        if (!OperatingSystem.IsLinux())
        {
            _address = (byte*)NativeMemory.AlignedAlloc(_capacity, page);
            NativeMemory.Clear(_address, _capacity);
            return;
        }
        var mapped = Map(0, _capacity, ReadWrite, PrivateAnonymous, -1, 0);
        if (mapped == -1)
            throw new Win32Exception(
                Marshal.GetLastPInvokeError(),
                $"mmap of {_capacity} bytes failed: {Marshal.GetLastPInvokeErrorMessage()}."
            );
        _address = (byte*)mapped;
        IsLocked = Lock(mapped, _capacity) == 0; // refused beyond RLIMIT_MEMLOCK: the memory still works, and the caller can tell
        IsDumpExcluded = Advise(mapped, _capacity, DontDump) == 0;
        IsWipedOnFork = Advise(mapped, _capacity, WipeOnFork) == 0;
    }

    /// <summary>Sees a region after it was zeroed and before it is given back.</summary>
    /// <param name="region">The region.</param>
    public delegate void ReleaseObserver(ReadOnlySpan<byte> region);

    /// <summary>Whether the kernel keeps the pages out of swap.</summary>
    public bool IsLocked { get; }

    /// <summary>Whether the kernel leaves the pages out of core dumps.</summary>
    public bool IsDumpExcluded { get; }

    /// <summary>Whether the pages read as zeros in a forked child.</summary>
    public bool IsWipedOnFork { get; }

    /// <summary>The memory: <c>length</c> bytes. The caller keeps this object alive, and undisposed, while it uses the span.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address is null, this);
            return new Span<byte>(_address, _length);
        }
    }

    /// <summary>Zeroes the memory and gives it back. A second call does nothing.</summary>
    public void Dispose()
    {
        var address = _address;
        if (address is null)
            return;
        _address = null;
        var region = new Span<byte>(address, checked((int)_capacity));
        CryptographicOperations.ZeroMemory(region);
        _observer?.Invoke(region);
        if (OperatingSystem.IsLinux())
            _ = Unmap((nint)address, _capacity); // fails only for a region that was never mapped
        else
            NativeMemory.AlignedFree(address);
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "mlock")]
    private static partial int Lock(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
