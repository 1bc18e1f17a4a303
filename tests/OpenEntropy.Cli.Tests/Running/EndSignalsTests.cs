using System.Runtime.InteropServices;
using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Running;

public sealed class EndSignalsTests
{
    [Fact]
    public void Take_TheFirstSignal_AsksAndTheSecondIsLeftToTheSystem()
    {
        using var signals = new EndSignals();
        var (first, second) = (new PosixSignalContext(PosixSignal.SIGINT), new PosixSignalContext(PosixSignal.SIGTERM));

        signals.Take(first, 2);
        signals.Take(second, 15);

        Assert.Equal((true, false, 130), (first.Cancel, second.Cancel, signals.ExitCode));
        Assert.True(signals.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(60)));
    }

    /// <summary>A handler under way is not waited for: an exception in it would abort a program that ended well.</summary>
    [Fact]
    public void Take_AfterTheEnd_IsNoFailure()
    {
        var signals = new EndSignals();
        signals.Dispose();

        signals.Take(new PosixSignalContext(PosixSignal.SIGTERM), 15);

        Assert.Equal(143, signals.ExitCode);
    }
}
