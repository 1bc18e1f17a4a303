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
/// <b>Who could know or steer it.</b> In a virtual machine the hypervisor sees every exit and decides when either processor runs. A container shares
/// the host's scheduler; where its quota leaves it one processor, the two threads share it, and the round trip is shorter and more regular. A
/// co-tenant who loads the processors lengthens and spreads the times. An attacker who is a local user can watch scheduler statistics of the process,
/// which count the hand-overs and do not time them; root can trace them.
/// </para>
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Close ends the partner; a source can be opened again.")]
internal sealed class DispatchQueueSource : MeasuredSource
{
    private const int WarmUpSamples = 100;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2); // long enough for a machine with many more threads than processors

    private Partner? _partner;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new NoiseSourceInfo
        {
            Name = "dispatch_queue",
            SharesCredit = "host",
            Category = NoiseCategory.Novel,
            Mechanism =
                "Time of a hand-off to a waiting thread and back. The scheduler, the processors' idle states and their load vary it.",
            ClaimedMinEntropy = Math.Min(1.0 / 3, 2.2 / 8),
            ClaimBasis =
                "An eighth of 2.2 bits, below the lowest of several assessments of handing a turn to another thread and back (2.416; 61,231 to 374,761 samples)",
            Threads = 2,
        }.ClaimedOnLinuxAlone(OperatingSystem.IsLinux());

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _partner = new Partner();
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var partner = _partner ?? throw new NoiseSourceException("there is no partner thread: the source is not open");
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            _ = partner.Question.Set();
            if (!partner.Answer.WaitOne(AnswerLimit)) // the partner-alive check
                throw new NoiseSourceException($"The partner thread did not answer within {AnswerLimit.TotalMilliseconds} ms.");
            values[i] = TickCounter.Read() - start;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _partner?.Stop();
        _partner = null;
    }

    /// <summary>Ends the partner thread while the source stays open.</summary>
    /// <returns>False when it has not ended in time.</returns>
    internal bool StopPartner() => _partner?.Stop() != false;

    /// <summary>
    /// One partner thread with its own events and its own order to stop: one that hangs past its source's closing still finds that order when it
    /// goes on, whatever a later opening started.
    /// </summary>
    internal sealed class Partner
    {
        private readonly Thread _thread;
        private volatile bool _stopping;

        /// <summary>A thread that answers.</summary>
        /// <param name="hang">For tests: the thread waits for it before it answers the first time.</param>
        public Partner(ManualResetEventSlim? hang = null)
        {
            _thread = new Thread(() => Run(hang)) { IsBackground = true, Name = "dispatch_queue partner" };
            _thread.Start();
        }

        /// <summary>Set to be answered.</summary>
        public AutoResetEvent Question { get; } = new(initialState: false);

        /// <summary>Set by the thread.</summary>
        public AutoResetEvent Answer { get; } = new(initialState: false);

        /// <summary>True until the thread has ended.</summary>
        public bool IsAlive => _thread.IsAlive;

        /// <summary>Tells the thread to end and waits for that. The events are freed by their finalizers: both threads may still hold them.</summary>
        /// <returns>False when it has not ended: it hangs, and will end when it goes on.</returns>
        public bool Stop()
        {
            _stopping = true;
            if (_thread.IsAlive)
                _ = Question.Set();
            return _thread.Join(EndLimit);
        }

        private void Run(ManualResetEventSlim? hang)
        {
            hang?.Wait();
            while (Question.WaitOne() && !_stopping)
                _ = Answer.Set();
        }
    }
}
