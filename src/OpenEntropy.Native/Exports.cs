using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenEntropy.Native.Text;

namespace OpenEntropy.Native;

/// <summary>
/// The entry points. Each may be called from any thread at any time. Each catches everything, notes how it ended in <see cref="LastError"/>, and zeroes
/// the caller's buffer where it failed; none keeps a pointer of the caller's. The contract is docs/native.md, its C form include/openentropy.h.
/// </summary>
public static unsafe partial class Exports
{
    /// <summary>The version of this contract; it changes when an entry point changes its meaning or is taken away.</summary>
    public const int ContractVersion = 1;

    private const int MaximumOptionsBytes = 1 << 20;
    private const int MaximumSelectionBytes = 4096;

    private static readonly byte[] s_version = System.Text.Encoding.UTF8.GetBytes(
        typeof(Exports).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]
    );

    /// <summary>The version of the contract; in a forked child −11.</summary>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_contract", CallConvs = [typeof(CallConvCdecl)])]
    public static int Contract() => ForkedChild.IsThis ? (int)ResultCode.Forked : ContractVersion;

    /// <summary>The version of the product.</summary>
    /// <param name="buffer">Receives the text, UTF-8 without an end mark.</param>
    /// <param name="length">Its length, bytes.</param>
    /// <param name="needed">Receives the text's length, bytes; may be null.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_version", CallConvs = [typeof(CallConvCdecl)])]
    public static int Version(byte* buffer, nuint length, nuint* needed)
    {
        if (ForkedChild.IsThis)
        {
            CallerMemory.Zero(buffer, length);
            return LastError.Set(ResultCode.Forked);
        }

        try
        {
            CallerMemory.Give(s_version, buffer, length, needed);
            return LastError.Set(ResultCode.Ok);
        }
        catch (Exception failure)
        {
            CallerMemory.Zero(buffer, length);
            return LastError.Set(failure);
        }
    }

    /// <summary>Opens a pool, which harvests on threads of its own until it is closed.</summary>
    /// <param name="options">JSON, UTF-8.</param>
    /// <param name="length">Its length, bytes; 0: the defaults.</param>
    /// <param name="handle">Receives the handle; 0 on failure.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_open", CallConvs = [typeof(CallConvCdecl)])]
    public static int Open(byte* options, nuint length, ulong* handle)
    {
        if (handle is not null)
            *handle = 0;
        if (ForkedChild.IsThis)
            return LastError.Set(ResultCode.Forked);
        try
        {
            if (handle is null)
                throw new NativeFailureException(ResultCode.InvalidArgument, "handle is null");
            if (length > MaximumOptionsBytes)
                throw new NativeFailureException(ResultCode.InvalidArgument, $"options can have 0 to {MaximumOptionsBytes:N0} bytes");
            *handle = OpenPools.Start(OpenRequest.Read(CallerMemory.Readable(options, length, "options")));
            return LastError.Set(ResultCode.Ok);
        }
        catch (Exception failure)
        {
            return LastError.Set(failure);
        }
    }

    /// <summary>Closes a pool: ends its waits, zeroes its state, closes its sources. Takes five seconds at most.</summary>
    /// <param name="handle">From <see cref="Open"/>.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_close", CallConvs = [typeof(CallConvCdecl)])]
    public static int Close(ulong handle)
    {
        if (ForkedChild.IsThis)
            return LastError.Set(ResultCode.Forked);
        try
        {
            OpenPools.Close(handle);
            return LastError.Set(ResultCode.Ok);
        }
        catch (Exception failure)
        {
            return LastError.Set(failure);
        }
    }

    /// <summary>How the last call of this thread ended. It alone leaves that as it is.</summary>
    /// <param name="buffer">Receives the text, UTF-8 without an end mark.</param>
    /// <param name="length">Its length, bytes.</param>
    /// <param name="needed">Receives the text's length, bytes; may be null.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_last_error", CallConvs = [typeof(CallConvCdecl)])]
    public static int LastErrorText(byte* buffer, nuint length, nuint* needed)
    {
        try
        {
            var text = LastError.Length;
            if (needed is not null)
                *needed = (nuint)text;
            if (length > CallerMemory.MaximumLength || (buffer is null && length > 0))
                return (int)ResultCode.InvalidArgument;
            if ((nuint)text > length)
            {
                CallerMemory.Zero(buffer, length);
                return (int)ResultCode.BufferTooSmall;
            }

            LastError.Write(new Span<byte>(buffer, (int)length));
            return (int)ResultCode.Ok;
        }
        catch (Exception)
        {
            // Noted nowhere: it would take the place of the text that was asked for.
            CallerMemory.Zero(buffer, length);
            return (int)ResultCode.Internal;
        }
    }
}
