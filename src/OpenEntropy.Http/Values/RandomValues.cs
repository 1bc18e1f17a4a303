namespace OpenEntropy.Http;

/// <summary>Values that the service made of random bytes, as many as were asked for.</summary>
/// <typeparam name="T">A value.</typeparam>
/// <param name="Data">The values.</param>
/// <param name="Quality"><c>drbg</c> or <c>limited</c>, which is what was asked for.</param>
/// <param name="Proof">The bytes they were made of; null where it was not asked for.</param>
public sealed record RandomValues<T>(T[] Data, string Quality, ValueProof? Proof);

/// <summary>The bytes that values were made of, with which anybody makes them again.</summary>
/// <param name="Bytes">Exactly those consumed, in their order.</param>
/// <param name="Mapping">The mapping and its version, such as <c>integers/1</c>.</param>
/// <param name="Time">Of UUIDs of version 7 the time in them, milliseconds since 1970; null otherwise.</param>
public sealed record ValueProof(byte[] Bytes, string Mapping, long? Time);
