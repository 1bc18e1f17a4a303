using System.Diagnostics;
using System.Net;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Network;
using Xunit;

namespace OpenEntropy.Tests.Noise.Network;

public sealed class DnsTimingSourceTests : IDisposable
{
    private const string Section = "OpenEntropy:Sources:Settings:dns_timing:";
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan s_ample = TimeSpan.FromSeconds(20);

    private DnsTimingSource? _source;

    public void Dispose() => _source?.Close();

    [Fact]
    public void WhyUnavailable_NoServer_NamesTheKeyAndNothingIsOpened()
    {
        var source = new DnsTimingSource(Context());

        Assert.Equal($"no name server is configured: set {Section}Server", source.WhyUnavailable());
        Assert.Contains("Server", Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
        source.Close();
    }

    [Fact]
    public void Info_Always_ClaimsNothingAndWaitsToBeAsked()
    {
        var info = new DnsTimingSource(Context()).Info;

        Assert.Equal((0.0, true), (info.ClaimedMinEntropy, info.OptIn));
        Assert.Equal(["Server", "Name", "QueriesPerSecond"], info.Settings.Select(setting => setting.Name));
    }

    [Fact]
    public void Collect_RightAnswers_GivesOneSampleEach()
    {
        using var resolver = new LoopbackResolver(query => [LoopbackResolver.Answer(query)]);
        var source = Open(resolver.EndPoint, s_ample);

        Fill(source, 10);

        Assert.Equal(10, resolver.Queries.Count);
        Assert.Equal(Enumerable.Range(1, 10), resolver.Queries.Select(query => (query[0] << 8) | query[1]));
        Assert.Equal(0, source.Ignored);
    }

    [Fact]
    public void Collect_SteadyState_AllocatesNothing()
    {
        using var resolver = new LoopbackResolver(query => [LoopbackResolver.Answer(query)]);
        var source = Open(resolver.EndPoint, s_ample);
        var samples = new byte[4];
        Fill(source, 8);

        // What the runtime sets up the first time that a path is taken, say a late answer's, is not of the steady state.
        var least = long.MaxValue;
        for (var round = 0; round < 5 && least != 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var count = source.Collect(samples);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.InRange(count, 1, samples.Length);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Collect_QueriesPerSecond_KeepsThePaceAcrossOpenings()
    {
        using var resolver = new LoopbackResolver(query => [LoopbackResolver.Answer(query)]);
        var source = Open(resolver.EndPoint, s_ample, ("QueriesPerSecond", "20"));
        var start = Stopwatch.GetTimestamp();

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(1, source.Collect(new byte[1]));
            source.Close();
            source.Open();
        }

        // Four queries are three pauses apart.
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(150), TimeSpan.MaxValue);
    }

    [Fact]
    public void Collect_WrongIdForeignQuestionAndGarbageFirst_AreIgnoredAndTheAnswerCounts()
    {
        using var resolver = new LoopbackResolver(query =>
            [
                LoopbackResolver.AnswerToAnother(query),
                LoopbackResolver.Answer(DnsMessage.Query("elsewhere.example")!),
                query, // echoed, hence no response
                [],
                [1, 2, 3],
                LoopbackResolver.Answer(query)[..^1],
                new byte[700],
                LoopbackResolver.Answer(query),
            ]
        );
        var source = Open(resolver.EndPoint, s_ample);

        Assert.Equal(1, source.Collect(new byte[1]));

        Assert.Equal(7, source.Ignored);
    }

    [Fact]
    public void Collect_LateAnswer_IsNotTakenForTheNextOne()
    {
        // Each query is answered when the next one comes, and that one at once.
        byte[]? earlier = null;
        using var resolver = new LoopbackResolver(query =>
        {
            var answers = earlier is null ? new List<byte[]>() : [LoopbackResolver.Answer(earlier), LoopbackResolver.Answer(query)];
            earlier = query;
            return answers;
        });
        var source = Open(resolver.EndPoint, TimeSpan.FromSeconds(2));

        Assert.Equal(1, source.Collect(new byte[1]));

        // Where the resolver was kept waiting itself, one more is asked and another comes late.
        Assert.InRange(resolver.Queries.Count, 2, 3);
        Assert.InRange(source.Ignored, 1, 3);
    }

    [Fact]
    public void Collect_AnswerComesTwice_TheSecondIsIgnored()
    {
        using var resolver = new LoopbackResolver(query => [LoopbackResolver.Answer(query), LoopbackResolver.Answer(query)]);
        var source = Open(resolver.EndPoint, s_ample);

        Fill(source, 3);

        Assert.InRange(source.Ignored, 2, 3); // the last one's second may still be under way
    }

    [Fact]
    public void Collect_AnswersFromAnotherPort_CountAsNone()
    {
        using var resolver = new LoopbackResolver(query => [LoopbackResolver.Answer(query)]) { FromAnotherPort = true };
        var source = Open(resolver.EndPoint, s_short);

        var message = Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1])).Message;

        Assert.Equal($"{resolver.EndPoint} left 3 queries in a row unanswered for 0.03 s each; 0 packets answered nothing asked", message);
    }

    [Fact]
    public void Collect_OnlyWrongIds_ThrowsAndCountsThem()
    {
        using var resolver = new LoopbackResolver(query => [LoopbackResolver.AnswerToAnother(query)]);
        var source = Open(resolver.EndPoint, TimeSpan.FromMilliseconds(300));

        var message = Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1])).Message;

        Assert.Matches("; [1-3] packets answered nothing asked$", message);
    }

    [Fact]
    public void Collect_ResolverFallsSilent_ThrowsWithinTheDeadlineAndWorksWhenReopened()
    {
        var answers = true;
        using var resolver = new LoopbackResolver(query => Volatile.Read(ref answers) ? [LoopbackResolver.Answer(query)] : []);
        var source = Open(resolver.EndPoint, TimeSpan.FromMilliseconds(500));
        Assert.Equal(1, source.Collect(new byte[1]));

        Volatile.Write(ref answers, false);
        var start = Stopwatch.GetTimestamp();
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, source.Info.Deadline);
        source.Close();

        Volatile.Write(ref answers, true);
        source.Open();
        Assert.Equal(1, source.Collect(new byte[1]));
    }

    [Fact]
    public void Collect_OneAnswerLost_GoesOn()
    {
        var queries = 0;
        using var resolver = new LoopbackResolver(query => ++queries > 1 ? [LoopbackResolver.Answer(query)] : []);
        var source = Open(resolver.EndPoint, TimeSpan.FromSeconds(2));

        Fill(source, 3);

        Assert.InRange(resolver.Queries.Count, 4, int.MaxValue); // more where the resolver was kept waiting itself
    }

    [Fact]
    public void Collect_NobodyListens_ThrowsAndNamesTheServer()
    {
        IPEndPoint gone;
        using (var closed = new LoopbackResolver(_ => []))
            gone = closed.EndPoint;
        var source = Open(gone, s_ample);

        Assert.Equal($"nobody answers queries at {gone}", Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1])).Message);
    }

    [Fact]
    public void Collect_ServerRefuses_ThrowsTheCode()
    {
        using var resolver = new LoopbackResolver(query => [LoopbackResolver.Answer(query, code: 5)]);
        var source = Open(resolver.EndPoint, s_ample);

        Assert.Equal(
            $"{resolver.EndPoint} answers with response code 5",
            Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1])).Message
        );
    }

    [Fact]
    public void Collect_NotOpen_Throws()
    {
        _source = new DnsTimingSource(Context(("Server", "127.0.0.1")));

        Assert.Throws<NoiseSourceException>(() => _source.Collect(new byte[1]));
    }

    [Theory]
    [InlineData("192.0.2.53", "192.0.2.53:53")]
    [InlineData("192.0.2.53:5353", "192.0.2.53:5353")]
    [InlineData("2001:db8::53", "[2001:db8::53]:53")]
    [InlineData("[2001:db8::53]:5353", "[2001:db8::53]:5353")]
    [InlineData("127.0.0.53", "127.0.0.53:53")]
    public void Parse_Address_GivesTheEndPoint(string text, string expected) =>
        Assert.Equal(expected, DnsResolver.Parse("key", text).ToString());

    [Theory]
    [InlineData("Server", "")]
    [InlineData("Server", "localhost")]
    [InlineData("Server", "dns.example:53")]
    [InlineData("Server", "1")]
    [InlineData("Server", "0x7f.1:53")]
    [InlineData("Server", "192.0.2.53:")]
    [InlineData("Server", "192.0.2.53:0")]
    [InlineData("Server", "192.0.2.53:65536")]
    [InlineData("Server", "192.0.2.53:+53")]
    [InlineData("Server", "[192.0.2.53]:53")]
    [InlineData("Server", "[2001:db8::53]")]
    [InlineData("Server", "[[2001:db8::53]]:53")]
    [InlineData("Server", "0.0.0.0")]
    [InlineData("Server", "::")]
    [InlineData("Server", "224.0.0.251")]
    [InlineData("Server", "255.255.255.255:53")]
    [InlineData("Server", "ff02::fb")]
    [InlineData("Name", "")]
    [InlineData("Name", "..")]
    [InlineData("Name", "a..b")]
    [InlineData("Name", "exa mple")]
    [InlineData("Name", "exämple")]
    [InlineData("Name", "a234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("QueriesPerSecond", "0")]
    [InlineData("QueriesPerSecond", "101")]
    [InlineData("QueriesPerSecond", "2.5")]
    [InlineData("QueriesPerSecond", "-1")]
    public void Constructor_BadSetting_ThrowsAndNamesTheKey(string setting, string value)
    {
        var exception = Assert.Throws<EntropyConfigurationException>(() => new DnsTimingSource(Context((setting, value))));

        Assert.Equal(Section + setting, exception.Key);
    }

    [LinuxFact]
    public void Close_AThousandTimesOpened_LeavesNothingOpen()
    {
        using var resolver = new LoopbackResolver(query => [LoopbackResolver.Answer(query)]);
        var source = Open(resolver.EndPoint, s_ample);
        Fill(source, 1);
        source.Close();
        var before = OpenFiles.CountOfKind("socket:");
        for (var round = 0; round < 1000; round++)
        {
            source.Open();
            source.Close();
        }

        Assert.InRange(OpenFiles.CountOfKind("socket:"), 0, before + 100); // other tests have some
    }

    private DnsTimingSource Open(IPEndPoint server, TimeSpan timeOut, params (string, string)[] settings)
    {
        _source = new DnsTimingSource(Context([("QueriesPerSecond", "100"), .. settings, ("Server", server.ToString())]), timeOut);
        Assert.Null(_source.WhyUnavailable());
        _source.Open();
        return _source;
    }

    private static void Fill(DnsTimingSource source, int count) => CatalogFixture.Fill(source, new byte[count]);

    private static NoiseContext Context(params (string Name, string Value)[] settings)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings)
            values[$"dns_timing:{name}"] = value;
        return new NoiseContext("/", values);
    }
}
