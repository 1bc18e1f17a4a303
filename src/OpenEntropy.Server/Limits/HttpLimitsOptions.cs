using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OpenEntropy.Server.Limits;

/// <summary>What one request and one connection may be, whoever sends it: the web server's own limits.</summary>
internal sealed class HttpLimitsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Limits:Http";

    /// <summary>
    /// Connections that one address may have open at once, of IPv6 its first 64 bits, 1 to 1,000,000; those beyond are closed. This machine and trusted
    /// proxies are not counted. Default 256.
    /// </summary>
    [Range(1, 1_000_000)]
    public int ConnectionsPerAddress { get; set; } = 256;

    /// <summary>Bytes of a request's body, 1,024 to 1,048,576; the verification of bundles takes longer ones by itself. Default 65,536.</summary>
    [Range(1024L, 1L << 20)]
    public long BodyBytes { get; set; } = 65_536;

    /// <summary>Bytes of a request's first line, which the URL is in, 256 to 65,536. Default 8,192.</summary>
    [Range(256, 65_536)]
    public int RequestLineBytes { get; set; } = 8192;

    /// <summary>Header fields of a request, 8 to 1,000. Default 100.</summary>
    [Range(8, 1000)]
    public int HeaderCount { get; set; } = 100;

    /// <summary>Bytes of a request's header fields together, 512 to 131,072. Default 32,768.</summary>
    [Range(512, 131_072)]
    public int HeaderBytes { get; set; } = 32_768;

    /// <summary>How long a request's headers may take to arrive, 1 s to 10 min. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may be idle between two requests, 1 s to 1 h. Default 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes per second at which a body must arrive, on average since its grace, 1 to 1,048,576. Default 240.</summary>
    [Range(1, 1 << 20)]
    public int BodyRate { get; set; } = 240;

    /// <summary>
    /// Bytes per second at which a client must read what is waiting for it, 1 to 1,048,576. Time in which nothing waits, as between the bytes of a paced
    /// stream and between events, does not count. Default 240.
    /// </summary>
    [Range(1, 1 << 20)]
    public int AnswerRate { get; set; } = 240;

    /// <summary>How long both rates may be missed before the connection is closed, 1.1 s to 10 min. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01.1", "00:10:00")]
    public TimeSpan RateGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests open at once on one HTTP/2 connection, 1 to 1,000. Default 100.</summary>
    [Range(1, 1000)]
    public int Http2Streams { get; set; } = 100;

    /// <summary>Puts them in force.</summary>
    /// <param name="limits">The web server's.</param>
    public void ApplyTo(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = BodyBytes;
        limits.MaxRequestLineSize = RequestLineBytes;
        // It must hold a whole first line.
        limits.MaxRequestBufferSize = Math.Max(limits.MaxRequestBufferSize ?? 0, RequestLineBytes);
        limits.MaxRequestHeaderCount = HeaderCount;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.RequestHeadersTimeout = HeaderTimeout;
        limits.KeepAliveTimeout = KeepAliveTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(BodyRate, RateGrace);
        limits.MinResponseDataRate = new MinDataRate(AnswerRate, RateGrace);
        limits.Http2.MaxStreamsPerConnection = Http2Streams;
    }
}
