using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// A few instructions that .NET has no intrinsic for, in a page of their own, called through a function pointer.
/// The page is written first and made read-and-execute afterwards: it is never writable and executable at once.
/// </summary>
/// <remarks>
/// The code must be a complete function of the machine's own calling convention (System V on x86-64 Linux), needs no stack frame of its own and
/// calls nothing. The garbage collector waits while it runs unless the pointer says <c>SuppressGCTransition</c>, which only code of well under a
/// microsecond may.
/// </remarks>
internal sealed unsafe class MachineCode : IDisposable
{
    private readonly nuint _length;
    private byte* _page;

    /// <summary>Copies the code into an executable page.</summary>
    /// <param name="code">The instructions, for the processor this process runs on.</param>
    /// <exception cref="NoiseSourceException">The kernel gave no page or does not let it execute.</exception>
    [SupportedOSPlatform("linux")]
    public MachineCode(ReadOnlySpan<byte> code)
    {
        _length = (nuint)code.Length;
        _page = PosixMemory.Map(_length);
        try
        {
            code.CopyTo(new Span<byte>(_page, code.Length));
            LinuxMemory.MakeExecutable(_page, _length);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why no x86-64 code can run here, in one clause; null where it can.</summary>
    public static string? WhyNotX64() =>
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? null : "its instructions are for x86-64";

    /// <summary>True where x86-64 code can run: for sources that also have a way without it.</summary>
    [SupportedOSPlatformGuard("linux")]
    public static bool Runs { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>The first instruction, to be cast to a function pointer (<c>delegate* unmanaged&lt;…&gt;</c>). Valid until <see cref="Dispose"/>.</summary>
    public void* EntryPoint => _page;

    /// <summary>Unmaps the page. No thread may be inside the code.</summary>
    public void Dispose()
    {
        if (OperatingSystem.IsLinux() && _page is not null)
            PosixMemory.Unmap(_page, _length);
        _page = null;
    }
}
