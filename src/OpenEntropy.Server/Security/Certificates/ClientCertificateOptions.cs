namespace OpenEntropy.Server.Security.Certificates;

/// <summary>Callers who show who they are by a certificate (mutual TLS), at addresses that are served by https.</summary>
internal sealed class ClientCertificateOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = $"{SecurityOptions.Section}:ClientCertificates";

    /// <summary>
    /// The PEM file of who issues clients' certificates: one root or more, and what stands between them and the clients. No other issuer counts, the
    /// system's own neither. Default: empty, and no certificate is asked for.
    /// </summary>
    public string Authority { get; set; } = "";
}

/// <summary>Who has a client certificate, and what for.</summary>
/// <param name="Key">The setting, <c>OpenEntropy:Security:ClientCertificates:Subjects:0</c>.</param>
/// <param name="Name">The certificate's whole subject, as RFC 4514 writes it: <c>CN=probe,O=Example</c>.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record ClientSubject(string Key, string Name, Scopes Scopes);
