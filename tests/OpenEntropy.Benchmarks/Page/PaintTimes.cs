using Microsoft.Playwright;
using OpenEntropy.Benchmarks.Running;
using OpenEntropy.Browser.Tests.Running;

namespace OpenEntropy.Benchmarks.Page;

/// <summary>
/// How soon a visitor on this machine sees the live page (First Contentful Paint, from the start of the navigation), in turns with a short text that the same
/// service serves, which is what the browser itself needs. Each visit has a profile of its own; the second of a visitor has what the first left in it.
/// </summary>
internal static class PaintTimes
{
    private const int Visits = 9;
    private const float Patience = 60_000;
    private const string Live = "/";
    private const string Text = "/page/vendor/uPlot.LICENSE.txt";
    private const string Paint = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null";

    private static readonly Bound s_latest = Bound.AtMost(300, "300 ms");

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        if (ChromiumBrowser.WhyNot() is { } why)
        {
            throw new MeasurementException($"no page can be opened: {why}");
        }

        using var service = ChildService.StartServer();
        await service.WaitFor200Async("/health/ready");
        await ServicePool.WaitUntilFullAsync(service);
        await using (var first = await ChromiumBrowser.LaunchAsync(Patience))
        {
            var (paint, _) = await VisitAsync(first, service.Address(Live));
            report.Row("first paint, first visit of browser and service", $"{paint:0} ms");
        }

        await using var browser = await ChromiumBrowser.LaunchAsync(Patience);
        await VisitAsync(browser, service.Address(Text));
        var pairs = await Pairs<(double First, double Second)>.MeasureAsync(
            Visits,
            () => VisitAsync(browser, service.Address(Live)),
            () => VisitAsync(browser, service.Address(Text))
        );
        Print(report, pairs, $"first paint, {Visits} visitors, median", visit => visit.First);
        Print(report, pairs, "  their second visit", visit => visit.Second);
        report.Row("  the slowest first", $"{pairs.Ours.Max(visit => visit.First):0} ms", $"{pairs.Theirs.Max(visit => visit.First):0} ms");
    }

    private static void Print(
        Report report,
        Pairs<(double First, double Second)> pairs,
        string what,
        Func<(double First, double Second), double> figure
    )
    {
        var median = pairs.OursMedian(figure);
        report.Judged(median, s_latest, what, $"{median:0} ms", $"a text of 1 KB {pairs.TheirsMedian(figure):0} ms");
    }

    private static async Task<(double First, double Second)> VisitAsync(ChromiumBrowser browser, Uri address)
    {
        await using var context = await browser.NewContextAsync();
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString());
        var first = await PaintAsync(page);
        if (address.AbsolutePath == Live)
        {
            await page.WaitForSelectorAsync("#link[data-state=live]"); // all of it has come
        }

        await page.ReloadAsync();
        return (first, await PaintAsync(page));
    }

    private static async Task<double> PaintAsync(IPage page) => await (await page.WaitForFunctionAsync(Paint)).JsonValueAsync<double>();
}
