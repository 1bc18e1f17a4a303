using System.Reflection;
using System.Runtime.InteropServices;
using OpenEntropy.Evidence.Documents;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

public sealed class GeneratedDocumentsTests
{
    private const byte Call = 0x28; // ECMA-335, III.3.19: call, followed by a token of four bytes

    [Fact]
    public void PlatformsDocument_IsWhatTheCodeGenerates() => AssertIs("platforms.md", "matrix", PlatformMatrix.Text());

    /// <summary>Some sources claim less on other machines, and say so: the document is of the machine that most of the figures are from.</summary>
    [VirtualMachineFact]
    public void CatalogueDocument_IsWhatTheCodeGenerates() => AssertIs("catalogue.md", "catalogue", CatalogueReference.Text());

    [Fact]
    public void SupportedProcessor_OfEverySourceThatAsksForOne_IsDeclared()
    {
        var asks = new Dictionary<MethodBase, Architecture[]>
        {
            [typeof(MachineCode).GetMethod(nameof(MachineCode.WhyNotX64))!] = [Architecture.X64],
            [typeof(LinuxFiles).GetProperty(nameof(LinuxFiles.KnowsProcessor))!.GetMethod!] = [Architecture.X64, Architecture.Arm64],
        };

        foreach (var type in CatalogSources.All().Select(source => source.GetType()))
        {
            foreach (var called in Calls(type.GetMethod(nameof(NoiseSource.WhyUnavailable))!).Where(asks.ContainsKey))
                Assert.True(
                    asks[called].SequenceEqual(SourcePlatforms.ProcessorsOf(type)),
                    $"{type.Name} calls {called.Name}: mark it with [SupportedProcessor({string.Join(", ", asks[called].Select(each => $"Architecture.{each}"))})]"
                );
        }
    }

    [Fact]
    public void WhyUnavailable_OnAProcessorThatIsNotDeclared_SaysWhichAre()
    {
        var reason = SourcePlatforms.WhyUnavailable(new OfAnotherProcessor());

        Assert.Equal("it is made for s390x and armv6", reason);
    }

    private static IEnumerable<MethodBase> Calls(MethodInfo method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + sizeof(int) < code.Length; i++)
        {
            if (code[i] == Call && TryResolve(method.Module, BitConverter.ToInt32(code, i + 1)) is { } called)
                yield return called;
        }
    }

    /// <summary>Null where the byte was no instruction but part of another.</summary>
    private static MethodBase? TryResolve(Module module, int token)
    {
        try
        {
            return module.ResolveMethod(token);
        }
        catch (Exception exception) when (exception is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }

    private static void AssertIs(string document, string command, string generated)
    {
        using var stream = typeof(GeneratedDocumentsTests).Assembly.GetManifestResourceStream(document)!;
        using var reader = new StreamReader(stream);
        Assert.True(
            reader.ReadToEnd().ReplaceLineEndings("\n") == generated,
            $"docs/{document} is out of date: dotnet run -c Release --project tests/OpenEntropy.Evidence -- {command}"
        );
    }

    [SupportedProcessor(Architecture.S390x, Architecture.Armv6)]
    private sealed class OfAnotherProcessor : NoiseSource
    {
        public override NoiseSourceInfo Info => throw new InvalidOperationException("Nobody asks.");

        protected internal override int Collect(Span<byte> samples) => samples.Length;
    }
}
