using System.Net.Security;
using System.Security.Cryptography;

namespace OpenEntropy.Server.Tls;

/// <summary>
/// A certificate of Kestrel's section and the files it stands in: what was last read whole and well is served, whatever becomes of the files.
/// </summary>
/// <param name="key">The section, as messages name it.</param>
/// <param name="path">The certificate's file.</param>
/// <param name="keyPath">The key's; null where the first file has both.</param>
/// <param name="password">Opens what is encrypted; null where nothing is.</param>
internal sealed class CertificateFile(string key, string path, string? keyPath, string? password)
{
    private const int LongestFile = 1 << 20;

    private volatile Pair? _pair;

    /// <summary>The section.</summary>
    public string Key { get; } = key;

    /// <summary>What clients are shown; null until it was read.</summary>
    public SslStreamCertificateContext? Context => _pair?.Context;

    /// <summary>When that ends; null until it was read.</summary>
    public DateTimeOffset? NotAfter =>
        _pair is { } pair ? new DateTimeOffset(pair.Context.TargetCertificate.NotAfter.ToUniversalTime()) : null;

    /// <summary>Why what the files hold now is not served, in a few words without paths; null where it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>What the system or the library says to that, for the log; null for nothing more.</summary>
    public string? Detail { get; private set; }

    /// <summary>
    /// Looks at the files, by what they hold: neither a link that leads elsewhere now nor a copy with an old date is missed. One thread does this.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <returns>Whether another pair is served from here on.</returns>
    public bool Look(DateTimeOffset now)
    {
        byte[]? secret = null;
        try
        {
            var certificate = ReadFile(path);
            secret = keyPath is null ? [] : ReadFile(keyPath);
            var hash = Hash(certificate, secret);
            if (_pair is { } served && served.Hash.AsSpan().SequenceEqual(hash))
            {
                (Problem, Detail) = (null, null);
                return false;
            }

            return Take(certificate, secret, hash, now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (Problem, Detail) = ("its files cannot be read", exception.Message);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            (Problem, Detail) = ("its files hold no certificate with its key", exception.Message);
        }
        catch (Exception exception)
        {
            // Whatever else a library finds in files that anybody may have put there: what is served goes on being served.
            (Problem, Detail) = ("its files cannot be used", exception.Message);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }

        return false;
    }

    private bool Take(byte[] certificate, byte[] secret, byte[] hash, DateTimeOffset now)
    {
        var (own, above) = CertificatePair.Read(certificate, secret, password);
        if (CertificatePair.WhyNot(own, now) is { } why)
        {
            own.Dispose();
            (Problem, Detail) = (why, null);
            return false;
        }

        // Nothing is fetched: what the files do not hold of the chain is not sent.
        _pair = new Pair(SslStreamCertificateContext.Create(own, above, offline: true), hash);
        (Problem, Detail) = (null, null);
        return true;
    }

    private static byte[] Hash(byte[] certificate, byte[] secret)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(certificate));
        hash.AppendData(SHA256.HashData(secret));
        return hash.GetHashAndReset();
    }

    // Pinned, so that the collector leaves no copy of a key behind.
    private static byte[] ReadFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length is 0 or > LongestFile)
        {
            throw new IOException($"{path} has {file.Length} bytes");
        }

        var content = GC.AllocateUninitializedArray<byte>((int)file.Length, pinned: true);
        file.ReadExactly(content);
        return content;
    }

    private sealed record Pair(SslStreamCertificateContext Context, byte[] Hash);
}
