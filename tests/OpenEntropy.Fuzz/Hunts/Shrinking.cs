using OpenEntropy.Fuzz.Grammar;

namespace OpenEntropy.Fuzz.Hunts;

/// <summary>Makes the request of a finding as small as it can be with the same fault.</summary>
internal static class Shrinking
{
    private const int MostTries = 2000;

    /// <summary>The smallest request that was found.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="findFaultAsync">Tries a request and tells its fault, or null.</param>
    public static async Task<Finding> ShrinkAsync(Finding finding, Func<FuzzRequest, Task<string?>> findFaultAsync)
    {
        var tries = 0;
        for (var smaller = finding; smaller is not null; )
        {
            finding = smaller;
            smaller = null;
            foreach (var candidate in Smaller(finding.Request))
            {
                if (++tries > MostTries)
                    return finding;
                if (await findFaultAsync(candidate) is { } fault && Finding.KindOf(fault) == finding.Kind)
                {
                    smaller = finding with { Request = candidate, Fault = fault };
                    break;
                }
            }
        }

        return finding;
    }

    /// <summary>The requests one step smaller: without a parameter or a header, a part of half its length or without one character, GET for HEAD.</summary>
    /// <param name="request">The request.</param>
    internal static IEnumerable<FuzzRequest> Smaller(FuzzRequest request)
    {
        for (var i = 0; i < request.Parts.Count; i++)
            yield return request with
            {
                Parts = Without(request.Parts, i),
            };
        for (var i = 0; i < request.Headers.Count; i++)
            yield return request with
            {
                Headers = Without(request.Headers, i),
            };
        if (request.IsHead)
            yield return request with
            {
                Method = "GET",
            };
        foreach (var content in request.Body is null ? [] : Shorter(request.Body.Content))
            yield return request with
            {
                Body = request.Body! with { Content = content },
            };
        for (var i = 0; i < request.Parts.Count; i++)
        {
            foreach (var part in Shorter(request.Parts[i]))
                yield return request with
                {
                    Parts = [.. request.Parts.Take(i), part, .. request.Parts.Skip(i + 1)],
                };
        }
    }

    private static List<string> Without(IReadOnlyList<string> list, int index) => [.. list.Take(index), .. list.Skip(index + 1)];

    private static IEnumerable<string> Shorter(string part)
    {
        const int Few = 64;
        if (part.Length > 1)
        {
            yield return part[..(part.Length / 2)];
            yield return part[(part.Length / 2)..];
            yield return part[..(part.Length * 3 / 4)];
        }

        for (var i = 0; i < part.Length && part.Length <= Few; i++)
            yield return part.Remove(i, 1);
    }
}
