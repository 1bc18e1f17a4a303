using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests;

/// <summary>Faults, which must not look like a verdict.</summary>
public sealed class OpenEntropyCommandTests
{
    public static TheoryData<Exception, string> Faults =>
        new()
        {
            { new InsufficientMemoryException(), "openentropy: The memory does not suffice for this." },
            { new AggregateException(new InsufficientMemoryException()), "openentropy: The memory does not suffice for this." },
            { new OverflowException("Too\nmuch."), "openentropy: This is a fault of the program (OverflowException): Too much." },
            { new InvalidOperationException("No."), "openentropy: This is a fault of the program (InvalidOperationException): No." },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Run_AnUnexpectedException_IsOneLineAndACodeOfItsOwn(Exception fault, string line)
    {
        using var error = new StringWriter();
        var console = new CommandConsole(() => throw fault, () => Stream.Null, error, ShowsProgress: false);

        Assert.Equal(ExitCodes.Fault, await OpenEntropyCommand.RunAsync(["analyze", "-"], console, CancellationToken.None));
        Assert.Equal(line + Environment.NewLine, error.ToString());
    }
}
