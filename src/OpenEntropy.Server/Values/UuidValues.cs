using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary><c>/api/v1/uuids</c>: see <see cref="Version4Uuids"/> and <see cref="Version7Uuids"/>.</summary>
internal sealed class UuidValues()
    : ValueKind(
        "uuids",
        "UUIDs, random or rising with time",
        "Version 4 of RFC 9562: 16 bytes with version and variant set. Version 7: the time of the request in milliseconds, a counter that starts at 11 "
            + "bits of 2 bytes and makes each UUID of an answer greater than the one before it, and 62 bits of 8 bytes; "
            + "the answer tells that time, without which a proof could not be followed; 503 while the clock of the service stands before 1970.",
        new ValueField("version", "integer", "The version of RFC 9562: 4 or 7.") { Default = "4", Values = ["4", "7"] }
    )
{
    private const string ClockTooEarly =
        "the clock of the service stands before 1970, from which UUIDs of version 7 count; those of version 4 need no clock";

    private const int TextLength = 36;

    /// <inheritdoc/>
    public override string ElementType => "string";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Echoes => ["version"];

    /// <inheritdoc/>
    public override IReadOnlyList<ValueField> Additions =>
        [new("time", "integer", "With version 7 the time that the UUIDs were made of, milliseconds since 1970.")];

    /// <inheritdoc/>
    public override string ExampleAnswer =>
        """{"success":true,"type":"uuids","count":1,"version":4,"conditioned":true,"quality":"drbg","data":["6f1c9f5e-0d3a-4a3e-9c57-5b1d20a7e814"]}""";

    /// <inheritdoc/>
    public override RequestError? Plan(ValueRequest request, out ValuePlan? plan)
    {
        plan = null;
        var timed = false;
        if (request.Given.ReadChoice("version", "4", "7", ref timed) is { } error)
        {
            return error;
        }

        if (timed && request.Now < DateTimeOffset.UnixEpoch)
        {
            return new RequestError(StatusCodes.Status503ServiceUnavailable, Field: null, ClockTooEarly);
        }

        var count = request.Count ?? 1;
        plan = timed
            ? new ValuePlan(
                Version7Uuids.Mapping,
                count,
                Need7(count),
                TextLength + 3,
                (supply, text) => Write7(supply, text, request.Now, count)
            )
            : new ValuePlan(Version4Uuids.Mapping, count, Need4(count), TextLength + 3, (supply, text) => Write4(supply, text, count));
        plan = plan with { Members = timed ? [("version", "7"), ("time", $"{request.Now.ToUnixTimeMilliseconds()}")] : [("version", "4")] };
        return null;
    }

    private static ByteNeed Need4(int count) => new ByteNeed(Version4Uuids.Width, 0) * count;

    private static ByteNeed Need7(int count) => new ByteNeed(Version7Uuids.StartWidth, 0) + (new ByteNeed(Version7Uuids.Width, 0) * count);

    private static void Write4(ByteSupply supply, ValueText text, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Add(Version4Uuids.Next(supply), text);
        }
    }

    private static void Write7(ByteSupply supply, ValueText text, DateTimeOffset now, int count)
    {
        var uuids = new Version7Uuids(now);
        for (var i = 0; i < count; i++)
        {
            Add(uuids.Next(supply), text);
        }
    }

    private static void Add(Guid uuid, ValueText text)
    {
        Span<byte> digits = stackalloc byte[TextLength];
        uuid.TryFormat(digits, out _);
        text.AddText(digits);
    }
}
