using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>A page in a window of its own, with what the browser complained of and what it was answered.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    // Tells what the policy refused even where the browser's own line about it changes.
    private const string TellViolations =
        "document.addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))";

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<IResponse> _answers = new();

    private OpenedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Note(isComplaint: true, $"exception: {error}");
        page.Response += (_, answer) => _answers.Enqueue(answer);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, exceptions nobody caught and what the Content-Security-Policy refused.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>What it was answered so far.</summary>
    public IReadOnlyCollection<IResponse> Answers => _answers;

    public static async Task<OpenedPage> CreateAsync(IBrowserContext context)
    {
        var page = new OpenedPage(context, await context.NewPageAsync());
        await page.Page.AddInitScriptAsync(TellViolations);
        return page;
    }

    /// <summary>Forgets what it complained of, where a test broke something on purpose.</summary>
    public void Forgive() => _complaints.Clear();

    /// <summary>That the browser complained of what the test did on purpose and of nothing else; forgets it.</summary>
    /// <param name="text">What its complaints hold.</param>
    public void AssertOnlyComplaint(string text)
    {
        Assert.All(_complaints, complaint => Assert.Contains(text, complaint, StringComparison.Ordinal));
        Forgive();
    }

    /// <summary>That the browser had nothing to complain of.</summary>
    public void AssertNoComplaint() => Assert.Empty(_complaints);

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private void Note(bool isComplaint, string line)
    {
        if (isComplaint)
        {
            _complaints.Enqueue(line);
        }
    }
}
