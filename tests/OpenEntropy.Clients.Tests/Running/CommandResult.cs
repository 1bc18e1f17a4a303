using System.Text;

namespace OpenEntropy.Clients.Tests.Running;

/// <summary>What a program did.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Output">Its standard output, as it is.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record CommandResult(int ExitCode, byte[] Output, string Error)
{
    /// <summary>The standard output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);
}
