using System.Text.Json.Nodes;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Tests.Receipts;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>Tests of bundles on scripted noise, with a storage directory that outlives the service.</summary>
public abstract class BundlePoolTests : ReceiptPoolTests
{
    protected const string Phrase = "correct horse battery";

    protected string Keys => Path.Combine(Storage, LedgerKeeper.Folder);

    protected string Note => Path.Combine(Storage, "identity", LedgerNote.Name);

    private protected Task<BundleHost> BundlesAsync(
        Action<BundleOptions>? configure = null,
        TimeProvider? time = null,
        Func<IReadOnlyList<CheckBody>>? selfTests = null
    ) => BundleHost.StartAsync(Pool, Storage, configure, time, selfTests);

    private protected static string IdOf(JsonObject answer) => answer["bundle"]!["id"]!.GetValue<string>();

    /// <summary>The answer as it may be shown to others.</summary>
    private protected static string Public(JsonObject answer)
    {
        var copy = answer.DeepClone().AsObject();
        copy.Remove("secret_keys");
        return copy.ToJsonString(s_relaxed);
    }

    private static readonly System.Text.Json.JsonSerializerOptions s_relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
