using System.Diagnostics.Metrics;
using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Metrics;

/// <summary>The figures of answers.</summary>
internal static class AnswerMetrics
{
    /// <summary>Declares the instruments.</summary>
    /// <param name="meter">The one meter.</param>
    /// <param name="brokenOff">The accounts.</param>
    public static void Declare(Meter meter, BrokenOffCounts brokenOff) =>
        meter.CreateObservableCounter(
            "openentropy_answers_broken_off_total",
            () => brokenOff.Routes.SelectMany(each => Labels.Each("reason", each.Reasons, ("route", each.Route))),
            unit: null,
            "Answers that had begun and were broken off."
        );
}
