using System.Net;
using System.Net.Sockets;

namespace OpenEntropy.Server.Tests.Tls;

/// <summary>A ClientHello of TLS 1.2 and before (RFC 5246, 7.4.1.2) by hand, since no library of today sends one of an old version.</summary>
internal static class Hello
{
    /// <summary>A handshake record whose first message is a ServerHello.</summary>
    public const string IsAnswered = "record 22, message 2";

    /// <summary>The fatal alert protocol_version.</summary>
    public const string IsRefused = "record 21, alert 2 70";

    private static readonly byte[] s_random = [.. Enumerable.Range(1, 32).Select(each => (byte)each)];

    // ECDHE with an ECDSA key: two suites of 1.2, and two that 1.0 and 1.1 have as well.
    private static readonly byte[] s_suites = [0xC0, 0x2B, 0xC0, 0x2C, 0xC0, 0x09, 0xC0, 0x0A];

    private static readonly byte[] s_extensions =
    [
        .. new byte[] { 0, 10, 0, 4, 0, 2, 0, 23 }, // supported_groups: secp256r1
        .. new byte[] { 0, 11, 0, 2, 1, 0 }, // ec_point_formats: uncompressed
        .. new byte[] { 0, 13, 0, 6, 0, 4, 4, 3, 2, 3 }, // signature_algorithms: ECDSA with SHA-256, with SHA-1
    ];

    /// <summary>Sends one.</summary>
    /// <param name="port">Of loopback.</param>
    /// <param name="version">The minor one: 3 is TLS 1.2, 1 is TLS 1.0.</param>
    /// <returns>What the first record of the answer is.</returns>
    public static async Task<string> SendAsync(int port, byte version)
    {
        byte[] body =
        [
            3,
            version,
            .. s_random,
            0,
            .. Length(s_suites.Length),
            .. s_suites,
            1,
            0,
            .. Length(s_extensions.Length),
            .. s_extensions,
        ];
        byte[] message = [1, 0, .. Length(body.Length), .. body];
        byte[] record = [22, 3, Math.Min(version, (byte)1), .. Length(message.Length), .. message];

        using var limit = new CancellationTokenSource(ServiceProcess.Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(record, limit.Token);
        var answer = new byte[7];
        await stream.ReadExactlyAsync(answer, limit.Token);
        return answer[0] == 21 ? $"record 21, alert {answer[5]} {answer[6]}" : $"record {answer[0]}, message {answer[5]}";
    }

    private static byte[] Length(int length) => [(byte)(length >> 8), (byte)length];
}
