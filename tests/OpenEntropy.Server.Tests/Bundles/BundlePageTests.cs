using System.Text.Json;
using System.Text.Json.Nodes;
using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>The page of JavaScript that docs/pqc.md gives, on bundles and identities as the service answers them.</summary>
public sealed class BundlePageTests : BundlePoolTests
{
    [NpmFact]
    public async Task Verify_WhatTheServiceAnswers_IsValidForItsIdentityAlone()
    {
        using var other = new Receipts.ToolFolder();
        await using var host = await BundlesAsync();
        await using var elsewhere = await BundleHost.StartAsync(Pool, other.Path);
        var document = Public(await host.MintAsync("""{"algorithms":["ML-KEM-768","Falcon-512","Kyber512-round3"]}"""));
        var chaosMagnet = (await host.MintAsync(path: BundleHost.Route + "?format=chaosmagnet")).ToJsonString();
        var own = await host.Client.GetStringAsync(BundleHost.Identity);
        var others = await elsewhere.Client.GetStringAsync(BundleHost.Identity);
        using var script = new NodeScript("bundle.mjs");

        foreach (var (identity, valid) in new[] { (own, true), (others, false), (Mixed(own, others), false) })
        {
            var answer = await script.AskAsync(new { document, identity });
            Assert.True(valid == IsValid(answer), answer.ToString());
        }

        Assert.True(IsValid(await script.AskAsync(new { chaosMagnet, identity = own })));
        Assert.False(IsValid(await script.AskAsync(new { chaosMagnet, identity = others })));
    }

    private static bool IsValid(JsonElement answer) => answer.GetProperty("valid").GetBoolean();

    // Two identities of which each has one key of the one and one of the other.
    private static string Mixed(string own, string others)
    {
        var (first, second) = (JsonNode.Parse(own)!, JsonNode.Parse(others)!);
        var (ours, theirs) = (first["identities"]![0]!["keys"]!, second["identities"]![0]!["keys"]!);
        var falcon = ours[1]!.DeepClone();
        ours[1] = theirs[1]!.DeepClone();
        theirs[1] = falcon;
        first["identities"]!.AsArray().Add(second["identities"]![0]!.DeepClone());
        return first.ToJsonString();
    }
}
