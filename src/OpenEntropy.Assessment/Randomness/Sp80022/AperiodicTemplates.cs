namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>The words that cannot overlap themselves: no proper prefix of them is also a suffix (148 of length 9).</summary>
internal static class AperiodicTemplates
{
    /// <summary>All of a length in ascending order, as NIST's files have them; the first bit of a template is its most significant.</summary>
    /// <param name="length">m, 1 to 30 bits.</param>
    public static List<int> OfLength(int length)
    {
        var templates = new List<int>();
        for (var word = 0; word < 1 << length; word++)
        {
            if (IsAperiodic(word, length))
                templates.Add(word);
        }

        return templates;
    }

    private static bool IsAperiodic(int word, int length)
    {
        for (var border = 1; border < length; border++)
        {
            var prefix = word >> (length - border);
            var suffix = word & ((1 << border) - 1);
            if (prefix == suffix)
                return false;
        }

        return true;
    }
}
