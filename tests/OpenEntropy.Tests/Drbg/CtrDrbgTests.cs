using FsCheck;
using FsCheck.Fluent;
using OpenEntropy.Drbg;
using OpenEntropy.Pool;
using Xunit;

namespace OpenEntropy.Tests.Drbg;

public sealed class CtrDrbgTests
{
    public static TheoryData<string> Ways => Aes256CounterTests.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public void Generate_EveryLength_EqualsTheReference(string way)
    {
        using var drbg = Instantiated(way);
        var reference = new ReferenceCtrDrbg(Bytes(48, 1), Bytes(48, 2));
        foreach (var length in Enumerable.Range(0, 301).Append(4097).Append(65_535).Append(65_536))
        {
            var additional = Bytes(length % 49, length);
            var output = new byte[length];
            drbg.Generate(output, additional);
            Assert.Equal(reference.Generate(length, additional), output);
        }
    }

    /// <summary>Any order of calls, any lengths: a number below 0 is a reseed, the others are a generate call of that many bytes.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void AnyCalls_InAnyOrder_EqualTheReference(string way) =>
        Prop.ForAll(
                Gen.Choose(-50, 600).ListOf().ToArbitrary(),
                calls =>
                {
                    using var drbg = Instantiated(way);
                    var reference = new ReferenceCtrDrbg(Bytes(48, 1), Bytes(48, 2));
                    foreach (var call in calls)
                    {
                        var additional = Bytes(Math.Abs(call) % 49, call);
                        if (call < 0)
                        {
                            drbg.Reseed(Bytes(48, call), additional);
                            reference.Reseed(Bytes(48, call), additional);
                            continue;
                        }
                        var output = new byte[call];
                        drbg.Generate(output, additional);
                        if (!output.AsSpan().SequenceEqual(reference.Generate(call, additional)))
                            return false;
                    }
                    return true;
                }
            )
            .QuickCheckThrowOnFailure();

    /// <summary>V is set so that the carry, or the wrap, falls within the output of one generate call.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Generate_CarryWithinTheOutput_EqualsBlocksEncryptedOneByOne(string way)
    {
        string[] starts =
        [
            "00000000000000007FFFFFFFFFFFFFF0",
            "0000000000000000FFFFFFFFFFFFFFF0",
            "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFF0",
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF0",
        ];
        foreach (var start in starts)
        {
            var memory = new LockedMemory(CtrDrbg.StateBytes);
            using var drbg = Instantiated(way, memory);
            var v = Convert.FromHexString(start);
            v.CopyTo(memory.Span[CtrDrbg.VOffset..]);
            var expected = ReferenceCtrDrbg.CounterBlocks(memory.Span[..32].ToArray(), v, 40);
            var output = new byte[40 * 16];
            drbg.Generate(output, []);
            Assert.Equal(expected, output);
        }
    }

    /// <summary>Backtracking resistance: what made the output is nowhere in the state, and the state does not make it again.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Generate_StateCapturedAfterwards_HoldsNothingThatMadeTheOutput(string way)
    {
        var memory = new LockedMemory(CtrDrbg.StateBytes);
        using var drbg = Instantiated(way, memory);
        var reference = new ReferenceCtrDrbg(Bytes(48, 1), Bytes(48, 2));
        var keyBefore = reference.Key;
        var additional = Bytes(32, 3);
        var output = new byte[100];
        drbg.Generate(output, additional);
        Assert.Equal(reference.Generate(100, additional), output);
        var captured = memory.Span.ToArray();

        // The capture is the state: its key and V are the ones that make the next output.
        Assert.Equal(reference.Key, captured[..32]);
        Assert.Equal(reference.V, captured[CtrDrbg.VOffset..(CtrDrbg.VOffset + 16)]);
        byte[][] gone = [keyBefore, reference.OutputKey, reference.OutputV, additional, output[..16], output[96..]];
        foreach (var secret in gone.Select(secret => secret[..Math.Min(secret.Length, 16)]))
            Assert.Equal(-1, captured.AsSpan().IndexOf(secret.AsSpan()));
        Assert.Equal(-1, captured.AsSpan(CtrDrbg.InputOffset).IndexOfAnyExcept((byte)0));
        Assert.NotEqual(output[..16], ReferenceCtrDrbg.CounterBlocks(captured[..32], reference.OutputV, 1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Generate_OfACloneWithOtherAdditionalInput_DiffersWhileTheSameInputRepeats(string way)
    {
        using var original = Instantiated(way);
        using var clone = new CtrDrbg(Aes256CounterTests.Way(way));
        using var replay = new CtrDrbg(Aes256CounterTests.Way(way));
        original.CopyStateTo(clone);
        original.CopyStateTo(replay);
        byte[] first = new byte[64];
        byte[] second = new byte[64];
        byte[] third = new byte[64];
        original.Generate(first, Bytes(32, 3));
        clone.Generate(second, Bytes(32, 4));
        replay.Generate(third, Bytes(32, 3));
        Assert.NotEqual(first, second);
        Assert.Equal(first, third); // so the copy was whole, and the additional input alone made the difference
    }

    [Fact]
    public void Reseed_OfAClone_PartsItsOutputFromTheOriginal()
    {
        using var original = Instantiated();
        using var clone = new CtrDrbg();
        original.CopyStateTo(clone);
        original.Reseed(Bytes(48, 5), []);
        byte[] first = new byte[64];
        byte[] second = new byte[64];
        original.Generate(first, []);
        clone.Generate(second, []);
        Assert.NotEqual(first, second);
    }

    [IntrinsicFact]
    public void Generate_WithTheIntrinsicWay_AllocatesNothing()
    {
        using var drbg = Instantiated();
        var output = new byte[65_536];
        var additional = new byte[32];
        OsRandom.Fill(additional);
        drbg.Generate(output, additional);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < 10; call++)
        {
            OsRandom.Fill(additional);
            drbg.Generate(output.AsSpan(0, 65_536 - call), additional);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static byte[] Bytes(int length, int label) => Aes256CounterTests.Bytes(length, label);

    private static CtrDrbg Instantiated(string? way = null, LockedMemory? memory = null)
    {
        var drbg = new CtrDrbg(way is null ? null : Aes256CounterTests.Way(way), memory);
        drbg.Instantiate(Bytes(48, 1), Bytes(48, 2));
        return drbg;
    }

    /// <summary>A fact about the intrinsic way, skipped where the processor does not have it.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class IntrinsicFactAttribute : FactAttribute
    {
        public IntrinsicFactAttribute() => Skip = IntrinsicAes256Counter.IsSupported ? null : "The processor has no AES instructions";
    }
}
