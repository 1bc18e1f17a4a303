using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>Requests as they are read from their query strings.</summary>
internal static class RequestParsing
{
    /// <summary>The limits nobody configured.</summary>
    public static RandomnessOptions Defaults { get; } = new();

    /// <summary>The same, with raw samples.</summary>
    public static RandomnessOptions RawAllowed { get; } = new() { AllowRaw = true };

    /// <summary>A request that stands.</summary>
    public static RandomRequest Accept(string query, RandomnessOptions? options = null)
    {
        var parsed = RandomRequest.TryParse(query, "", options ?? Defaults, out var request, out var error);
        Assert.True(parsed, error?.Message);
        Assert.Null(error);
        return request;
    }

    /// <summary>Why a request does not.</summary>
    public static RequestError Refuse(string query, string? field, string? message = null, RandomnessOptions? options = null)
    {
        Assert.False(RandomRequest.TryParse(query, "", options ?? Defaults, out _, out var error));
        Assert.Equal(400, error!.Status);
        Assert.Equal(field, error.Field);
        if (message is not null)
        {
            Assert.Equal(message, error.Message);
        }

        return error;
    }
}
