using System.Security.Cryptography;
using OpenEntropy.SelfTests;

namespace OpenEntropy.Server.SelfTests;

/// <summary>What the service itself computes with, beside the engine and the post-quantum algorithms: the platform's hashes, ciphers and signatures.</summary>
internal static class ServiceSelfTests
{
    private const string CbcKey = "603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KnownAnswerTest> All { get; } =
    [
        new(
            "sha-256",
            "FIPS 180-4, 6.2",
            "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
            static () => SHA256.HashData("abc"u8)
        ),
        new(
            "sha-384",
            "FIPS 180-4, 6.5",
            "CB00753F45A35E8BB5A03D699AC65007272C32AB0EDED1631A8B605A43FF5BED8086072BA1E7CC2358BAECA134C825A7",
            static () => SHA384.HashData("abc"u8)
        ),
        new(
            "sha-512",
            "FIPS 180-4, 6.4",
            "DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A2192992A274FC1A836BA3C23A3FEEBBD454D4423643CE80E2A9AC94FA54CA49F",
            static () => SHA512.HashData("abc"u8)
        ),
        new(
            "hmac-sha-256",
            "RFC 4231, 4.3",
            "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843",
            static () => HMACSHA256.HashData("Jefe"u8, "what do ya want for nothing?"u8)
        ),
        new(
            "pbkdf2-hmac-sha-256",
            "RFC 7914, 11",
            "55AC046E56E3089FEC1691C22544B605F94185216DDE0465E68B9D57C20DACBC",
            static () => Rfc2898DeriveBytes.Pbkdf2("passwd"u8, "salt"u8, iterations: 1, HashAlgorithmName.SHA256, outputLength: 32)
        ),
        new("aes-256-cbc", "SP 800-38A, F.2.5", "F58C4C04D6E5F1BA779EABFB5F7BFBD6", ComputeCbc),
        new(
            "aes-256-gcm",
            "SP 800-38D; GCM specification, test case 16",
            "522DC1F099567D07F47F37A32A84427D643A8CDCBFE5C0C97598A2BD2555D1AA8CB08E48590DBB3DA7B08B1056828838C5F61E6393BA7A0ABCC9F66276FC6ECE0F4E1768CDDF8853BB2D551B",
            ComputeGcm
        ),
        new("ecdsa-p-256", "FIPS 186-5, 6.4; RFC 6979, A.2.5", "010101", ComputeSignatures),
    ];

    private static byte[] ComputeCbc()
    {
        using var aes = Aes.Create();
        aes.SetKey(Convert.FromHexString(CbcKey));
        return aes.EncryptCbc(
            Convert.FromHexString("6BC1BEE22E409F96E93D7E117393172A"),
            Convert.FromHexString("000102030405060708090A0B0C0D0E0F"),
            PaddingMode.None
        );
    }

    private static byte[] ComputeGcm()
    {
        const int Tag = 16;
        var key = Convert.FromHexString("FEFFE9928665731C6D6A8F9467308308FEFFE9928665731C6D6A8F9467308308");
        var plain = Convert.FromHexString(
            "D9313225F88406E5A55909C5AFF5269A86A7A9531534F7DA2E4C303D8A318A721C3C0C95956809532FCF0E2449A6B525B16AEDF5AA0DE657BA637B39"
        );
        using var gcm = new AesGcm(key, Tag);
        var output = new byte[plain.Length + Tag];
        gcm.Encrypt(
            Convert.FromHexString("CAFEBABEFACEDBADDECAF888"),
            plain,
            output.AsSpan(0, plain.Length),
            output.AsSpan(plain.Length),
            Convert.FromHexString("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
        );
        return output;
    }

    /// <summary>That a known signature verifies, that an altered one does not, and that what is signed here verifies: 1 each.</summary>
    private static byte[] ComputeSignatures()
    {
        using var key = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                D = Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"),
                Q = new ECPoint
                {
                    X = Convert.FromHexString("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"),
                    Y = Convert.FromHexString("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"),
                },
            }
        );
        var known = Convert.FromHexString(
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
        );
        var verifies = key.VerifyData("sample"u8, known, HashAlgorithmName.SHA256);
        known[^1] ^= 1;
        var refuses = !key.VerifyData("sample"u8, known, HashAlgorithmName.SHA256);
        var signs = key.VerifyData("sample"u8, key.SignData("sample"u8, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256);
        return [(byte)(verifies ? 1 : 0), (byte)(refuses ? 1 : 0), (byte)(signs ? 1 : 0)];
    }
}
