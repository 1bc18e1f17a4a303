namespace OpenEntropy;

/// <summary>Levenshtein's distance without case, to find the name that was meant.</summary>
internal static class EditDistance
{
    /// <summary>The fewest insertions, deletions and replacements of characters that turn one text into the other.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other.</param>
    public static int Between(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[right.Length];
    }
}
