using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Values;

/// <summary>An answer that is made and waits for its client: nothing else of the request is held while it is sent.</summary>
/// <param name="start">What stands before the proof's bytes, or the elements; empty for lines.</param>
/// <param name="middle">What stands between them.</param>
/// <param name="values">The elements.</param>
/// <param name="proof">The array that the bytes they were made of begin, and how many there are; empty where these are not told.</param>
/// <param name="held">Its part of the memory of all answers.</param>
internal sealed class MadeValues(byte[] start, byte[] middle, ValueText values, (byte[] Bytes, int Count) proof, HeldMemory held)
    : IDisposable
{
    /// <summary>What stands before the proof's bytes, or the elements; empty for lines.</summary>
    public byte[] Start => start;

    /// <summary>The bytes that are told; empty where there is no proof.</summary>
    public ReadOnlyMemory<byte> Proof => proof.Bytes.AsMemory(0, proof.Count);

    /// <summary>What stands between them and the elements.</summary>
    public byte[] Middle => middle;

    /// <summary>The elements, and what closes the object.</summary>
    public ValueText Values => values;

    /// <summary>Zeroes the random bytes and the text, and gives their memory back. To be called once.</summary>
    public void Dispose()
    {
        values.Dispose();
        ValueDraw.GiveBack(proof.Bytes);
        held.Dispose();
    }
}
