using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenEntropy.Native.Text;

namespace OpenEntropy.Native;

/// <content>What a pool gives and tells.</content>
public static unsafe partial class Exports
{
    /// <summary>Generator output; before the first seed it waits.</summary>
    /// <param name="handle">From <see cref="Open"/>.</param>
    /// <param name="destination">Receives the bytes; zeroed on failure.</param>
    /// <param name="length">How many.</param>
    /// <param name="timeoutMilliseconds">How long to wait, 0 to 86,400,000 ms.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_bytes", CallConvs = [typeof(CallConvCdecl)])]
    public static int Bytes(ulong handle, byte* destination, nuint length, uint timeoutMilliseconds)
    {
        if (ForkedChild.IsThis)
        {
            CallerMemory.Zero(destination, length);
            return LastError.Set(ResultCode.Forked);
        }

        try
        {
            PoolOutput.Bytes(OpenPools.Find(handle), CallerMemory.Writable(destination, length, "destination"), timeoutMilliseconds);
            return LastError.Set(ResultCode.Ok);
        }
        catch (Exception failure)
        {
            CallerMemory.Zero(destination, length);
            return LastError.Set(failure);
        }
    }

    /// <summary>Entropy-limited output: every bit backed by credited entropy.</summary>
    /// <param name="handle">From <see cref="Open"/>.</param>
    /// <param name="destination">Receives the bytes; zeroed on failure.</param>
    /// <param name="length">How many.</param>
    /// <param name="timeoutMilliseconds">How long to wait, 0 to 86,400,000 ms.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_limited", CallConvs = [typeof(CallConvCdecl)])]
    public static int Limited(ulong handle, byte* destination, nuint length, uint timeoutMilliseconds)
    {
        if (ForkedChild.IsThis)
        {
            CallerMemory.Zero(destination, length);
            return LastError.Set(ResultCode.Forked);
        }

        try
        {
            PoolOutput.Limited(OpenPools.Find(handle), CallerMemory.Writable(destination, length, "destination"), timeoutMilliseconds);
            return LastError.Set(ResultCode.Ok);
        }
        catch (Exception failure)
        {
            CallerMemory.Zero(destination, length);
            return LastError.Set(failure);
        }
    }

    /// <summary>Raw samples of one source, or the XOR of several. They earn no credit and enter no block.</summary>
    /// <param name="handle">From <see cref="Open"/>.</param>
    /// <param name="selection">Names, categories or globs, separated by commas, UTF-8.</param>
    /// <param name="selectionLength">Its length, bytes; 0: every source fit to be combined.</param>
    /// <param name="destination">Receives the bytes; zeroed on failure.</param>
    /// <param name="length">How many.</param>
    /// <param name="timeoutMilliseconds">How long to wait, 0 to 86,400,000 ms.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_raw", CallConvs = [typeof(CallConvCdecl)])]
    public static int Raw(ulong handle, byte* selection, nuint selectionLength, byte* destination, nuint length, uint timeoutMilliseconds)
    {
        if (ForkedChild.IsThis)
        {
            CallerMemory.Zero(destination, length);
            return LastError.Set(ResultCode.Forked);
        }

        try
        {
            var pool = OpenPools.Find(handle);
            var text = CallerMemory.Text(selection, selectionLength, "selection", MaximumSelectionBytes);
            PoolOutput.Raw(pool, text, CallerMemory.Writable(destination, length, "destination"), timeoutMilliseconds);
            return LastError.Set(ResultCode.Ok);
        }
        catch (Exception failure)
        {
            CallerMemory.Zero(destination, length);
            return LastError.Set(failure);
        }
    }

    /// <summary>The accounts of a pool, as JSON.</summary>
    /// <param name="handle">From <see cref="Open"/>.</param>
    /// <param name="buffer">Receives the text, UTF-8 without an end mark.</param>
    /// <param name="length">Its length, bytes.</param>
    /// <param name="needed">Receives the text's length, bytes; may be null.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_health", CallConvs = [typeof(CallConvCdecl)])]
    public static int Health(ulong handle, byte* buffer, nuint length, nuint* needed)
    {
        if (ForkedChild.IsThis)
        {
            CallerMemory.Zero(buffer, length);
            return LastError.Set(ResultCode.Forked);
        }

        try
        {
            CallerMemory.Give(HealthText.Of(OpenPools.Find(handle)), buffer, length, needed);
            return LastError.Set(ResultCode.Ok);
        }
        catch (Exception failure)
        {
            CallerMemory.Zero(buffer, length);
            return LastError.Set(failure);
        }
    }

    /// <summary>The noise sources of a pool, as JSON.</summary>
    /// <param name="handle">From <see cref="Open"/>.</param>
    /// <param name="buffer">Receives the text, UTF-8 without an end mark.</param>
    /// <param name="length">Its length, bytes.</param>
    /// <param name="needed">Receives the text's length, bytes; may be null.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_sources", CallConvs = [typeof(CallConvCdecl)])]
    public static int Sources(ulong handle, byte* buffer, nuint length, nuint* needed)
    {
        if (ForkedChild.IsThis)
        {
            CallerMemory.Zero(buffer, length);
            return LastError.Set(ResultCode.Forked);
        }

        try
        {
            CallerMemory.Give(SourcesText.Of(OpenPools.Find(handle)), buffer, length, needed);
            return LastError.Set(ResultCode.Ok);
        }
        catch (Exception failure)
        {
            CallerMemory.Zero(buffer, length);
            return LastError.Set(failure);
        }
    }
}
