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
    // The runtime compiles a method for good some tenths of a second after its first calls, beside them.
    private const int WarmUp = 60;
    private const double WarmUpSeconds = 2;
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
        var signatures = new List<(byte[] Message, byte[] Signature)>();
        var next = 0;

        Print("ML-KEM-768 keygen", 2000, _ => MlKemKeyPair.Generate(MlKemParameters.MlKem768, Fill).Dispose(), 150);
        Print("ML-DSA-65 sign", 1000, message => mlDsa.Sign(message, [], Fill), 2000);
        Print(
            "Falcon-512 keygen",
            100,
            _ =>
            {
                Fill(seed);
                FalconKeyGenerator.Generate(FalconParameters.Falcon512, seed).Dispose();
            },
            120_000
        );
        Print(
            "Falcon-512 sign",
            1000,
            message => signatures.Add((message, signer.Sign(message, FalconSignatureFormat.Padded, Fill))),
            2000
        );
        Print(
            "Falcon-512 verify",
            1000,
            _ =>
            {
                var (message, signature) = signatures[next++ % signatures.Count];
                if (!falcon.PublicKey.Verify(message, signature, FalconSignatureFormat.Padded))
                {
                    throw new MeasurementException("a signature of Falcon-512 does not verify");
                }
            },
            300
        );

        void Print(string name, int calls, Action<byte[]> call, double most)
        {
            var median = MedianOf(calls, call);
            var peer = peers.GetValueOrDefault(name);
            report.Judged(
                median * Micro,
                Bound.AtMost(most, $"{most:#,0} µs"),
                $"{name}, median of {calls:#,0}",
                $"{median * Micro:#,0} µs",
                peer is null ? "" : $"{peer.Who} {peer.Seconds * Micro:#,0} µs",
                peer is null ? "" : $"{median / peer.Seconds:0.00}"
            );
        }
    }

    private static double MedianOf(int calls, Action<byte[]> call)
    {
        var seconds = new List<double>(calls);
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < WarmUp || Stopwatch.GetElapsedTime(begin).TotalSeconds < WarmUpSeconds; i++)
        {
            Time(-i);
        }

        for (var i = 0; i < calls; i++)
        {
            seconds.Add(Time(i));
        }

        return Median.Of(seconds);

        double Time(int number)
        {
            var message = new byte[32];
            BinaryPrimitives.WriteInt32LittleEndian(message, number);
            var start = Stopwatch.GetTimestamp();
            call(message);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
