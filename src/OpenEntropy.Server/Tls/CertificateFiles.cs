namespace OpenEntropy.Server.Tls;

/// <summary>The certificates that Kestrel's section names by files: the one for all addresses, those of one address, those of one name of an address.</summary>
internal sealed class CertificateFiles
{
    private readonly IReadOnlyList<CertificateFile> _files;

    /// <summary>Reads the section; no file is looked at.</summary>
    /// <param name="kestrel">The section.</param>
    /// <param name="root">What relative paths are relative to, as Kestrel has it.</param>
    public CertificateFiles(IConfiguration kestrel, string root) =>
        _files = [
            .. Sections(kestrel)
                .Where(section => section["Path"] is { Length: > 0 })
                .Select(section => new CertificateFile(
                    section.Path,
                    Path.Combine(root, section["Path"]!),
                    section["KeyPath"] is { Length: > 0 } key ? Path.Combine(root, key) : null,
                    section["Password"]
                )),
        ];

    /// <summary>Each of them.</summary>
    public IReadOnlyList<CertificateFile> All => _files;

    private static IEnumerable<IConfigurationSection> Sections(IConfiguration kestrel)
    {
        yield return kestrel.GetSection("Certificates:Default");
        foreach (var endpoint in kestrel.GetSection("Endpoints").GetChildren())
        {
            yield return endpoint.GetSection("Certificate");
            foreach (var name in endpoint.GetSection("Sni").GetChildren())
            {
                yield return name.GetSection("Certificate");
            }
        }
    }
}
