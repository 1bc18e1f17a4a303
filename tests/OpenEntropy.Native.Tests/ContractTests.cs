using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace OpenEntropy.Native.Tests;

public sealed partial class ContractTests
{
    private static readonly MethodInfo[] s_entryPoints =
    [
        .. typeof(Exports).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => Attribute(method) is not null),
    ];

    [Fact]
    public void Header_EveryCode_IsTheLibrarys()
    {
        var header = CodeLine()
            .Matches(Resource("openentropy.h"))
            .ToDictionary(match => Key(match.Groups["name"].Value), match => int.Parse(match.Groups["code"].Value));
        Assert.Equal(Enum.GetValues<ResultCode>().ToDictionary(code => Key(code.ToString()), code => (int)code), header);
    }

    [Fact]
    public void Header_EveryEntryPoint_HasItsTypeAndItsMethod()
    {
        var header = Resource("openentropy.h");
        var types = TypeName().Matches(header).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal);
        Assert.Equal(s_entryPoints.Select(method => Attribute(method)!.EntryPoint!).Order(StringComparer.Ordinal), types);
        Assert.All(s_entryPoints, method => Assert.Contains($"/* {method.Name} */", header, StringComparison.Ordinal));
        Assert.Contains($"#define OPENENTROPY_CONTRACT {Exports.ContractVersion}\n", header, StringComparison.Ordinal);
        Assert.Contains($"\"{typeof(Exports).FullName}, {typeof(Exports).Assembly.GetName().Name}\"", header, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EveryEntryPointAndCode_IsTold()
    {
        var page = Resource("native.md");
        Assert.All(s_entryPoints, method => Assert.Contains($"`{method.Name}`", page, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<ResultCode>(), code => Assert.Matches($@"\| {(int)code} \|", page));
    }

    [Fact]
    public unsafe void Contract_TheFunction_IsTheConstant()
    {
        delegate* unmanaged[Cdecl]<int> contract = &Exports.Contract;
        Assert.Equal(Exports.ContractVersion, contract());
    }

    private static UnmanagedCallersOnlyAttribute? Attribute(MethodInfo method) =>
        method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>();

    private static string Key(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ContractTests).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^    OPENENTROPY_(?<name>\w+) = (?<code>-?\d+),?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"\*(?<name>openentropy_\w+)_fn\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TypeName();
}
