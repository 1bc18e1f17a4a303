using OpenEntropy.SelfTests;

namespace OpenEntropy.Server.SelfTests;

/// <summary>The self-tests that gate output.</summary>
/// <param name="tests">The tests.</param>
internal sealed class SelfTestSuite(IReadOnlyList<KnownAnswerTest> tests)
{
    private Task<SelfTestBody[]>? _begun;

    /// <summary>The engine's and the service's own.</summary>
    /// <param name="options">Name the conditioner's hash.</param>
    public static SelfTestSuite Of(EntropyPoolOptions options) =>
        new([.. EngineSelfTests.All(options.Conditioning.Hash), .. ServiceSelfTests.All]);

    /// <summary>Begins to run them on another thread, while the rest of the service is put together; where there is one processor, it does not.</summary>
    /// <param name="time">The clock.</param>
    public SelfTestSuite Begin(TimeProvider time)
    {
        if (Environment.ProcessorCount > 1)
        {
            _begun = Task.Run(() => RunAll(isMisled: false, time.GetUtcNow()));
        }

        return this;
    }

    /// <summary>The outcomes: of the run that was begun, where that was not asked for yet, otherwise of one of now.</summary>
    /// <param name="isMisled">Whether the generator's test is compared with a wrong answer.</param>
    /// <param name="time">The clock.</param>
    public SelfTestBody[] Run(bool isMisled, TimeProvider time) =>
        !isMisled && Interlocked.Exchange(ref _begun, null) is { } begun
            ? begun.GetAwaiter().GetResult()
            : RunAll(isMisled, time.GetUtcNow());

    private SelfTestBody[] RunAll(bool isMisled, DateTimeOffset now) =>
        [.. tests.Select(test => SelfTestOutcomes.Run(test, isMisled && test.Name == EngineSelfTests.Generator, now))];
}
