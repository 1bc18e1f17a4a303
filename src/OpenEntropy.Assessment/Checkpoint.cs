namespace OpenEntropy.Assessment;

/// <summary>
/// Called by long computations at least every 20 ms of their work. It may wait, so that they keep to a share of the processor, or throw
/// <see cref="OperationCanceledException"/>, which ends them.
/// </summary>
public delegate void Checkpoint();
