using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Server.Hosting;

/// <summary>Where the service listens and how it stops. <c>ASPNETCORE_URLS</c> and <c>Kestrel:Endpoints</c>, where given, replace host and port.</summary>
internal sealed class ServerOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Server";

    /// <summary>The address to listen on: an IP address, <c>localhost</c>, or <c>*</c> for all. Default 127.0.0.1, this machine alone.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The TCP port, 0 to 65,535; 0 lets the system choose one. Default 8042.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 8042;

    /// <summary>Connections open at once, 1 to 1,000,000; those beyond are closed. Default: three quarters of the descriptors that the process may have.</summary>
    [Range(1, 1_000_000)]
    public int? MaximumConnections { get; set; }

    /// <summary>
    /// Whether one thread receives a request, answers it and sends the answer, without handing it on in between; others of that thread wait while a
    /// long answer is made. Default false.
    /// </summary>
    public bool InlineScheduling { get; set; }

    /// <summary>How long answers under way may take to finish when the service is asked to stop, 0 to 5 min. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Serves host and port by TLS, and gives every https address that has no certificate of its own a self-signed one for localhost, 127.0.0.1 and
    /// ::1, made when there is none and kept for a year. For development: nobody else trusts it. Default false.
    /// </summary>
    public bool DevelopmentCertificate { get; set; }

    /// <summary>
    /// Origins whose pages may read answers to GET and HEAD (CORS), as browsers write them, separated by commas: <c>https://example.org</c>. No
    /// wildcards. Default: none, and no header of CORS is sent.
    /// </summary>
    public string CorsOrigins { get; set; } = "";

    /// <summary>The address in the form Kestrel takes.</summary>
    public string Url =>
        $"{(DevelopmentCertificate ? "https" : "http")}://{(Host.Contains(':') ? $"[{Host.Trim('[', ']')}]" : Host)}:{Port}";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Kestrel takes any other name for "all interfaces", which is the opposite of what was meant.
        if (!ListenAddress.IsListenable(Host))
        {
            yield return new ValidationResult($"'{Host}' is neither an IP address nor localhost nor *", [nameof(Host)]);
        }
        else if (Host == "localhost" && Port == 0)
        {
            yield return new ValidationResult(
                "0 lets the system choose for one address, and localhost is two: give 127.0.0.1 or ::1 as the host",
                [nameof(Port)]
            );
        }

        if (CorsOriginList.FindProblem(CorsOrigins) is { } problem)
        {
            yield return new ValidationResult(problem, [nameof(CorsOrigins)]);
        }
    }
}
