using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using OpenEntropy.Http.Answers;
using OpenEntropy.Http.Values;
using static OpenEntropy.Http.Answers.AnswerCheck;

namespace OpenEntropy.Http;

/// <summary>Items that the service puts in order or chooses.</summary>
public sealed partial class OpenEntropyClient
{
    /// <summary>Items in random order.</summary>
    /// <param name="items">1 to 10,000 of 1 to 256 characters; equal ones are allowed.</param>
    /// <param name="count">How many: a sample without repetition; null: all.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public async Task<RandomValues<string>> ShuffleAsync(
        IReadOnlyList<string> items,
        int? count = null,
        ValueOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(items);
        var values = await PostItemsAsync("shuffle", new RequestPath("api/v1/shuffle"), items, count ?? items.Count, options, cancellation);
        var left = items
            .GroupBy(item => item, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        foreach (var item in values.Data)
            Expect(left[item]-- > 0, "an item came more often than it was given");
        return values;
    }

    /// <summary>Items chosen by chance, with repetition.</summary>
    /// <param name="items">1 to 10,000 of 1 to 256 characters.</param>
    /// <param name="weights">1 to 10^9, one for each item; null: all alike.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomValues<string>> ChooseAsync(
        IReadOnlyList<string> items,
        IReadOnlyList<int>? weights = null,
        int count = 1,
        ValueOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(items);
        var path = new RequestPath("api/v1/choice").Add(
            "weights",
            weights is null ? null : string.Join(',', weights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)))
        );
        return PostItemsAsync("choice", path, items, count, options, cancellation);
    }

    private async Task<RandomValues<string>> PostItemsAsync(
        string type,
        RequestPath path,
        IReadOnlyList<string> items,
        int count,
        ValueOptions? options,
        CancellationToken cancellation
    )
    {
        options ??= new ValueOptions();
        path = ValueOptions.Add(path.Add("count", count), options);
        var given = items.ToHashSet(StringComparer.Ordinal);
        var body = JsonSerializer.SerializeToUtf8Bytes([.. items], ServiceJson.Default.StringArray);
        using var response = await _calls.SendAsync(() => Post(path, () => Json(body)), mayRepeat: true, cancellation);
        return await JsonBody.ReadAsync(
            response,
            _calls,
            root =>
                new ValueAnswer(type, count, options).Read(
                    root,
                    element =>
                    {
                        var item = Text(element);
                        Expect(given.Contains(item), "an element was not among the items");
                        return item;
                    }
                ),
            cancellation
        );
    }

    // Over memory of its owner's, who may zero it once the call has ended.
    private static ReadOnlyMemoryContent Json(ReadOnlyMemory<byte> body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
