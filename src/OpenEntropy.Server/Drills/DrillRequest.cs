using System.Globalization;
using OpenEntropy.Drills;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Drills;

/// <summary>What a request asks to drill.</summary>
/// <param name="Kind">What is to fail.</param>
/// <param name="Source">Of which source; null where the kind is of none.</param>
/// <param name="Duration">For how long.</param>
internal sealed record DrillRequest(DrillKind Kind, string? Source, TimeSpan Duration)
{
    private const int UsualSeconds = 10;

    /// <summary>Reads the parameters.</summary>
    /// <param name="kind">The kind's name.</param>
    /// <param name="source">The source's name, of which it is not known whether it exists.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="options">The longest.</param>
    /// <param name="request">What is asked; only where there is no error.</param>
    public static RequestError? Read(string? kind, string? source, string? seconds, DrillOptions options, out DrillRequest request)
    {
        request = null!;
        var kinds = string.Join(", ", DrillNames.All.Select(DrillNames.Of));
        if (kind is null || DrillNames.Find(kind) is not { } found)
        {
            return FieldValue.Refuse(
                "kind",
                kind is null ? $"kind must be given: one of {kinds}" : $"kind must be one of {kinds}, and is '{Echo.Cut(kind)}'"
            );
        }

        if (DrillNames.IsOfSource(found) && string.IsNullOrEmpty(source))
        {
            return FieldValue.Refuse("source", $"source must be given: a drill {kind} is of one noise source; /sources lists them");
        }

        if (!DrillNames.IsOfSource(found) && source is not null)
        {
            return FieldValue.Refuse("source", $"source must be left out: a drill {kind} is of no single source");
        }

        var longest = (int)options.LongestDuration.TotalSeconds;
        var length = UsualSeconds;
        if (
            seconds is not null
            && (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out length) || length < 1 || length > longest)
        )
        {
            return FieldValue.Refuse("seconds", $"seconds must be a whole number between 1 and {longest}");
        }

        request = new DrillRequest(found, source, TimeSpan.FromSeconds(Math.Min(length, longest)));
        return null;
    }
}
