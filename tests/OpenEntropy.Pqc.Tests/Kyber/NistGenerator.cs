using System.Security.Cryptography;

namespace OpenEntropy.Pqc.Tests.Kyber;

/// <summary>
/// The generator behind the known answers of NIST's post-quantum process: CTR_DRBG with AES-256 and no derivation function (SP 800-90A Rev. 1, 10.2.1),
/// instantiated once, each draw one Generate.
/// </summary>
internal sealed class NistGenerator : IDisposable
{
    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _v = new byte[16];

    /// <summary>10.2.1.3.1, without a personalization string.</summary>
    /// <param name="entropy">48 bytes.</param>
    public NistGenerator(byte[] entropy)
    {
        _aes.Key = new byte[32];
        Update(entropy);
    }

    /// <summary>10.2.1.5.1, without additional input.</summary>
    /// <param name="count">Bytes.</param>
    public byte[] Draw(int count)
    {
        var output = Blocks(count)[..count];
        Update(new byte[48]);
        return output;
    }

    public void Dispose() => _aes.Dispose();

    private void Update(byte[] provided)
    {
        var next = Blocks(48).Zip(provided, (one, other) => (byte)(one ^ other)).ToArray();
        _aes.Key = next[..32];
        next[32..].CopyTo(_v, 0);
    }

    private byte[] Blocks(int count)
    {
        var output = new List<byte>();
        while (output.Count < count)
        {
            for (var at = 15; at >= 0 && ++_v[at] == 0; at--)
                continue;
            output.AddRange(_aes.EncryptEcb(_v, PaddingMode.None));
        }

        return [.. output];
    }
}
