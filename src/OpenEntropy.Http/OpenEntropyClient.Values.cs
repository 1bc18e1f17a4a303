using System.Text;
using System.Text.Json;
using OpenEntropy.Http.Answers;
using OpenEntropy.Http.Values;
using static OpenEntropy.Http.Answers.AnswerCheck;

namespace OpenEntropy.Http;

/// <summary>Values that the service makes of random bytes.</summary>
public sealed partial class OpenEntropyClient
{
    /// <summary>Whole numbers of a range, with repetition.</summary>
    /// <param name="min">The smallest.</param>
    /// <param name="max">The largest; any 64-bit range.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomValues<long>> GetIntegersAsync(
        long min,
        long max,
        int count = 1,
        ValueOptions? options = null,
        CancellationToken cancellation = default
    ) => GetRangeAsync("integers", min, max, count, options, cancellation);

    /// <summary>Distinct whole numbers of a range, in random order.</summary>
    /// <param name="min">The smallest.</param>
    /// <param name="max">The largest; any 64-bit range.</param>
    /// <param name="count">How many, at most as many as there are.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public async Task<RandomValues<long>> GetSequenceAsync(
        long min,
        long max,
        int count,
        ValueOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        var values = await GetRangeAsync("sequence", min, max, count, options, cancellation);
        Expect(values.Data.Distinct().Count() == count, "a number came twice");
        return values;
    }

    /// <summary>Numbers from 0 up to but not 1, multiples of 2^−53.</summary>
    /// <param name="count">How many.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomValues<double>> GetFloatsAsync(
        int count = 1,
        ValueOptions? options = null,
        CancellationToken cancellation = default
    ) =>
        GetValuesAsync(
            "floats",
            new RequestPath("api/v1/floats"),
            count,
            options,
            element =>
            {
                var value = element.GetDouble();
                Expect(value is >= 0 and < 1, "an element is not from 0 up to but not 1");
                return value;
            },
            cancellation
        );

    /// <summary>Normally distributed numbers.</summary>
    /// <param name="mean">±10^12, up to 15 digits on either side of the point.</param>
    /// <param name="deviation">Above 0, at most 10^12.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomValues<double>> GetGaussiansAsync(
        decimal mean = 0,
        decimal deviation = 1,
        int count = 1,
        ValueOptions? options = null,
        CancellationToken cancellation = default
    ) =>
        GetValuesAsync(
            "gaussians",
            new RequestPath("api/v1/gaussians").Add("mean", mean).Add("deviation", deviation),
            count,
            options,
            element =>
            {
                var value = element.GetDouble();
                Expect(double.IsFinite(value), "an element is no number");
                return value;
            },
            cancellation
        );

    /// <summary>UUIDs of RFC 9562.</summary>
    /// <param name="version">4, or 7 with the time of the request.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomValues<Guid>> GetUuidsAsync(
        int version = 4,
        int count = 1,
        ValueOptions? options = null,
        CancellationToken cancellation = default
    ) =>
        GetValuesAsync(
            "uuids",
            new RequestPath("api/v1/uuids").Add("version", version),
            count,
            options,
            element =>
            {
                var uuid = element.GetGuid();
                Expect(uuid.Version == version && uuid.Variant is >= 8 and <= 11, $"an element is no UUID of version {version}");
                return uuid;
            },
            cancellation
        );

    /// <summary>Strings of an alphabet.</summary>
    /// <param name="length">Characters of each (Unicode code points), 1 to 1024.</param>
    /// <param name="alphabet">2 to 1024 distinct characters; null: digits and ASCII letters.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomValues<string>> GetStringsAsync(
        int length = 32,
        string? alphabet = null,
        int count = 1,
        ValueOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        var allowed = alphabet?.EnumerateRunes().ToHashSet();
        return GetValuesAsync(
            "strings",
            new RequestPath("api/v1/strings").Add("length", length).Add("alphabet", alphabet),
            count,
            options,
            element =>
            {
                var text = Text(element);
                var isOf = text.EnumerateRunes().All(rune => allowed?.Contains(rune) ?? (rune.IsAscii && Rune.IsLetterOrDigit(rune)));
                Expect(isOf && text.EnumerateRunes().Count() == length, $"an element is not {length} characters of the alphabet");
                return text;
            },
            cancellation
        );
    }

    /// <summary>Byte strings of one length.</summary>
    /// <param name="length">Bytes of each, 1 to 1024.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServiceException">The service did not give all of them.</exception>
    public Task<RandomValues<byte[]>> GetByteStringsAsync(
        int length = 32,
        int count = 1,
        ValueOptions? options = null,
        CancellationToken cancellation = default
    ) =>
        GetValuesAsync(
            "bytes",
            new RequestPath("api/v1/bytes").Add("length", length).Add("encoding", "base64"),
            count,
            options,
            element =>
            {
                var bytes = element.GetBytesFromBase64();
                Expect(bytes.Length == length, $"an element is not {length} bytes");
                return bytes;
            },
            cancellation
        );

    private Task<RandomValues<long>> GetRangeAsync(
        string type,
        long min,
        long max,
        int count,
        ValueOptions? options,
        CancellationToken cancellation
    ) =>
        GetValuesAsync(
            type,
            new RequestPath($"api/v1/{type}").Add("min", min).Add("max", max),
            count,
            options,
            element => ValueAnswer.Integer(element, min, max),
            cancellation
        );

    private async Task<RandomValues<T>> GetValuesAsync<T>(
        string type,
        RequestPath path,
        int count,
        ValueOptions? options,
        Func<JsonElement, T> element,
        CancellationToken cancellation
    )
    {
        options ??= new ValueOptions();
        using var response = await _calls.GetAsync(ValueOptions.Add(path.Add("count", count), options), cancellation);
        return await JsonBody.ReadAsync(response, _calls, root => new ValueAnswer(type, count, options).Read(root, element), cancellation);
    }
}
