using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;

namespace OpenEntropy.Server.Hosting;

/// <summary>Turns what stops a start into the lines an operator can act on.</summary>
internal static class StartFailure
{
    /// <summary>The lines, or null for an exception nobody foresaw, which deserves its stack trace.</summary>
    /// <param name="exception">What was thrown.</param>
    public static string? Describe(Exception exception) =>
        exception switch
        {
            StartFailedException or EntropyConfigurationException => exception.Message,
            IOException { InnerException: AddressInUseException } => $"{Address(exception)} is already in use: choose another with --port",
            SocketException socket => DescribeListening(socket, addresses: null),
            FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or CryptographicException =>
                exception.Message,
            FormatException or IOException or InvalidOperationException when IsFromKestrel(exception) => exception.Message,
            _ => null,
        };

    /// <summary>The line for an address that the system refuses.</summary>
    /// <param name="exception">Its refusal.</param>
    /// <param name="addresses">Where the service should listen; null where they come from Kestrel's own section.</param>
    public static string DescribeListening(SocketException exception, string? addresses)
    {
        var where = addresses ?? "an address of Kestrel:Endpoints";
        return exception.SocketErrorCode == SocketError.AccessDenied
            ? $"{where} needs a privilege this process lacks: choose a port above 1023 with --port"
            : $"cannot listen on {where}: {exception.Message}; OpenEntropy:Server:Host (--host) takes an address of this machine";
    }

    /// <summary>Whether the exception is told by <see cref="Describe"/>, so that the framework's own report of it, with a stack trace, can be left out.</summary>
    /// <param name="exception">The exception of a log event; null for none.</param>
    public static bool IsTold(Exception? exception) => exception is not null && Describe(exception) is not null;

    // Kestrel reports configuration it cannot use (an unknown certificate, an unparsable URL, port 0 on localhost) by these types.
    private static bool IsFromKestrel(Exception exception) =>
        exception.Source?.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) == true
        || exception.Source?.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal) == true;

    private static string Address(Exception exception)
    {
        // "Failed to bind to address http://127.0.0.1:8042: address already in use."
        var start = exception.Message.IndexOf("http", StringComparison.Ordinal);
        var end = exception.Message.IndexOf(": ", Math.Max(start, 0), StringComparison.Ordinal);
        return start >= 0 && end > start ? exception.Message[start..end] : "the address";
    }
}
