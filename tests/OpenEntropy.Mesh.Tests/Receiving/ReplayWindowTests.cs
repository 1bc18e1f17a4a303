using FsCheck;
using FsCheck.Fluent;
using OpenEntropy.Mesh.Receiving;
using Xunit;

namespace OpenEntropy.Mesh.Tests.Receiving;

public sealed class ReplayWindowTests
{
    [Fact]
    public void TryAccept_AnyOrder_IsWhatASetOfAllNumbersSays() =>
        Prop.ForAll(
                Arb.From(Gen.OneOf(Gen.Choose(1, 200), Gen.Choose(900, 1300), Gen.Choose(1, 9000)).ListOf(300)),
                numbers =>
                {
                    var window = new ReplayWindow(floor: 20);
                    var seen = new HashSet<int>();
                    var highest = 20;
                    foreach (var number in numbers)
                    {
                        var expected = number > 20 && number > highest - ReplayWindow.Width && !seen.Contains(number);
                        if (window.TryAccept(number) != expected)
                            return false;
                        if (expected)
                            seen.Add(number);
                        highest = Math.Max(highest, number);
                    }

                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void TryAccept_TheHighestNumber_IsAcceptedOnce()
    {
        var window = new ReplayWindow(0);
        Assert.True(window.TryAccept((1L << 53) - 1));
        Assert.False(window.TryAccept((1L << 53) - 1));
        Assert.True(window.TryAccept((1L << 53) - ReplayWindow.Width));
        Assert.False(window.TryAccept(5));
    }
}
