using System.Text;
using OpenEntropy.Assessment;

namespace OpenEntropy.Native;

/// <summary>
/// How the last entry point that this thread called ended. Each one writes it, whatever its end, so that no text outlives the call it is of. A code
/// can always be kept; its own sentence needs memory, and where there is none, a fixed one stands for it.
/// </summary>
internal static class LastError
{
    [ThreadStatic]
    private static ResultCode s_code;

    [ThreadStatic]
    private static string? s_text;

    /// <summary>The text's length, bytes of UTF-8; 0 after a call that did what it should.</summary>
    public static int Length => s_text is { } text ? Encoding.UTF8.GetByteCount(text) : FixedText(s_code).Length;

    /// <summary>Notes an end that needs no sentence of its own.</summary>
    /// <param name="code">How it ended.</param>
    /// <returns>The code as an entry point returns it.</returns>
    public static int Set(ResultCode code)
    {
        (s_code, s_text) = (code, null);
        return (int)code;
    }

    /// <summary>Notes a failure. Never throws.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <returns>The code as an entry point returns it.</returns>
    public static int Set(Exception failure)
    {
        var code = CodeOf(failure);
        try
        {
            // First what cannot fail once the thread has written here before: then nothing stale is left, whatever follows.
            Set(code);
            s_text = code is ResultCode.OutOfMemory ? null : TextOf(failure, code);
        }
        catch (Exception)
        {
            // Too little memory for the sentence, or for this thread's first note: the code is returned all the same.
            return (int)code;
        }

        return (int)code;
    }

    /// <summary>Writes the text.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public static void Write(Span<byte> destination)
    {
        if (s_text is { } text)
            Encoding.UTF8.GetBytes(text, destination);
        else
            FixedText(s_code).CopyTo(destination);
    }

    private static ResultCode CodeOf(Exception failure) =>
        failure switch
        {
            NativeFailureException known => known.Code,
            EntropyConfigurationException => ResultCode.Configuration,
            AssessmentInputException => ResultCode.Samples,
            ObjectDisposedException => ResultCode.Closed,
            ArgumentException => ResultCode.InvalidArgument,
            OutOfMemoryException => ResultCode.OutOfMemory,
            _ => ResultCode.Internal,
        };

    private static string? TextOf(Exception failure, ResultCode code) =>
        code switch
        {
            ResultCode.Closed when failure is ObjectDisposedException => null,
            ResultCode.Internal => $"{failure.GetType().Name}: {failure.Message}",
            _ => failure.Message,
        };

    /// <summary>Constants of the program, which take no memory.</summary>
    private static ReadOnlySpan<byte> FixedText(ResultCode code) =>
        code switch
        {
            ResultCode.Ok => ""u8,
            ResultCode.InvalidArgument => "an argument is out of its range"u8,
            ResultCode.InvalidHandle => "no open pool has this handle: it was never given, or it was closed"u8,
            ResultCode.BufferTooSmall => "the text is longer than the buffer"u8,
            ResultCode.Configuration => "the options cannot work"u8,
            ResultCode.Starting => "no seed yet"u8,
            ResultCode.NoEntropy => "nothing can be given"u8,
            ResultCode.Timeout => "too little came within the time allowed"u8,
            ResultCode.Closed => "the pool was closed while the call was under way"u8,
            ResultCode.Samples => "nothing can be said of these samples"u8,
            ResultCode.OutOfMemory => "there is too little memory"u8,
            ResultCode.Forked =>
                "this process was forked after the runtime was started in its parent: nothing works in it, and nothing is given"u8,
            _ => "something failed that should not"u8,
        };
}
