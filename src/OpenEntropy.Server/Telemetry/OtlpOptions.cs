using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Server.Telemetry;

/// <summary>Pushing metrics and traces to a collector by OTLP (OpenTelemetry protocol 1), beside <c>/metrics</c>.</summary>
internal sealed class OtlpOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Otlp";

    /// <summary>
    /// The collector's address, <c>http</c> or <c>https</c>. By <c>HttpProtobuf</c> metrics go to <c>v1/metrics</c> and traces to <c>v1/traces</c> below
    /// it. Default: none, and nothing is pushed.
    /// </summary>
    public string Endpoint { get; set; } = "";

    /// <summary><c>HttpProtobuf</c> or <c>Grpc</c>. Default <c>HttpProtobuf</c>.</summary>
    public OtlpProtocol Protocol { get; set; }

    /// <summary>Time between two pushes of metrics, 1 s to 1 h. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a push may take, 100 ms to 1 min. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Share of the requests that are traced, 0 to 1; of a request that carries a <c>traceparent</c> its sender decided. Default 0: none, and nothing is
    /// spent on it.
    /// </summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; }

    /// <summary>Headers of each push, as <c>name=value</c> separated by commas: what the collector asks for, such as a key. Never logged.</summary>
    public string Headers { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint.Length > 0 && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return new ValidationResult($"'{Endpoint}' is not an http or https address", [nameof(Endpoint)]);
        }

        if (Endpoint.Length == 0 && TraceRatio > 0)
        {
            yield return new ValidationResult("traces need an address: set Endpoint", [nameof(TraceRatio)]);
        }

        if (Headers.Split(',', StringSplitOptions.RemoveEmptyEntries).Any(header => header.IndexOf('=', StringComparison.Ordinal) < 1))
        {
            yield return new ValidationResult("headers are name=value, separated by commas", [nameof(Headers)]);
        }
    }
}
