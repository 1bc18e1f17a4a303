namespace OpenEntropy.Assessment.NonIid;

/// <summary>What a predictor of SP 800-90B, 6.3.7 to 6.3.10 counted.</summary>
/// <param name="Correct">C, the predictions that came true.</param>
/// <param name="RunBound">r, one more than the longest run of predictions that came true.</param>
/// <param name="Predictions">N, the predictions that were made or could have been.</param>
internal readonly record struct PredictionCounts(long Correct, long RunBound, long Predictions);
