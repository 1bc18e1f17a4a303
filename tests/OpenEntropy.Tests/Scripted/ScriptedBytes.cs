namespace OpenEntropy.Tests.Scripted;

/// <summary>Byte strings that differ from each other, the same in every run.</summary>
internal static class ScriptedBytes
{
    private const long Apart = 1_000_003;

    /// <summary>A byte string.</summary>
    public static byte[] Of(int length, int number) =>
        [.. Enumerable.Range(0, length).Select(i => ScriptedNoiseSource.Lively((number * Apart) + i))];
}
