using System.Runtime.InteropServices;

namespace OpenEntropy.Cli.Running;

/// <summary>How wide the terminals of standard output and standard error are, which need not be the same one; <see cref="Console"/> knows one.</summary>
internal static partial class TerminalSize
{
    /// <summary>Of a terminal that does not know its size.</summary>
    private const int Unknown = 80;

    private const nuint GetWindowSize = 0x5413; // TIOCGWINSZ of asm-generic/ioctls.h, which x86 and arm share

    /// <summary>Its columns.</summary>
    /// <param name="descriptor">1: the terminal of standard output; 2: that of standard error.</param>
    public static int Columns(int descriptor)
    {
        if (!OperatingSystem.IsLinux())
            return Console.WindowWidth is > 0 and var width ? width : Unknown;
        return Ask(descriptor, GetWindowSize, out var size) == 0 && size.Columns > 0 ? size.Columns : Unknown;
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Ask(int descriptor, nuint request, out WindowSize size);

    /// <summary><c>struct winsize</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }
}
