namespace OpenEntropy.Assessment.Recordings;

/// <summary>A recording as it was read and found whole: the header tells the truth about length, hash and width of the samples.</summary>
public sealed class Recording
{
    private readonly byte[] _samples;

    internal Recording(RecordingHeader header, byte[] samples) => (Header, _samples) = (header, samples);

    /// <summary>The header.</summary>
    public RecordingHeader Header { get; }

    /// <summary>The samples, one a byte.</summary>
    public ReadOnlySpan<byte> Samples => _samples;

    /// <summary>
    /// The samples for an assessment of the noise source. Recordings of anything but raw samples are refused: an estimator cannot tell a
    /// conditioned sequence without entropy from one with it.
    /// </summary>
    /// <exception cref="AssessmentInputException">The recording is not raw, or holds one symbol only.</exception>
    public SampleSet ToSampleSet() =>
        Header.Kind == RecordingKind.Raw
            ? SampleSet.FromSamples(_samples, Header.SampleBits)
            : throw new AssessmentInputException(
                $"The recording of {Header.Source} is of kind '{(Header.Kind == RecordingKind.Output ? "output" : "conditioned")}': "
                    + "only recordings of kind 'raw' are assessed, since a conditioned sequence looks the same with and without entropy."
            );
}
