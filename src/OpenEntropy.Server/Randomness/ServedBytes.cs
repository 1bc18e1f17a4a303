using System.Runtime.InteropServices;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// Random bytes drawn for answers since the start, by quality and type. The counters are spread over the cores: no two requests that run at once
/// wait for each other's.
/// </summary>
/// <param name="audit">Is told of each draw, too; null where nobody keeps a log.</param>
internal sealed class ServedBytes(IAuditLog? audit = null)
{
    // Qualities as answers name them: samples that went through an extractor are raw ones.
    private static readonly string[] s_qualities = ["drbg", "limited", "raw"];
    private static readonly string[] s_types = [.. Enum.GetNames<ServedType>().Select(name => name.ToLowerInvariant())];

    // One more than all counters of a core fill, in longs of two cache lines, which some processors fetch together.
    private const int Line = 16;
    private static readonly int s_stride = (((s_qualities.Length * s_types.Length) / Line) + 2) * Line;

    private readonly long[] _counts = new long[(Environment.ProcessorCount + 1) * s_stride];

    /// <summary>Every quality and type that go together, with its bytes.</summary>
    public IEnumerable<(string Quality, string Type, long Bytes)> All =>
        from quality in Enumerable.Range(0, s_qualities.Length)
        from type in Enum.GetValues<ServedType>()
        where quality == 0 || type != ServedType.Bundle
        where quality != QualityOf(PoolOutput.Raw) || type != ServedType.Values
        select (s_qualities[quality], s_types[(int)type], Sum(IndexOf(quality, type)));

    /// <summary>Where the bytes of one type are counted.</summary>
    /// <param name="type">The type.</param>
    public ServedCount As(ServedType type) => new(this, type, audit: null, caller: null);

    /// <summary>Where the bytes of an answer are counted, by who asked for it as well.</summary>
    /// <param name="type">What it is made of.</param>
    /// <param name="context">Its request.</param>
    public ServedCount As(ServedType type, HttpContext context) =>
        audit?.Output is { } counts ? new(this, type, counts, context.Caller()) : As(type);

    /// <summary>Counts bytes.</summary>
    /// <param name="output">Of which output.</param>
    /// <param name="type">As what.</param>
    /// <param name="bytes">How many.</param>
    public void Add(PoolOutput output, ServedType type, long bytes)
    {
        var core = (Thread.GetCurrentProcessorId() % Environment.ProcessorCount) + 1;
        Interlocked.Add(ref _counts[(core * s_stride) + IndexOf(QualityOf(output), type)], bytes);
    }

    private static int QualityOf(PoolOutput output) => Math.Min((int)output, (int)PoolOutput.Raw);

    private static int IndexOf(int quality, ServedType type) => (quality * s_types.Length) + (int)type;

    private long Sum(int index)
    {
        long sum = 0;
        for (var i = index + s_stride; i < _counts.Length; i += s_stride)
        {
            sum += Volatile.Read(ref _counts[i]);
        }

        return sum;
    }
}

/// <summary>Where the bytes of one answer are counted.</summary>
/// <param name="bytes">The account.</param>
/// <param name="type">What the answer is made of.</param>
/// <param name="audit">Counts by caller; null where nobody does.</param>
/// <param name="caller">Who asked.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly struct ServedCount(ServedBytes bytes, ServedType type, AuditCounts? audit, Caller? caller)
{
    /// <summary>Counts bytes.</summary>
    /// <param name="output">Of which output.</param>
    /// <param name="count">How many.</param>
    /// <param name="isFirst">Whether they are the first of the answer.</param>
    public void Add(PoolOutput output, long count, bool isFirst = true)
    {
        bytes.Add(output, type, count);
        audit?.Add(
            new AuditCountKey(caller, AuditAct.Output, AuditQualities.Of(output), AuditOutcome.Done, Status: 0),
            new AuditSum(isFirst ? 1 : 0, count)
        );
    }
}
