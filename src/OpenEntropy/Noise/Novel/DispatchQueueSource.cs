using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise.Novel;

/// <summary>
/// The time of a hand-off to another thread and back.
/// <para>
/// <b>Measured.</b> This thread signals an event on which its partner waits, and waits for the partner's signal. Both waits block in the kernel
/// without spinning first, so each round trip holds two wake-ups.
/// </para>
/// <para>
/// <b>Why it varies.</b> The scheduler's choice of processor, the inter-processor interrupt (a trip to the hypervisor in a virtual machine), the
/// way out of the idle state, and whatever else is ready to run.
/// </para>
/// <para>
/// <b>Who could know or steer it.</b> A local user can watch scheduler statistics of the process and load the processors, which lengthens and
/// spreads the times. The hypervisor sees every exit. With one processor the two threads share it, and the round trip is shorter and more regular.
/// </para>
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Close disposes the events; a source can be opened again.")]
internal sealed class DispatchQueueSource : NoiseSource
{
    private const int WarmUpSamples = 500;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(400);

    private AutoResetEvent? _question;
    private AutoResetEvent? _answer;
    private Thread? _partner;
    private volatile bool _stopping;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "dispatch_queue",
            Category = NoiseCategory.Novel,
            Mechanism =
                "Time of a hand-off to a waiting thread and back. The scheduler, the processors' idle states and their load vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 7.375 / 8),
            ClaimBasis = "An eighth of 7.375 bits, the assessment of a thread hand-off (1,000,000 samples), and at most 1/3",
            Threads = 2,
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _question = new AutoResetEvent(initialState: false);
        _answer = new AutoResetEvent(initialState: false);
        _stopping = false;
        _partner = new Thread(Answer) { IsBackground = true, Name = "dispatch_queue partner" };
        _partner.Start();
        Span<byte> discarded = stackalloc byte[WarmUpSamples];
        _ = Collect(discarded);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Collect(Span<byte> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var start = Counter.Read();
            _ = _question!.Set();
            if (!_answer!.WaitOne(AnswerLimit)) // the partner-alive check
                throw new NoiseSourceException($"The partner thread did not answer within {AnswerLimit.TotalMilliseconds} ms.");
            samples[i] = Counter.Digitize(Counter.Read() - start); // digitization: the low byte of the delta in steps of the counter
        }

        return samples.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (!StopPartner())
            return; // it hangs and still holds the events: the finalizer frees them when it ends
        _question?.Dispose();
        _answer?.Dispose();
    }

    /// <summary>Ends the partner thread.</summary>
    /// <returns>False when it has not ended within the time an answer may take.</returns>
    internal bool StopPartner()
    {
        _stopping = true;
        _ = _question?.Set();
        return _partner is null || !_partner.IsAlive || _partner.Join(AnswerLimit);
    }

    private void Answer()
    {
        var (question, answer) = (_question!, _answer!);
        while (question.WaitOne() && !_stopping)
            _ = answer.Set();
    }
}
