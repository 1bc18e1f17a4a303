using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Assessment.Reports;

/// <summary>Names that stand in every form of a report, and what it says whatever the figures are.</summary>
internal static class Words
{
    public const string Product = "OpenEntropy";

    public const string NonIidReference =
        "NIST's SP800-90B_EntropyAssessment, version 1.1.7, compiled for x86-64 without fused multiply-add: the same integers, and the same doubles but for "
        + "their last digits";

    public const string Limits =
        "An estimate of one recording is noisy: about one in five recordings of 1,000,000 perfect 8-bit samples is assessed at 6.638 bits per sample, "
        + "because a predictor happens to guess three samples in a row. Take several recordings, and go by the lowest. And no figure here proves entropy. "
        + "An estimator sees a sequence, not a mechanism: SHA-256 of a counter, which has no entropy at all, is assessed like perfect bits, at 7.1 bits per byte or at 6.638. "
        + "So an assessment of conditioned output proves nothing, and one of raw samples is an upper bound on trust: a low figure is bad news, a high one is "
        + "no news. Why the samples vary is an argument about the source.";

    public const string FurtherReference = "none: each test names where it comes from";

    public static string Of(RecordingKind kind) =>
        kind switch
        {
            RecordingKind.Raw => "raw",
            RecordingKind.Conditioned => "conditioned",
            _ => "output",
        };

    public static string Of(NonIidMode mode) => mode == NonIidMode.Initial ? "initial" : "conditioned";

    public static string Of(Sp80022Mode mode) => mode == Sp80022Mode.Corrected ? "corrected" : "sts-2.1.2";

    public static string UnitOf(NonIidMode mode) => mode == NonIidMode.Initial ? "bits per sample" : "bits per bit of output";

    public static string Of(PValueKind kind) =>
        kind switch
        {
            PValueKind.Uniform => "uniform",
            PValueKind.Discrete => "discrete",
            _ => "bound",
        };

    public static string Reference(Sp80022Mode mode) =>
        mode == Sp80022Mode.Corrected ? "SP 800-22 Rev. 1a with its known errors mended" : "NIST's program STS 2.1.2, errors included";
}
