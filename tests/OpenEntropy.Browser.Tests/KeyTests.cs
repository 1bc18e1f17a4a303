using Microsoft.Playwright;
using OpenEntropy.Browser.Tests.Running;
using OpenEntropy.Server.Tests.Security;
using Xunit;

namespace OpenEntropy.Browser.Tests;

/// <summary>A service that is read with a key alone.</summary>
[Collection(SharedBrowser.Name)]
public sealed class KeyTests(Chromium chromium, SharedPage shared) : IClassFixture<SharedPage>
{
    // Every way to cut a text in two, and what the parser makes of it.
    private const string Parse = """
        async text => {
          const { EventParser } = await import(new URL('page/event-parser.js', document.baseURI).href);
          return Array.from(text, (_, cut) => {
            const events = [];
            const parser = new EventParser((name, data) => events.push([name, data]));
            parser.push(text.slice(0, cut));
            parser.push(text.slice(cut));
            return JSON.stringify([parser.retry, events]);
          });
        }
        """;

    [ChromiumFact]
    public async Task Open_KeyNeeded_AsksForItAndReadsWithItAlone()
    {
        await using var proxy = await ReverseProxy.StartAsync(shared.Address, "/entropy", key: TestKey.Text);
        await using var opened = await chromium.NewPageAsync();
        var page = opened.Page;
        await page.GotoAsync(proxy.Address.ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A key is needed");

        await page.GetByRole(AriaRole.Button, new() { Name = "Give a key" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Key for this service")).ToBeFocusedAsync();
        await page.GiveKeyAsync("another");
        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("The key was not taken: A key with the scope is missing.");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A key is needed");

        await page.GiveKeyAsync(TestKey.Text);
        await page.UntilLiveAsync();
        opened.AssertOnlyComplaint("401");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
        await Assertions.Expect(page.Row("scripted_a").Locator(".category")).ToHaveTextAsync("novel");
        await Plot.UntilWidthAsync(page, "raw", 1);
        await page.Locator("#try-run").ClickAsync();
        await Assertions.Expect(page.Locator("#try-outcome")).ToContainTextAsync("200");
        await Assertions.Expect(page.Locator("#try-curl")).ToContainTextAsync("--header \"x-api-key: $KEY\"");
        Assert.DoesNotContain(TestKey.Text, await page.ContentAsync(), StringComparison.Ordinal);
        opened.AssertNoComplaint();

        // Gone with the page: it was never stored.
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A key is needed");
    }

    [ChromiumFact]
    public async Task Parse_TextInAnyTwoPieces_IsTheSameEvents()
    {
        await using var opened = await chromium.NewPageAsync();
        await opened.Page.GotoAsync(shared.Address.ToString());
        const string Text =
            "retry: 1500\n\n: a comment\r\nevent: one\r\ndata: {\"a\":1}\r\n\r\nevent:two\rdata:first\rdata:  second\rid: 7\r\rdata\n\nevent: empty\n\n"
            + "retry: never\ndata: plain\n\nevent: cut\ndata: off";

        var found = await opened.Page.EvaluateAsync<string[]>(Parse, Text);

        Assert.Equal(Text.Length, found.Length);
        Assert.Equal(
            """[1500,[["one","{\"a\":1}"],["two","first\n second"],["message",""],["message","plain"]]]""",
            Assert.Single(found.Distinct(StringComparer.Ordinal))
        );
    }
}
