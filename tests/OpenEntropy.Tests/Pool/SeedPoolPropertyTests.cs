using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using OpenEntropy.Pool;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Pool;

/// <summary>Any sequence of operations, against a plain list.</summary>
public sealed class SeedPoolPropertyTests
{
    private const int Capacity = 5;
    private const int BlockBytes = 32;
    private static readonly TimeSpan s_maximumAge = TimeSpan.FromSeconds(10);

    [Fact]
    public void Counts_AnyOperations_EveryBlockHasOneFate() =>
        Prop.ForAll(
                Gen.Choose(0, 99).ListOf().ToArbitrary(),
                operations => new Run(new LockedMemory(BlockRing.MemoryBytes(Capacity, BlockBytes))).Holds(operations)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(200));

    /// <param name="memory">The pool's, which disposes of it.</param>
    private sealed class Run(LockedMemory memory)
    {
        private readonly ManualTimeProvider _time = new();
        private readonly List<(int Number, TimeSpan Born)> _model = [];
        private TimeSpan _now;
        private int _produced;
        private int _epoch;

        public bool Holds(IEnumerable<int> operations)
        {
            using var pool = new SeedPool(Capacity, BlockBytes, s_maximumAge, _time, memory);
            return operations.All(operation => Step(pool, operation) && IsConsistent(pool));
        }

        private bool Step(SeedPool pool, int operation)
        {
            Expire();
            switch (operation)
            {
                case < 45:
                    if (_model.Count == Capacity)
                        _model.RemoveAt(0);
                    _model.Add((++_produced, _now));
                    pool.Add(Block(_produced), _epoch);
                    return true;
                case < 50:
                    pool.Add(Block(++_produced), _epoch - 1);
                    return true;
                case < 65:
                    return IsTaken(blocks => pool.TryTakeYoungest(blocks, out _), operation % 2 + 1, youngest: true);
                case < 80:
                    return IsTaken(pool.TryTakeOldest, operation % 3 + 1, youngest: false);
                case < 97:
                    var step = TimeSpan.FromSeconds(operation % 7);
                    _now += step;
                    _time.Advance(step);
                    return true;
                default:
                    _model.Clear();
                    pool.Discard(++_epoch);
                    return true;
            }
        }

        private delegate bool Take(Span<byte> blocks);

        private bool IsTaken(Take take, int count, bool youngest)
        {
            var blocks = new byte[count * BlockBytes];
            var taken = take(blocks);
            if (taken != (_model.Count >= count))
                return false;
            for (var i = 0; taken && i < count; i++)
            {
                var place = youngest ? _model.Count - 1 : 0;
                if (!blocks.AsSpan(i * BlockBytes, BlockBytes).SequenceEqual(Block(_model[place].Number)))
                    return false;
                _model.RemoveAt(place);
            }

            return true;
        }

        private bool IsConsistent(SeedPool pool)
        {
            Expire();
            var counts = pool.Counts;
            var inMemory = memory.Span[..^1].ToArray().Chunk(BlockBytes).Count(place => place.Any(value => value != 0));
            return counts.Produced == _produced
                && counts.Available == _model.Count
                && counts.Produced == counts.Available + counts.Used + counts.Replaced + counts.Expired + counts.Discarded
                && inMemory == counts.Available;
        }

        private void Expire() => _model.RemoveAll(block => _now - block.Born > s_maximumAge);

        private static byte[] Block(int number)
        {
            var block = new byte[BlockBytes];
            BinaryPrimitives.WriteInt32LittleEndian(block, number);
            return block;
        }
    }
}
