using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary>How one request is met. The same bytes give the same text, so it can be begun again when more of them are there.</summary>
/// <param name="Mapping">The mapping's name and version.</param>
/// <param name="Count">Elements of the answer.</param>
/// <param name="Need">Random bytes it consumes.</param>
/// <param name="LongestText">The longest text of one element with its separator and quotes, bytes.</param>
/// <param name="Write">Makes the values and writes them.</param>
internal sealed record ValuePlan(string Mapping, int Count, ByteNeed Need, int LongestText, Action<ByteSupply, ValueText> Write)
{
    /// <summary>Members of the answer that repeat what was asked, with their JSON.</summary>
    public IReadOnlyList<(string Name, string Json)> Members { get; init; } = [];

    /// <summary>What a string's text and bytes grow with; null where an element is bounded whatever is asked.</summary>
    public ElementLength? Length { get; init; }

    /// <summary>The parameter whose text holds a line break, so that lines could not tell elements apart; null where there is none.</summary>
    public string? HoldsLineBreak { get; init; }
}
