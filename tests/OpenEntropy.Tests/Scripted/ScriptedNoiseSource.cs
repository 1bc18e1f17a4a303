using OpenEntropy.Noise;

namespace OpenEntropy.Tests.Scripted;

/// <summary>A noise source that emits what it is told and fails when it is told.</summary>
/// <param name="name">Its name.</param>
/// <param name="script">The sample at each position; null: a fixed sequence that passes every test.</param>
internal sealed class ScriptedNoiseSource(string name, Func<long, byte>? script = null) : NoiseSource
{
    private readonly Func<long, byte> _script = script ?? Lively;
    private long _position;

    public double Claim { get; init; } = 1.0 / 3;

    public double? TestEntropy { get; init; }

    public NoiseOrigin Origin { get; init; } = NoiseOrigin.Measured;

    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    public bool MayBeSilent { get; init; }

    public string? Unavailable { get; set; }

    public string? SharesCredit { get; init; }

    public bool Private { get; init; }

    /// <summary>While set, a collection does not return.</summary>
    public ManualResetEventSlim? Hang { get; set; }

    /// <summary>Called at the beginning (true) and at the end (false) of each collection of samples.</summary>
    public Action<bool>? Busy { get; set; }

    /// <summary>While set, an opening does not return.</summary>
    public ManualResetEventSlim? OpenHang { get; set; }

    /// <summary>While set, a closing does not return.</summary>
    public ManualResetEventSlim? CloseHang { get; set; }

    /// <summary>Called when somebody asks whether the machine has it, before the answer is given.</summary>
    public Action? Looked { get; set; }

    /// <summary>While set, looking whether the machine has it does not return.</summary>
    public ManualResetEventSlim? LookHang { get; set; }

    /// <summary>The most samples one collection writes.</summary>
    public int AtMost { get; set; } = int.MaxValue;

    /// <summary>While set, a collection says that it wrote so many samples.</summary>
    public int? Count { get; set; }

    /// <summary>While set, a collection throws it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>While set, an opening throws it.</summary>
    public Exception? OpenFailure { get; set; }

    /// <summary>While set, looking whether the machine has it throws it.</summary>
    public Exception? LookFailure { get; init; }

    /// <summary>Replaces the script from the next collection on.</summary>
    public Func<long, byte>? Override { get; set; }

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public long Position => Interlocked.Read(ref _position);

    public override NoiseSourceInfo Info =>
        new()
        {
            Name = name,
            Category = NoiseCategory.Novel,
            Mechanism = "A script.",
            Origin = Origin,
            ClaimedMinEntropy = Claim,
            ClaimBasis = "none: it is a script",
            TestMinEntropy = TestEntropy,
            MayBeSilent = MayBeSilent,
            Deadline = Deadline,
            SharesCredit = SharesCredit,
            Private = Private,
        };

    /// <summary>A multiplicative walk over all byte values: no run, no straight line, no value in favour.</summary>
    public static byte Lively(long position)
    {
        var x = (ulong)position * 0x9E3779B97F4A7C15;
        x ^= x >> 29;
        x *= 0xBF58476D1CE4E5B9;
        return (byte)(x >> 56);
    }

    public override string? WhyUnavailable()
    {
        Looked?.Invoke();
        LookHang?.Wait();
        return LookFailure is null ? Unavailable : throw LookFailure;
    }

    protected internal override void Open()
    {
        Opened++;
        OpenHang?.Wait();
        if (OpenFailure is { } failure)
            throw failure;
    }

    protected internal override int Collect(Span<byte> samples)
    {
        Hang?.Wait();
        if (Failure is { } failure)
            throw failure;
        Busy?.Invoke(true);
        var next = Override ?? _script;
        samples = samples[..Math.Min(samples.Length, AtMost)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = next(_position++);
        Busy?.Invoke(false);
        return Count ?? samples.Length;
    }

    protected internal override void Close()
    {
        CloseHang?.Wait();
        Closed++;
    }
}
