using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Randomness;

/// <summary>What one answer has of <see cref="AnswerMemory"/>. One request at a time changes it.</summary>
/// <param name="memory">The account.</param>
/// <param name="caller">Whose answer it is.</param>
/// <param name="counted">What stands in it, bytes.</param>
internal sealed class HeldMemory(AnswerMemory memory, Caller caller, long counted) : IDisposable
{
    private long _counted = counted;

    /// <summary>Counts what is truly held, once that is known.</summary>
    /// <param name="bytes">What it holds.</param>
    public void SetTo(long bytes)
    {
        var now = AnswerMemory.Counted(bytes);
        memory.Add(caller, now - _counted);
        _counted = now;
    }

    /// <summary>Gives all of it back; again, and nothing happens.</summary>
    public void Dispose() => SetTo(0);
}
