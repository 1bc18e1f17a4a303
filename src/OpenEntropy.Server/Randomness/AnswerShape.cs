namespace OpenEntropy.Server.Randomness;

/// <summary>
/// Whose object a JSON answer is, and with it how its request is read: the service's own refuses what it does not know, the shapes of other
/// services pass over it, as their clients expect.
/// </summary>
internal enum AnswerShape
{
    /// <summary>The service's own.</summary>
    Service,

    /// <summary>The newer ANU API: <c>success</c>, <c>type</c>, <c>length</c>, <c>data</c>.</summary>
    Anu,

    /// <summary>The same with <c>length</c> as a string, which is how that service writes it.</summary>
    AnuTextLength,

    /// <summary>
    /// The older ANU API: <c>type</c>, <c>length</c>, <c>size</c>, <c>data</c>, <c>success</c>; an element of <c>hex16</c> is <c>size</c> bytes,
    /// and its type is called <c>string</c> in the answer.
    /// </summary>
    AnuOlder,
}
