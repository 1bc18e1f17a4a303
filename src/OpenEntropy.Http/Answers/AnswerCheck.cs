using System.Text.Json;

namespace OpenEntropy.Http.Answers;

/// <summary>Refuses answers that are not what was asked for.</summary>
internal static class AnswerCheck
{
    /// <summary>Refuses an answer.</summary>
    /// <param name="holds">What should be so.</param>
    /// <param name="otherwise">What is wrong.</param>
    /// <exception cref="ServiceAnswerException">It is not so.</exception>
    public static void Expect(bool holds, string otherwise)
    {
        if (!holds)
            throw new ServiceAnswerException($"The answer is not what was asked for: {otherwise}.");
    }

    /// <summary>A text, which null is not.</summary>
    /// <param name="element">What should be one.</param>
    /// <exception cref="ServiceAnswerException">It is null.</exception>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public static string Text(JsonElement element) =>
        element.GetString() ?? throw new ServiceAnswerException("The answer is not what was asked for: null stands where a text should.");
}
