using System.Net;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Security;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Limits;

/// <summary>Who is told apart, and for how long.</summary>
public sealed class CallerAccountsTests
{
    private const int Many = 100_000;

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Enter_ManyAddressesOneAfterTheOther_AreToldApartWithinTheBound()
    {
        using var accounts = Create(maximum: 1000);

        for (var i = 0; i < Many; i++)
        {
            // 100 a millisecond; one request of ten a second is forgotten after 100 ms, and room is made once a second.
            _time.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond / 100));
            var account = accounts.Enter(Address(i))!;
            account.TryRequest(out _);
            account.Leave();
            Assert.InRange(accounts.Count, 1, 1000);
        }

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, accounts.Count);
    }

    [Fact]
    public void Enter_MoreAddressesThanRoomAtOnce_ShareOneAccount()
    {
        using var accounts = Create(maximum: 1000);

        var served = 0;
        for (var i = 0; i < Many; i++)
        {
            var account = accounts.Enter(Address(i))!;
            served += account.TryRequest(out _) is null ? 1 : 0;
            account.Leave();
        }

        // One request of each that is told apart, and the burst of the one account of all others.
        Assert.Equal(1000, accounts.Count);
        Assert.Equal(1000 + 10, served);
    }

    [Fact]
    public void Enter_KeyWhileThereIsNoRoomForAddresses_HasItsOwn()
    {
        using var accounts = Create(maximum: 1);
        Use(accounts, Address(1));
        Use(accounts, Address(2));
        Use(accounts, Address(3));

        var account = accounts.Enter(new Caller(CallerKind.Key, "backup"))!;

        Assert.Null(account.TryRequest(out var level));
        Assert.Equal(9, level.Left);
        Assert.Equal(2, accounts.Count);
    }

    [Fact]
    public void Enter_AddressesOfOneNetwork_AreOneCaller()
    {
        using var accounts = Create(maximum: 1000);
        Use(accounts, Caller.Of(IPAddress.Parse("2001:db8::1")));
        Use(accounts, Caller.Of(IPAddress.Parse("2001:db8::ffff:1")));
        Use(accounts, Caller.Of(IPAddress.Parse("2001:db8:0:1::1")));

        Assert.Equal(2, accounts.Count);
    }

    [Fact]
    public void Sweep_RequestUnderWay_KeepsItsAccount()
    {
        using var accounts = Create(maximum: 1000);
        var account = accounts.Enter(Address(1))!;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, accounts.Count);
        Assert.Same(account, accounts.Enter(Address(1)));

        account.Leave();
        account.Leave();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, accounts.Count);
        Assert.NotSame(account, accounts.Enter(Address(1)));
    }

    [Fact]
    public void Sweep_BytesOfTheDayAreUsed_KeepsTheAccountUntilTheyAreEarned()
    {
        using var accounts = Create(maximum: 1000);
        var account = accounts.Enter(Address(1))!;
        Assert.Null(account.TryBytes(1000, takes: true));
        account.Leave();

        _time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(1, accounts.Count);
        _time.Advance(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, accounts.Count);
    }

    [Fact]
    public async Task Enter_WhileOthersSweep_IsNeverCountedInAnAccountThatWasDropped()
    {
        using var accounts = Create(maximum: 2);
        using var stop = new CancellationTokenSource();
        var sweeping = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _time.Advance(TimeSpan.FromSeconds(10));
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => EnterOften(Address(i % 2)))));
        await stop.CancelAsync();
        await sweeping;

        void EnterOften(Caller caller)
        {
            for (var i = 0; i < 5000; i++)
            {
                var account = accounts.Enter(caller)!;
                Assert.False(account.TryDrop()); // never while somebody is in it
                account.Leave();
            }
        }
    }

    [Fact]
    public void Enter_LoopbackByDefault_HasNoLimits()
    {
        using var accounts = Create(maximum: 1000);

        Assert.Null(accounts.Enter(Caller.Of(IPAddress.Loopback)));
        Assert.Equal(0, accounts.Count);
    }

    private static Caller Address(int number) => Caller.Of(new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]));

    private static void Use(CallerAccounts accounts, Caller caller)
    {
        var account = accounts.Enter(caller)!;
        account.TryRequest(out _);
        account.Leave();
    }

    private CallerAccounts Create(int maximum) =>
        new(
            Options.Create(
                new LimitsOptions
                {
                    RequestsPerSecond = 10,
                    Burst = 10,
                    BytesPerDay = 1000,
                    MaximumCallers = maximum,
                }
            ),
            _time
        );
}
