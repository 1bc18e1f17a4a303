namespace OpenEntropy.Assessment.NonIid;

/// <summary>Counts the predictions that came true and the longest run of them.</summary>
internal struct PredictionTally
{
    private long _correct;
    private long _run;
    private long _longestRun;

    /// <summary>Takes the outcome of a prediction.</summary>
    public void Add(bool right)
    {
        _correct += right ? 1 : 0;
        _run = right ? _run + 1 : 0;
        _longestRun = Math.Max(_longestRun, _run);
    }

    /// <summary>C, r and N.</summary>
    /// <param name="predictions">N.</param>
    public readonly PredictionCounts ToCounts(long predictions) => new(_correct, _longestRun + 1, predictions);
}
