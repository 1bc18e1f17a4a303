using System.Text;

namespace OpenEntropy.Native.Tests;

/// <summary>Calls the entry points as another language does: through function pointers, with memory that is not the collector's to move.</summary>
internal static unsafe class Native
{
    private static readonly delegate* unmanaged[Cdecl]<byte*, nuint, nuint*, int> s_version = &Exports.Version;
    private static readonly delegate* unmanaged[Cdecl]<byte*, nuint, nuint*, int> s_lastError = &Exports.LastErrorText;
    private static readonly delegate* unmanaged[Cdecl]<byte*, nuint, nuint*, int> s_detect = &Exports.Detect;
    private static readonly delegate* unmanaged[Cdecl]<byte*, nuint, ulong*, int> s_open = &Exports.Open;
    private static readonly delegate* unmanaged[Cdecl]<ulong, int> s_close = &Exports.Close;
    private static readonly delegate* unmanaged[Cdecl]<ulong, byte*, nuint, uint, int> s_bytes = &Exports.Bytes;
    private static readonly delegate* unmanaged[Cdecl]<ulong, byte*, nuint, uint, int> s_limited = &Exports.Limited;
    private static readonly delegate* unmanaged[Cdecl]<ulong, byte*, nuint, byte*, nuint, uint, int> s_raw = &Exports.Raw;
    private static readonly delegate* unmanaged[Cdecl]<ulong, byte*, nuint, nuint*, int> s_health = &Exports.Health;
    private static readonly delegate* unmanaged[Cdecl]<ulong, byte*, nuint, nuint*, int> s_sources = &Exports.Sources;
    private static readonly delegate* unmanaged[Cdecl]<byte*, nuint, byte*, nuint, byte*, nuint, nuint*, int> s_assess = &Exports.Assess;

    /// <summary>A call that writes a text.</summary>
    public delegate int TextCall(byte* buffer, nuint length, nuint* needed);

    public static TextCall Version { get; } = (buffer, length, needed) => s_version(buffer, length, needed);

    public static TextCall LastError { get; } = (buffer, length, needed) => s_lastError(buffer, length, needed);

    public static TextCall Detect { get; } = (buffer, length, needed) => s_detect(buffer, length, needed);

    public static TextCall Health(ulong handle) => (buffer, length, needed) => s_health(handle, buffer, length, needed);

    public static TextCall Sources(ulong handle) => (buffer, length, needed) => s_sources(handle, buffer, length, needed);

    public static TextCall Assess(string options, byte[] samples)
    {
        var asked = Encoding.UTF8.GetBytes(options);
        return (buffer, length, needed) =>
        {
            fixed (byte* optionsPointer = asked)
            fixed (byte* samplesPointer = samples)
                return s_assess(optionsPointer, (nuint)asked.Length, samplesPointer, (nuint)samples.Length, buffer, length, needed);
        };
    }

    public static int Open(ReadOnlySpan<byte> options, out ulong handle)
    {
        fixed (byte* pointer = options)
        fixed (ulong* receiver = &handle)
            return s_open(pointer, (nuint)options.Length, receiver);
    }

    public static int OpenAt(nint options, nuint length, nint handle) => s_open((byte*)options, length, (ulong*)handle);

    public static int Close(ulong handle) => s_close(handle);

    public static int Bytes(ulong handle, Span<byte> destination, uint timeout = 0)
    {
        fixed (byte* pointer = destination)
            return s_bytes(handle, pointer, (nuint)destination.Length, timeout);
    }

    public static int BytesAt(ulong handle, nint destination, nuint length) => s_bytes(handle, (byte*)destination, length, 0);

    public static int Limited(ulong handle, Span<byte> destination, uint timeout = 0)
    {
        fixed (byte* pointer = destination)
            return s_limited(handle, pointer, (nuint)destination.Length, timeout);
    }

    public static int Raw(ulong handle, ReadOnlySpan<byte> selection, Span<byte> destination, uint timeout = 0)
    {
        fixed (byte* selectionPointer = selection)
        fixed (byte* pointer = destination)
            return s_raw(handle, selectionPointer, (nuint)selection.Length, pointer, (nuint)destination.Length, timeout);
    }

    /// <summary>The text of a call: its length is asked first.</summary>
    public static string Text(TextCall call)
    {
        nuint needed;
        _ = call(null, 0, &needed);
        var buffer = new byte[(int)needed + 64];
        fixed (byte* pointer = buffer)
        {
            if (call(pointer, (nuint)buffer.Length, &needed) is var code && code != 0)
                throw new InvalidOperationException($"{code}: {Error()}");
        }

        return Encoding.UTF8.GetString(buffer, 0, (int)needed);
    }

    /// <summary>A text call with a buffer of a length.</summary>
    public static int Into(TextCall call, byte[] buffer, out nuint needed)
    {
        fixed (byte* pointer = buffer)
        fixed (nuint* receiver = &needed)
            return call(pointer, (nuint)buffer.Length, receiver);
    }

    /// <summary>How the last call of this thread ended.</summary>
    public static string Error() => Text(LastError);
}
