namespace OpenEntropy.Server.Dashboard;

/// <summary>Requests since the start.</summary>
internal sealed class RequestTotals
{
    /// <summary>Requests that began.</summary>
    public long Begun { get; set; }

    /// <summary>Requests that ended.</summary>
    public long Ended { get; set; }

    /// <summary>Those that were timed, by <see cref="RequestFigures.ClassOf"/>.</summary>
    public long[] Durations { get; } = new long[RequestFigures.Classes];
}
