namespace OpenEntropy.Http;

/// <summary>Numbers of <c>/api/v1/random</c>, as many as were asked for.</summary>
/// <typeparam name="T">A number, or a block of hexadecimal digits.</typeparam>
/// <param name="Data">The numbers.</param>
/// <param name="Quality"><c>drbg</c>, <c>limited</c> or <c>raw</c>, which is what was asked for.</param>
/// <param name="IsConditioned">Whether they went through a vetted conditioning component.</param>
/// <param name="Receipt">The signed receipt; null where none was asked for.</param>
/// <param name="Answer">The answer as it came, which a receipt is checked with; null without a receipt.</param>
public sealed record RandomNumbers<T>(T[] Data, string Quality, bool IsConditioned, string? Receipt, string? Answer);
