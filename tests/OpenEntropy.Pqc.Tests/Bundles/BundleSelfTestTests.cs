using System.Security.Cryptography;
using OpenEntropy.Pqc.Bundles;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Bundles;

public sealed class BundleSelfTestTests
{
    [Fact]
    public void Run_ThisProcess_Passes()
    {
        var checks = BundleSelfTest.Run();

        Assert.All(checks, check => Assert.True(check.Ok, check.ToString()));
        Assert.Equal(["ml-kem-768", "ml-dsa-65", "falcon-512", "kyber512-round3"], checks.Select(check => check.Name));
    }

    public static TheoryData<Exception> Failures =>
        [
            new CryptographicException("wrong"),
            new OverflowException(),
            new DllNotFoundException("no library"),
            new PlatformNotSupportedException(),
            new InvalidOperationException(),
        ];

    [Theory]
    [MemberData(nameof(Failures))]
    public void Try_WhateverIsThrown_IsAFailure(Exception failure)
    {
        var check = BundleSelfTest.Try("name", "what is tried", () => throw failure);

        Assert.False(check.Ok);
        Assert.Equal($"what is tried: {failure.GetType().Name}", check.Detail);
    }

    [Fact]
    public void Try_False_IsAFailure() => Assert.False(BundleSelfTest.Try("name", "what is tried", () => false).Ok);
}
