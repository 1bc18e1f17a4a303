using System.Buffers.Binary;
using System.Diagnostics;
using OpenEntropy.Benchmarks.Running;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Hashing;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.MlKem;

namespace OpenEntropy.Benchmarks.Pqc;

/// <summary>
/// The algorithms alone, in this process and on one thread: the median of single calls, each with other randomness, once the code is compiled. Ours
/// are compared with <see cref="PeerTimes"/>, where that can be run.
/// </summary>
internal static class AlgorithmTimes
{
    private const int WarmUp = 60;
    private const double Micro = 1e6;

    /// <summary>Measures each.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        var peers = await PeerTimes.MeasureAsync(report);
        var random = Sponge.Shake256();
        random.Absorb("benchmark"u8);
        void Fill(Span<byte> target) => random.Squeeze(target);

        using var mlDsa = MlDsaPrivateKey.Generate(MlDsaParameters.MlDsa65, Fill);
        var seed = new byte[FalconKeyGenerator.SeedBytes];
        Fill(seed);
        using var falcon = FalconKeyGenerator.Generate(FalconParameters.Falcon512, seed);
        using var signer = new FalconSigner(falcon);
        var signatures = new Queue<(byte[] Message, byte[] Signature)>();

        Print("ML-KEM-768 keygen", 2000, _ => MlKemKeyPair.Generate(MlKemParameters.MlKem768, Fill).Dispose(), "under 150 µs");
        Print("ML-DSA-65 sign", 1000, message => mlDsa.Sign(message, [], Fill), "under 2,000 µs");
        Print(
            "Falcon-512 keygen",
            100,
            _ =>
            {
                Fill(seed);
                FalconKeyGenerator.Generate(FalconParameters.Falcon512, seed).Dispose();
            },
            "under 120,000 µs, better 60,000"
        );
        Print(
            "Falcon-512 sign",
            1000,
            message => signatures.Enqueue((message, signer.Sign(message, FalconSignatureFormat.Padded, Fill))),
            "under 2,000 µs"
        );
        Print(
            "Falcon-512 verify",
            1000,
            _ =>
            {
                var (message, signature) = signatures.Dequeue();
                if (!falcon.PublicKey.Verify(message, signature, FalconSignatureFormat.Padded))
                {
                    throw new MeasurementException("a signature of Falcon-512 does not verify");
                }
            },
            "under 300 µs"
        );

        void Print(string name, int calls, Action<byte[]> call, string target)
        {
            var median = MedianOf(calls, call);
            var peer = peers.GetValueOrDefault(name);
            report.Row(
                $"{name}, median of {calls:#,0}",
                $"{median * Micro:#,0} µs",
                peer is null ? "" : $"{peer.Who} {peer.Seconds * Micro:#,0} µs",
                peer is null ? "" : $"{median / peer.Seconds:0.00}",
                target
            );
        }
    }

    private static double MedianOf(int calls, Action<byte[]> call)
    {
        var seconds = new List<double>(calls);
        for (var i = -Math.Min(WarmUp, calls / 2); i < calls; i++)
        {
            var message = new byte[32];
            BinaryPrimitives.WriteInt32LittleEndian(message, i);
            var start = Stopwatch.GetTimestamp();
            call(message);
            if (i >= 0)
            {
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        return Median.Of(seconds);
    }
}
