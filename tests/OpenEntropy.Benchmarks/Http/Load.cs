namespace OpenEntropy.Benchmarks.Http;

/// <summary>What a service did under load.</summary>
/// <param name="Requests">How many were answered.</param>
/// <param name="RequestsPerSecond">By the clock.</param>
/// <param name="BytesPerSecond">By the clock, headers included.</param>
/// <param name="RequestsPerProcessorSecond">By the service's processor time: what a neighbour on the machine cannot take away.</param>
/// <param name="P99Milliseconds">What 99 of 100 answers took at most.</param>
/// <param name="TimedOut">Answers that took longer than two seconds.</param>
internal sealed record Load(
    double Requests,
    double RequestsPerSecond,
    double BytesPerSecond,
    double RequestsPerProcessorSecond,
    double P99Milliseconds,
    double TimedOut
);
