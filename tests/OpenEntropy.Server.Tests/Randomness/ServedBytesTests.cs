using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class ServedBytesTests
{
    private static readonly PoolOutput[] s_outputs = [PoolOutput.Drbg, PoolOutput.Limited, PoolOutput.Raw];

    [Fact]
    public void All_NothingServed_HasEveryPairThatGoesTogetherAtZero()
    {
        var all = new ServedBytes().All.ToList();

        Assert.Equal(27, all.Count);
        Assert.Equal(27, all.Select(each => (each.Quality, each.Type)).Distinct().Count());
        Assert.All(all, each => Assert.Equal(0, each.Bytes));
        Assert.Equal(
            ["uint8", "uint16", "hex8", "hex16", "bytes", "hex", "base64", "stream", "values", "bundle"],
            all.Where(each => each.Quality == "drbg").Select(each => each.Type)
        );
        Assert.DoesNotContain(all, each => each is { Quality: "raw", Type: "values" } or { Quality: not "drbg", Type: "bundle" });
    }

    [Fact]
    public void Add_EveryPairAnotherNumber_CountsEachByItself()
    {
        var served = new ServedBytes();
        var expected = new Dictionary<(string, string), long>();
        foreach (var output in s_outputs)
        {
            foreach (var type in Enum.GetValues<ServedType>())
            {
                var bytes = 1L << ((int)output * 12) << (int)type;
                served.As(type).Add(output, bytes);
                expected[(output.ToString().ToLowerInvariant(), type.ToString().ToLowerInvariant())] = bytes;
            }
        }

        Assert.All(served.All, each => Assert.Equal(expected[(each.Quality, each.Type)], each.Bytes));
    }

    [Fact]
    public void Add_Extracted_CountsAsRaw()
    {
        var served = new ServedBytes();

        served.Add(PoolOutput.VonNeumann, ServedType.Hex, 5);
        served.Add(PoolOutput.Raw, ServedType.Hex, 2);

        Assert.Equal(7, served.All.Single(each => each is { Quality: "raw", Type: "hex" }).Bytes);
    }

    [Fact]
    public void Add_ManyThreads_LosesNothing()
    {
        var served = new ServedBytes();

        Parallel.For(0, 20_000, _ => served.Add(PoolOutput.Drbg, ServedType.UInt8, 3));

        Assert.Equal(60_000, served.All.Sum(each => each.Bytes));
    }

    [Fact]
    public void Add_Warm_AllocatesNothing()
    {
        var served = new ServedBytes();
        served.As(ServedType.Bytes).Add(PoolOutput.Drbg, 1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            served.As(ServedType.Bytes).Add(PoolOutput.Drbg, 1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
