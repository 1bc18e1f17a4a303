using System.Diagnostics.Metrics;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Metrics;

/// <summary>The figures of answers.</summary>
internal static class AnswerMetrics
{
    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="served">Bytes given out.</param>
    /// <param name="brokenOff">Answers that had begun and were broken off.</param>
    /// <param name="refusals">Requests that were refused.</param>
    public static void Declare(Meter meter, ServedBytes served, BrokenOffCounts brokenOff, RefusalCounts refusals)
    {
        meter.CreateObservableCounter(
            "openentropy_output_bytes_total",
            () => served.All.Select(each => Labels.Of(each.Bytes, "type", each.Type, ("quality", each.Quality))),
            unit: null,
            "Random bytes drawn for answers."
        );
        meter.CreateObservableCounter(
            "openentropy_answers_broken_off_total",
            () => brokenOff.Routes.SelectMany(each => Labels.Each("reason", each.Reasons, ("route", each.Route))),
            unit: null,
            "Answers that had begun and were broken off."
        );
        meter.CreateObservableCounter(
            "openentropy_refusals_total",
            () => refusals.All.Select(each => Labels.Of(each.Value, "reason", each.Key.Reason, ("route", each.Key.Route))),
            unit: null,
            "Requests answered with a status from 400 up."
        );
    }
}
