using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OpenEntropy.Browser.Tests.Running;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>Keys that are minted, downloaded and verified on the page.</summary>
[Collection(SharedBrowser.Name)]
public sealed class BundleTests(Chromium chromium, SharedPage shared) : IClassFixture<SharedPage>
{
    // Drops a file of this text on the page, as a person does who drags it there.
    private const string Drop = """
        (node, text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
          node.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """;

    // Whether the page keeps the browser from opening a file that is dropped elsewhere.
    private const string Beside = """
        node => {
          const data = new DataTransfer();
          data.items.add(new File(['{}'], 'dropped.json', { type: 'application/json' }));
          return ['dragover', 'drop'].every(type => {
            const event = new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
            node.dispatchEvent(event);
            return event.defaultPrevented;
          });
        }
        """;

    [ChromiumFact]
    public async Task Mint_ChosenAlgorithms_DownloadsABundleThatVerifies()
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(shared.Address);
        await page.GetByLabel("ML-DSA-65", new() { Exact = true }).CheckAsync();
        await page.Locator("#mint-purpose").FillAsync("a <b>test</b>");

        var (name, text) = await MintAsync(page);

        var bundle = JsonNode.Parse(text)!;
        var id = (string)bundle["bundle"]!["id"]!;
        Assert.Equal($"openentropy-{id}.json", name);
        Assert.Equal(["ML-KEM-768", "ML-DSA-65"], bundle["bundle"]!["keys"]!.AsArray().Select(key => (string)key!["algorithm"]!));
        Assert.Equal(2, bundle["secret_keys"]!.AsArray().Count);
        var row = page.Locator("#bundles-rows > tr").Filter(new() { HasText = id[..8] });
        await Assertions.Expect(row).ToContainTextAsync("a <b>test</b>");

        await AssertVerifiedAsync(opened, text, isValid: true);
        bundle["bundle"]!["purpose"] = "another";
        await AssertVerifiedAsync(opened, bundle.ToJsonString(), isValid: false);
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Mint_WithPassphrase_DownloadsNothingInClear()
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(shared.Address);
        await page.Locator("input[name=secrets][value=encrypted]").CheckAsync();

        await page.Locator("#mint-passphrase").FillAsync("correct horse battery");
        await page.Locator("#mint-again").FillAsync("correct horse bakery");
        await page.Locator("#mint").ClickAsync();
        await Assertions.Expect(page.Locator("#mint-note")).ToHaveTextAsync("The two passphrases differ.");
        await page.Locator("#mint-again").FillAsync("correct horse battery");
        var (_, text) = await MintAsync(page);

        var secret = JsonNode.Parse(text)!["secret_keys"]![0]!;
        Assert.Contains("ENCRYPTED PRIVATE KEY", (string)secret["encrypted_pem"]!, StringComparison.Ordinal);
        Assert.Null(secret["secret_key"]);
        await Assertions.Expect(page.Locator("#mint-passphrase")).ToHaveValueAsync("");
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Mint_PassphraseBegunAndGivenUp_MintsInClear()
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(shared.Address);
        await page.Locator("input[name=secrets][value=encrypted]").CheckAsync();
        await page.Locator("#mint-passphrase").PressSequentiallyAsync("short");
        await page.Locator("input[name=secrets][value=clear]").CheckAsync();

        var (_, text) = await MintAsync(page);

        Assert.NotNull(JsonNode.Parse(text)!["secret_keys"]![0]!["secret_key"]);
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Mint_AnswerLost_SaysThatABundleMayHaveBeenMade()
    {
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await opened.OpenAsync(shared.Address);
        await page.RouteAsync(
            "**/api/v1/pqc/bundles",
            async route =>
            {
                _ = await route.FetchAsync(); // the service did it
                await route.AbortAsync();
            }
        );

        var list = await page.RunAndWaitForResponseAsync(
            () => page.Locator("#mint").ClickAsync(),
            answer => answer.Url.Contains("/bundles?", StringComparison.Ordinal)
        );

        Assert.Equal(200, list.Status);
        await Assertions.Expect(page.Locator("#mint-note")).ToContainTextAsync("A bundle may have been made");
        opened.AssertOnlyComplaint("ERR_FAILED");
    }

    [ChromiumFact]
    public async Task Drop_FileBesideItsPlace_LeavesThePageAsItIs()
    {
        await using var opened = await chromium.NewPageAsync();
        await opened.OpenAsync(shared.Address);

        var isPrevented = await opened.Page.Locator("#log").EvaluateAsync<bool>(Beside);

        Assert.True(isPrevented);
        opened.AssertNoComplaint();
    }

    [ChromiumFact]
    public async Task Verify_FileThatIsNone_SaysWhatItIs()
    {
        await using var opened = await chromium.NewPageAsync();
        await opened.OpenAsync(shared.Address);

        await opened.Page.Locator("#drop").EvaluateAsync(Drop, "no bundle");

        await Assertions.Expect(opened.Page.Locator("#verify-result")).ToContainTextAsync("dropped.json is no JSON");
        opened.AssertNoComplaint();
    }

    private static async Task<(string Name, string Text)> MintAsync(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#mint").ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(stream);
        return (download.SuggestedFilename, await reader.ReadToEndAsync());
    }

    private static async Task AssertVerifiedAsync(OpenedPage opened, string text, bool isValid)
    {
        var asked = await opened.Page.RunAndWaitForRequestAsync(
            () => opened.Page.Locator("#drop").EvaluateAsync(Drop, text),
            request => request.Url.EndsWith("/verify", StringComparison.Ordinal)
        );

        Assert.Null(JsonNode.Parse(asked.PostData!)!["secret_keys"]);
        var result = opened.Page.Locator("#verify-result");
        await Assertions
            .Expect(result)
            .ToContainTextAsync(isValid ? "dropped.json: valid, signed by this service" : "dropped.json: not valid");
        await Assertions.Expect(result).ToHaveAttributeAsync("data-valid", isValid ? "true" : "false");
    }
}
