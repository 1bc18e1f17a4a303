using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenEntropy.Native.Text;

namespace OpenEntropy.Native;

/// <content>What is told without a pool: of this machine, and of samples.</content>
public static unsafe partial class Exports
{
    /// <summary>The noise sources and whether this machine has them, as JSON, without a pool.</summary>
    /// <param name="buffer">Receives the text, UTF-8 without an end mark.</param>
    /// <param name="length">Its length, bytes.</param>
    /// <param name="needed">Receives the text's length, bytes; may be null.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_detect", CallConvs = [typeof(CallConvCdecl)])]
    public static int Detect(byte* buffer, nuint length, nuint* needed)
    {
        if (ForkedChild.IsThis)
        {
            CallerMemory.Zero(buffer, length);
            return LastError.Set(ResultCode.Forked);
        }

        try
        {
            CallerMemory.Give(SourcesText.OfMachine(), buffer, length, needed);
            return LastError.Set(ResultCode.Ok);
        }
        catch (Exception failure)
        {
            CallerMemory.Zero(buffer, length);
            return LastError.Set(failure);
        }
    }

    /// <summary>What SP 800-90B and SP 800-22 say of samples, as JSON: the report of <c>openentropy analyze</c>.</summary>
    /// <param name="options">JSON, UTF-8.</param>
    /// <param name="optionsLength">Its length, bytes; 0: the defaults.</param>
    /// <param name="samples">One a byte; they may not change meanwhile.</param>
    /// <param name="samplesLength">How many.</param>
    /// <param name="buffer">Receives the text, UTF-8 without an end mark.</param>
    /// <param name="length">Its length, bytes.</param>
    /// <param name="needed">Receives the text's length, bytes; may be null.</param>
    [UnmanagedCallersOnly(EntryPoint = "openentropy_assess", CallConvs = [typeof(CallConvCdecl)])]
    public static int Assess(
        byte* options,
        nuint optionsLength,
        byte* samples,
        nuint samplesLength,
        byte* buffer,
        nuint length,
        nuint* needed
    )
    {
        if (ForkedChild.IsThis)
        {
            CallerMemory.Zero(buffer, length);
            return LastError.Set(ResultCode.Forked);
        }

        try
        {
            var asked = CallerMemory.Readable(options, optionsLength, "options");
            var report = AssessRequest.Report(asked, CallerMemory.Readable(samples, samplesLength, "samples"));
            CallerMemory.Give(report, buffer, length, needed);
            return LastError.Set(ResultCode.Ok);
        }
        catch (Exception failure)
        {
            CallerMemory.Zero(buffer, length);
            return LastError.Set(failure);
        }
    }
}
