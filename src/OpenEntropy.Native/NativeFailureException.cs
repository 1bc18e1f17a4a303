namespace OpenEntropy.Native;

/// <summary>Ends an entry point with a code and one sentence for the person who called it.</summary>
/// <param name="code">The code.</param>
/// <param name="message">The sentence.</param>
internal sealed class NativeFailureException(ResultCode code, string message) : Exception(message)
{
    /// <summary>The code.</summary>
    public ResultCode Code { get; } = code;

    /// <summary>What a refusal of the pool becomes.</summary>
    /// <param name="refusal">The refusal.</param>
    public static NativeFailureException Of(EntropyRefusal refusal) => new(CodeOf(refusal.Reason), refusal.Message);

    private static ResultCode CodeOf(RefusalReason reason) =>
        reason switch
        {
            RefusalReason.Starting => ResultCode.Starting,
            RefusalReason.SeedTooOld or RefusalReason.NoEntropy => ResultCode.NoEntropy,
            RefusalReason.PoolDry or RefusalReason.SourceSlow => ResultCode.Timeout,
            RefusalReason.Stopped => ResultCode.Closed,
            _ => ResultCode.Internal,
        };
}
