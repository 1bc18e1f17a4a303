using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Pqc.MlKem;

/// <summary>K-PKE, the encryption scheme below ML-KEM: FIPS 203, 5. Alone it is not secure, and nothing is checked here.</summary>
internal static class KPke
{
    private const int N = NumberTheoreticTransform.Length;
    private const int MaximumVector = MlKemParameters.MaximumRank * N;

    /// <summary>Algorithm 13, K-PKE.KeyGen, from its third line: what ML-KEM and Kyber hash to ρ‖σ is different.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="rho">ρ: 32 bytes, public.</param>
    /// <param name="sigma">σ: 32 bytes, secret.</param>
    /// <param name="encryptionKey">Receives t̂ and ρ.</param>
    /// <param name="decryptionKey">Receives ŝ.</param>
    public static void GenerateKeys(
        MlKemParameters parameters,
        ReadOnlySpan<byte> rho,
        ReadOnlySpan<byte> sigma,
        Span<byte> encryptionKey,
        Span<byte> decryptionKey
    )
    {
        var k = parameters.Rank;
        Span<short> secret = stackalloc short[2 * MaximumVector];
        var s = secret[..(k * N)];
        var e = secret.Slice(MaximumVector, k * N);
        Span<short> element = stackalloc short[N];
        Span<short> t = stackalloc short[N];

        PolynomialSampling.SampleNoise(sigma, 0, parameters.Eta1, s);
        PolynomialSampling.SampleNoise(sigma, k, parameters.Eta1, e);
        Transform(s);
        Transform(e);
        for (var i = 0; i < k; i++)
        {
            t.Clear();
            for (var j = 0; j < k; j++)
            {
                PolynomialSampling.SampleUniform(rho, j, i, element);
                NumberTheoreticTransform.MultiplyAdd(t, element, s.Slice(j * N, N));
            }

            NumberTheoreticTransform.Scale(t);
            NumberTheoreticTransform.Add(t, e.Slice(i * N, N));
            PolynomialEncoding.Encode(t, encryptionKey[(384 * i)..]);
        }

        rho.CopyTo(encryptionKey[parameters.VectorBytes..]);
        PolynomialEncoding.Encode(s, decryptionKey);
        Zero(secret);
    }

    /// <summary>Algorithm 14, K-PKE.Encrypt.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="encryptionKey">t̂ and ρ.</param>
    /// <param name="message">m: 32 bytes, secret.</param>
    /// <param name="randomness">r: 32 bytes, secret.</param>
    /// <param name="ciphertext">Receives c₁‖c₂.</param>
    public static void Encrypt(
        MlKemParameters parameters,
        ReadOnlySpan<byte> encryptionKey,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> randomness,
        Span<byte> ciphertext
    )
    {
        var k = parameters.Rank;
        var rho = encryptionKey[parameters.VectorBytes..];
        Span<short> secret = stackalloc short[MaximumVector + (3 * N)];
        var y = secret[..(k * N)];
        var noise = secret.Slice(MaximumVector, N);
        var sum = secret.Slice(MaximumVector + N, N);
        var mu = secret.Slice(MaximumVector + (2 * N), N);
        Span<short> element = stackalloc short[N];

        PolynomialSampling.SampleNoise(randomness, 0, parameters.Eta1, y);
        Transform(y);
        var uBytes = 32 * parameters.Du;
        for (var i = 0; i < k; i++)
        {
            sum.Clear();
            for (var j = 0; j < k; j++)
            {
                PolynomialSampling.SampleUniform(rho, i, j, element); // transposed
                NumberTheoreticTransform.MultiplyAdd(sum, element, y.Slice(j * N, N));
            }

            NumberTheoreticTransform.InverseOfProduct(sum);
            PolynomialSampling.SampleNoise(randomness, k + i, parameters.Eta2, noise);
            NumberTheoreticTransform.Add(sum, noise);
            PolynomialEncoding.Compress(sum, parameters.Du, ciphertext.Slice(i * uBytes, uBytes));
        }

        sum.Clear();
        for (var j = 0; j < k; j++)
        {
            PolynomialEncoding.Decode(encryptionKey.Slice(384 * j, 384), element);
            NumberTheoreticTransform.MultiplyAdd(sum, element, y.Slice(j * N, N));
        }

        NumberTheoreticTransform.InverseOfProduct(sum);
        PolynomialSampling.SampleNoise(randomness, 2 * k, parameters.Eta2, noise);
        NumberTheoreticTransform.Add(sum, noise);
        PolynomialEncoding.Decompress(message, 1, mu);
        NumberTheoreticTransform.Add(sum, mu);
        PolynomialEncoding.Compress(sum, parameters.Dv, ciphertext[(k * uBytes)..]);
        Zero(secret);
    }

    /// <summary>Algorithm 15, K-PKE.Decrypt.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="decryptionKey">ŝ.</param>
    /// <param name="ciphertext">c₁‖c₂.</param>
    /// <param name="message">Receives m: 32 bytes.</param>
    public static void Decrypt(
        MlKemParameters parameters,
        ReadOnlySpan<byte> decryptionKey,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> message
    )
    {
        var k = parameters.Rank;
        var uBytes = 32 * parameters.Du;
        Span<short> secret = stackalloc short[2 * N];
        var s = secret[..N];
        var product = secret.Slice(N, N);
        Span<short> received = stackalloc short[N];
        product.Clear();
        for (var i = 0; i < k; i++)
        {
            PolynomialEncoding.Decompress(ciphertext.Slice(i * uBytes, uBytes), parameters.Du, received);
            NumberTheoreticTransform.Forward(received);
            PolynomialEncoding.Decode(decryptionKey.Slice(384 * i, 384), s);
            NumberTheoreticTransform.MultiplyAdd(product, received, s);
        }

        NumberTheoreticTransform.InverseOfProduct(product);
        PolynomialEncoding.Decompress(ciphertext[(k * uBytes)..], parameters.Dv, received);
        for (var i = 0; i < N; i++)
            product[i] = (short)(received[i] - product[i]);
        PolynomialEncoding.Compress(product, 1, message);
        Zero(secret);
    }

    private static void Transform(Span<short> vector)
    {
        for (; !vector.IsEmpty; vector = vector[N..])
            NumberTheoreticTransform.Forward(vector);
    }

    private static void Zero(Span<short> secret) => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(secret));
}
