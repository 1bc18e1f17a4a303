using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OpenEntropy.SelfTests;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.SelfTests;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests.SelfTests;

public sealed class SelfTestTests : IAsyncLifetime
{
    private readonly EntropyPool _pool = new(new EntropyPoolOptions { Sources = { Enabled = "hardware_trng.tpm" } });
    private readonly SelfTestBoard _board = new();
    private bool _isBroken;
    private bool _isKeyBroken;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _pool.DisposeAsync();

    [Fact]
    public async Task Get_AfterTheStart_AllThatGateOutputHavePassedAndNoAlgorithmWasLoaded()
    {
        await using var factory = new ServerFactory();
        using var client = factory.CreateClient();

        var (status, body) = await client.JsonAsync("/self-tests");

        Assert.Equal((HttpStatusCode.OK, true), (status, body.GetProperty("passed").GetBoolean()));
        var tests = body.GetProperty("tests").EnumerateArray().ToList();
        Assert.Contains(tests, test => test.Text("name") == "ctr-drbg");
        Assert.All(tests, test => Assert.NotEmpty(test.Text("standard")));
        Assert.All(tests, test => Assert.Equal(test.Text("gates") == "output" ? "passed" : "not_run", test.Text("outcome")));
        Assert.Equal(4, tests.Count(test => test.Text("gates") == "bundles"));
    }

    [Fact]
    public async Task Post_RunsEveryTestAndTellsHowLongEachTook()
    {
        await using var factory = new ServerFactory();
        using var client = factory.CreateClient();

        using var answer = await client.PostAsync(new Uri("/self-tests", UriKind.Relative), content: null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.All(
            document.RootElement.GetProperty("tests").EnumerateArray(),
            test =>
            {
                Assert.Equal("passed", test.Text("outcome"));
                Assert.True(test.GetProperty("microseconds").GetDouble() > 0);
            }
        );
    }

    [Fact]
    public void RunForOutput_OneFails_StopsOutputUntilARunInWhichItPasses()
    {
        var desk = Desk();
        Assert.Null(desk.RunForOutput());
        _isBroken = true;

        const string Why = "nothing is given: the self-test broken failed (what was computed is not the known answer)";
        Assert.Equal(Why, desk.RunForOutput());

        Assert.Equal(
            (RefusalReason.SelfTestFailed, Why),
            (_pool.TryGetBytes(new byte[8])!.Reason, _pool.TryGetBytes(new byte[8])!.Message)
        );
        Assert.Equal(PoolState.Unhealthy, _pool.Status.State);
        Assert.Equal("broken", Assert.Single(_board.Failures).Name);
        _isBroken = false;
        Assert.Null(desk.RunForOutput());
        Assert.NotEqual(RefusalReason.SelfTestFailed, _pool.TryGetBytes(new byte[8])?.Reason);
        Assert.Empty(_board.Failures);
    }

    [Fact]
    public void RunAll_AnAlgorithmFails_StopsKeysAndNotOutput()
    {
        var keys = Keys();
        var desk = Desk(keys);
        Assert.Null(keys.WhyNot());
        _isKeyBroken = true;

        var outcomes = desk.RunAll();

        Assert.Equal("failed", outcomes.Single(test => test.Name == "ml-kem-768").Outcome);
        Assert.Equal("no key is made: the self-test ml-kem-768 failed (keys of a known seed)", keys.WhyNot());
        Assert.NotEqual(RefusalReason.SelfTestFailed, _pool.TryGetBytes(new byte[8])?.Reason);
        _isKeyBroken = false;
        desk.RunAll();
        Assert.Null(keys.WhyNot());
    }

    [Fact]
    public async Task PowerUp_OneFails_TheServiceDoesNotStart()
    {
        _isBroken = true;

        var refused = await Assert.ThrowsAsync<StartFailedException>(() => new PowerUpTests(Desk()).StartAsync(CancellationToken.None));

        Assert.Contains("the self-test broken failed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, StartFailure.Describe(refused));
    }

    [Fact]
    public void Mislead_TheGeneratorsTestAlone_Fails()
    {
        var desk = new SelfTestDesk(
            SelfTestSuite.Of(new EntropyPoolOptions()),
            Keys(),
            _board,
            _pool,
            TimeProvider.System,
            NullLogger<SelfTestDesk>.Instance
        );

        desk.Mislead(true);

        Assert.Equal("ctr-drbg", Assert.Single(_board.Failures).Name);
        Assert.Contains("drill (known-answer)", _pool.TryGetBytes(new byte[8])!.Message, StringComparison.Ordinal);
        desk.RunAll(); // whoever asks meanwhile is not told that all is well
        Assert.Equal("ctr-drbg", Assert.Single(_board.Failures).Name);
        desk.Mislead(false);
        Assert.Empty(_board.Failures);
    }

    private BundleSelfTests Keys() => new(() => [new CheckBody("ml-kem-768", !_isKeyBroken, "keys of a known seed")]);

    private SelfTestDesk Desk(BundleSelfTests? keys = null) =>
        new(
            new SelfTestSuite([
                new KnownAnswerTest("sound", "none", "01", static () => [1]),
                new KnownAnswerTest("broken", "none", "02", () => _isBroken ? [3] : [2]),
            ]),
            keys ?? Keys(),
            _board,
            _pool,
            TimeProvider.System,
            NullLogger<SelfTestDesk>.Instance
        );
}
