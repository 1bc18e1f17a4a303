using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Server.Tls;

/// <summary>What TLS does beside Kestrel's own section, where addresses and certificates stand.</summary>
internal sealed class TlsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Tls";

    /// <summary>Time between two looks at the files of certificates, 1 s to 1 h. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long browsers that came by https to a public name must not come by http (HSTS, RFC 6797), 0 to 3,650 days; 0 sends no such header. Default 30 days.
    /// </summary>
    [Range(typeof(TimeSpan), "0.00:00:00", "3650.00:00:00")]
    public TimeSpan HstsMaxAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether that holds for all names below it, too. Default false.</summary>
    public bool HstsIncludeSubDomains { get; set; }
}
