using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.MlDsa;

/// <summary>
/// An expanded private key made ready to sign: the secrets transformed and the matrix expanded, once for all signatures. Any number of threads may
/// sign at once.
/// </summary>
internal sealed class MlDsaSigner : IDisposable
{
    private const int Size = NumberTheoreticTransform.Size;
    private const int SeedOfMasksBytes = 64;

    private readonly MlDsaParameters _parameters;
    private readonly int[] _matrix;
    private readonly byte[] _key = GC.AllocateArray<byte>(MlDsaParameters.PartBytes, pinned: true); // K
    private readonly int[] _secrets; // s1, s2, t0, transformed
    private int _disposed;

    /// <summary>Prepares a key.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="expandedKey">The expanded private key, known to be consistent.</param>
    /// <param name="matrix">The matrix that follows from ρ.</param>
    public MlDsaSigner(MlDsaParameters parameters, ReadOnlySpan<byte> expandedKey, int[] matrix)
    {
        (_parameters, _matrix) = (parameters, matrix);
        _secrets = GC.AllocateArray<int>((parameters.Columns + (2 * parameters.Rows)) * Size, pinned: true);
        expandedKey.Slice(MlDsaParameters.PartBytes, MlDsaParameters.PartBytes).CopyTo(_key);
        ExpandedKey.ReadSecrets(parameters, expandedKey, _secrets);
        PolynomialVector.Transform(_secrets);
    }

    /// <summary>Algorithm 7, ML-DSA.Sign_internal, from step 7 on.</summary>
    /// <param name="representative">μ, 64 bytes.</param>
    /// <param name="random">rnd, 32 bytes; zeros for a deterministic signature.</param>
    /// <param name="signature">Becomes the signature.</param>
    /// <remarks>
    /// The time shows how many tries were refused and at which of the checks: whether a try is refused depends on a mask that is then thrown away.
    /// Which coefficient was too great, and its sign, it does not show. It also depends on c̃ of each try.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The key is disposed, or was while it signed; the signature is zeroed.</exception>
    [SkipLocalsInit]
    public void Sign(ReadOnlySpan<byte> representative, ReadOnlySpan<byte> random, Span<byte> signature)
    {
        Span<byte> seed = stackalloc byte[SeedOfMasksBytes];
        Span<int> memory = stackalloc int[SigningAttempt.Integers(_parameters)];
        try
        {
            // Step 7.
            var sponge = Sponge.Shake256();
            sponge.Absorb(_key);
            sponge.Absorb(random);
            sponge.Absorb(representative);
            sponge.Squeeze(seed);
            sponge.Clear();

            var attempt = new SigningAttempt(_parameters, _matrix, _secrets, memory);
            for (var counter = 0; !attempt.TrySign(seed, counter, representative, signature); counter += _parameters.Columns)
            {
                if (counter > ushort.MaxValue - (2 * _parameters.Columns))
                    throw new UnreachableException("More than nine thousand refused tries: one in five is taken.");
            }

            // A key zeroed half-way would have signed with other secrets and the same mask.
            Interlocked.MemoryBarrier();
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        }
        catch
        {
            signature.Clear();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(memory));
        }
    }

    /// <summary>Zeroes the secrets.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _disposed, 1);
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_secrets.AsSpan()));
    }
}
