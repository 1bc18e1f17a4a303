using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class StartFailureTests
{
    [Fact]
    public void Describe_AddressInUse_NamesTheAddressAndTheOption()
    {
        var exception = new IOException(
            "Failed to bind to address http://127.0.0.1:8042: address already in use.",
            new AddressInUseException("Address already in use")
        );

        Assert.Equal("http://127.0.0.1:8042 is already in use: choose another with --port", StartFailure.Describe(exception));
    }

    [Fact]
    public void Describe_EngineRefusesAnOption_NamesTheKey() =>
        Assert.Equal(
            "OpenEntropy:Sources:Enabled: nothing is named x",
            StartFailure.Describe(new EntropyConfigurationException("OpenEntropy:Sources:Enabled", "nothing is named x"))
        );

    [Fact]
    public void Describe_PrivilegedPort_NamesTheOption() =>
        Assert.Contains("--port", StartFailure.Describe(new SocketException((int)SocketError.AccessDenied)), StringComparison.Ordinal);

    [Fact]
    public void DescribeListening_AddressOfAnotherMachine_NamesIt() =>
        Assert.StartsWith(
            "cannot listen on http://10.99.99.99:8042: ",
            StartFailure.DescribeListening(new SocketException((int)SocketError.AddressNotAvailable), "http://10.99.99.99:8042"),
            StringComparison.Ordinal
        );

    [Fact]
    public void IsTold_UnforeseenException_KeepsItsStackTrace()
    {
        Assert.False(StartFailure.IsTold(new InvalidOperationException("a defect")));
        Assert.False(StartFailure.IsTold(exception: null));
    }
}
