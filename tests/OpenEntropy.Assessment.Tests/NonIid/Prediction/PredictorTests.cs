using OpenEntropy.Assessment.NonIid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

public sealed class PredictorTests
{
    private static readonly int[] AlphabetSizes = [2, 3, 16, 256];

    public static TheoryData<string, int> Inputs
    {
        get
        {
            var inputs = new TheoryData<string, int>();
            foreach (var shape in PredictorInputs.Shapes)
            {
                foreach (var alphabetSize in AlphabetSizes)
                    inputs.Add(shape, alphabetSize);
            }

            return inputs;
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void MultiMcw_IsAsTheClauseWordForWord(string shape, int alphabetSize)
    {
        foreach (var length in (int[])[4095, 4096, 5000])
        {
            var symbols = PredictorInputs.Create(shape, alphabetSize, length, (ulong)length);

            Assert.Equal(ReferenceMultiMcw.Count(symbols), MultiMcwPredictor.Count(symbols, alphabetSize));
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Lag_IsAsTheClauseWordForWord(string shape, int alphabetSize)
    {
        foreach (var length in (int[])[2, 3, 4, 127, 128, 129, 130, 248, 249, 5000])
        {
            var symbols = PredictorInputs.Create(shape, alphabetSize, length, (ulong)length);

            Assert.Equal(ReferenceLag.Count(symbols), LagPredictor.Count(symbols, alphabetSize));
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void MultiMmc_IsAsTheClauseWordForWord(string shape, int alphabetSize)
    {
        foreach (var length in (int[])[2, 3, 4, 17, 18, 19, 40, 1025, 2100])
        {
            foreach (var maximumEntries in (int[])[1, 100, 700, MultiMmcPredictor.MaximumEntries])
            {
                var symbols = PredictorInputs.Create(shape, alphabetSize, length, (ulong)(length + maximumEntries));

                var expected = ReferenceMultiMmc.Count(symbols, alphabetSize == 2, maximumEntries);

                Assert.Equal(expected, MultiMmcPredictor.Count(symbols, alphabetSize, null, maximumEntries));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Lz78y_IsAsTheClauseWordForWord(string shape, int alphabetSize)
    {
        foreach (var length in (int[])[17, 18, 19, 40, 300, 2000])
        {
            foreach (var maximumDictionary in (int[])[16, 25, 100, 531, 5000, Lz78yPredictor.MaximumDictionary])
            {
                var symbols = PredictorInputs.Create(shape, alphabetSize, length, (ulong)(length + maximumDictionary));

                var expected = ReferenceLz78y.Count(symbols, alphabetSize == 2, maximumDictionary);

                Assert.Equal(expected, Lz78yPredictor.Count(symbols, alphabetSize, null, maximumDictionary));
            }
        }
    }

    [Fact]
    public void Lz78y_WhereTheDictionaryFillsUpAtANewSymbol_GuessesFromTheLongerStrings()
    {
        // The new symbol 2 comes with 16 new strings, of which fewer fit in; later the strings before it recur, and it is followed by 1 or by 0.
        byte[] period = [0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 2, 1, 0, 0, 2, 0];
        var symbols = Enumerable.Range(0, 2000).Select(i => i % 7 == 6 && i % 5 == 0 ? (byte)1 : period[i % period.Length]).ToArray();
        for (var maximumDictionary = 16; maximumDictionary < 120; maximumDictionary++)
        {
            var expected = ReferenceLz78y.Count(symbols, false, maximumDictionary);

            Assert.Equal(expected, Lz78yPredictor.Count(symbols, 3, null, maximumDictionary));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(256)]
    public void Count_OfAMillion_PassesCheckpoints(int alphabetSize)
    {
        var symbols = PredictorInputs.Create("uniform", alphabetSize, 1_000_000, 1);
        foreach (var count in (Func<byte[], int, Checkpoint, PredictionCounts?>[])[Mcw, Lag, Mmc, Lz78y])
        {
            var cancelled = new OperationCanceledException();

            var exception = Assert.Throws<OperationCanceledException>(() => count(symbols, alphabetSize, () => throw cancelled));

            Assert.Same(cancelled, exception);
        }
    }

    private static PredictionCounts? Mcw(byte[] symbols, int k, Checkpoint? checkpoint) => MultiMcwPredictor.Count(symbols, k, checkpoint);

    private static PredictionCounts? Lag(byte[] symbols, int k, Checkpoint? checkpoint) => LagPredictor.Count(symbols, k, checkpoint);

    private static PredictionCounts? Mmc(byte[] symbols, int k, Checkpoint? checkpoint) => MultiMmcPredictor.Count(symbols, k, checkpoint);

    private static PredictionCounts? Lz78y(byte[] symbols, int k, Checkpoint? checkpoint) => Lz78yPredictor.Count(symbols, k, checkpoint);
}
