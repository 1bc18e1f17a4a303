using Xunit;

namespace OpenEntropy.Native.Tests;

/// <summary>What a child of fork(2) gets. The process pretends to be one, so that nothing else may run meanwhile.</summary>
[Collection(nameof(ForkedChildTests))]
public sealed class ForkedChildTests
{
    [Fact]
    public async Task EveryCall_InAnotherProcessThanTheFirst_GivesTheCodeAndZeros()
    {
        if (OperatingSystem.IsWindows())
            return; // there is no fork
        await using var pool = OpenedPool.Seeded();
        var parent = ForkedChild.Parent;
        try
        {
            ForkedChild.Parent = parent + 1;
            var buffer = HandleTests.Filled(64);
            Assert.Equal((int)ResultCode.Forked, Native.Bytes(pool.Handle, buffer));
            HandleTests.AssertZero(buffer);
            Assert.Equal((int)ResultCode.Forked, Native.Limited(pool.Handle, buffer = HandleTests.Filled(64)));
            HandleTests.AssertZero(buffer);
            Assert.Equal((int)ResultCode.Forked, Native.Raw(pool.Handle, "one"u8, buffer = HandleTests.Filled(64)));
            HandleTests.AssertZero(buffer);
            Native.TextCall[] texts =
            [
                Native.Version,
                Native.Detect,
                Native.Health(pool.Handle),
                Native.Sources(pool.Handle),
                Native.Assess("", [1, 2]),
            ];
            foreach (var text in texts)
            {
                Assert.Equal((int)ResultCode.Forked, Native.Into(text, buffer = HandleTests.Filled(64), out _));
                HandleTests.AssertZero(buffer);
            }

            Assert.Equal((int)ResultCode.Forked, Native.Open("{}"u8, out var handle));
            Assert.Equal(0UL, handle);
            Assert.Equal((int)ResultCode.Forked, Native.Close(pool.Handle));
            Assert.StartsWith("this process was forked", Native.Error(), StringComparison.Ordinal);
        }
        finally
        {
            ForkedChild.Parent = parent;
        }

        Assert.Equal(0, Native.Bytes(pool.Handle, new byte[32]));
    }
}

/// <summary>Runs its tests alone.</summary>
[CollectionDefinition(nameof(ForkedChildTests), DisableParallelization = true)]
public sealed class ForkedChildGroup;
