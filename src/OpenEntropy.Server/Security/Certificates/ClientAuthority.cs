using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Security.Certificates;

/// <summary>
/// Tells callers by their certificates: issued by the configured authority and nobody else, within its time, made for clients, of a subject that is
/// listed. A certificate that is not so is no credential, and its connection is served as one without.
/// </summary>
internal sealed class ClientAuthority
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2"; // RFC 5280, 4.2.1.12

    private static readonly Verdict s_nobody = new(Caller: null, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    // By reference: a connection shows the same object with each of its requests, and building a chain takes a millisecond.
    private readonly ConditionalWeakTable<X509Certificate2, Verdict> _known = [];
    private readonly X509Certificate2Collection _roots = [];
    private readonly X509Certificate2Collection _between = [];
    private readonly FrozenDictionary<string, Caller> _subjects;

    private ClientAuthority(X509Certificate2Collection issuers, IEnumerable<ClientSubject> subjects)
    {
        foreach (var issuer in issuers)
        {
            (IsSelfIssued(issuer) ? _roots : _between).Add(issuer);
        }

        _subjects = subjects.ToFrozenDictionary(
            subject => SubjectName.Of(subject.Name)!,
            subject => new Caller(CallerKind.Certificate, subject.Name) { Scopes = subject.Scopes },
            StringComparer.Ordinal
        );
    }

    /// <summary>Reads the authority.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="subjects">Who is known.</param>
    /// <returns>Null where none is configured.</returns>
    /// <exception cref="StartFailedException">The file cannot be read, or has no root in it, or nobody is listed.</exception>
    public static ClientAuthority? Read(ClientCertificateOptions options, IReadOnlyList<ClientSubject> subjects)
    {
        const string Key = $"{ClientCertificateOptions.Section}:{nameof(ClientCertificateOptions.Authority)}";
        if (options.Authority.Length == 0)
        {
            return null;
        }

        var issuers = new X509Certificate2Collection();
        try
        {
            issuers.ImportFromPemFile(options.Authority);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException($"{Key}: '{options.Authority}' cannot be read: {exception.Message}");
        }

        return !issuers.Any(IsSelfIssued) ? throw new StartFailedException($"{Key}: '{options.Authority}' has no root certificate in it")
            : subjects.Count == 0
                ? throw new StartFailedException(
                    $"{ClientCertificateOptions.Section}:Subjects: nobody is listed, so that no certificate would let anybody in"
                )
            : new ClientAuthority(issuers, subjects);
    }

    /// <summary>Asks clients for a certificate, and takes the connection of those too who have none or a wrong one: they are told by the answer.</summary>
    /// <param name="https">The defaults of addresses served by https.</param>
    public void Ask(HttpsConnectionAdapterOptions https)
    {
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = static (_, _, _) => true; // judged by Find, request by request, since certificates end while connections last
        var before = https.OnAuthenticate;
        https.OnAuthenticate = (connection, handshake) =>
        {
            before?.Invoke(connection, handshake);
            handshake.CertificateChainPolicy = Policy(); // whoever connects must not make the service fetch what a certificate names
        };
    }

    /// <summary>Who has a certificate.</summary>
    /// <param name="certificate">As the client presented it, with a proof that it has the key.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null where it is nobody's who is known here.</returns>
    public Caller? Find(X509Certificate2 certificate, DateTimeOffset now)
    {
        var verdict = _known.GetValue(certificate, each => Judge(each, now));
        return verdict.From <= now && now <= verdict.Until ? verdict.Caller : null;
    }

    /// <summary>When a certificate ends that was found to be somebody's, or the first of its chain.</summary>
    /// <param name="certificate">The object that <see cref="Find"/> was given.</param>
    public DateTimeOffset EndOf(X509Certificate2 certificate) =>
        _known.TryGetValue(certificate, out var verdict) ? verdict.Until : DateTimeOffset.MinValue;

    private static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static bool IsForClients(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(usage => usage.EnhancedKeyUsages[ClientAuthentication] is not null);

    private Verdict Judge(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (
            !IsForClients(certificate)
            || SubjectName.Of(certificate.SubjectName) is not { } subject
            || !_subjects.TryGetValue(subject, out var caller)
        )
        {
            return s_nobody;
        }

        using var chain = new X509Chain { ChainPolicy = Policy() };
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        if (!chain.Build(certificate))
        {
            return s_nobody;
        }

        // All of the chain must be within its time for as long as the connection lasts.
        var all = chain.ChainElements.Select(element => element.Certificate).ToList();
        return new Verdict(
            caller,
            all.Max(each => new DateTimeOffset(each.NotBefore.ToUniversalTime())),
            all.Min(each => new DateTimeOffset(each.NotAfter.ToUniversalTime()))
        );
    }

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_roots);
        policy.ExtraStore.AddRange(_between);
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return policy;
    }

    private sealed record Verdict(Caller? Caller, DateTimeOffset From, DateTimeOffset Until);
}
