using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Telemetry;
using OpenEntropy.Server.Tls;
using Xunit;

namespace OpenEntropy.Server.Tests.Secrets;

/// <summary>No type that holds a secret writes it when it is made a text, as a record does with all it has.</summary>
public sealed partial class SecretTypesTests
{
    private const string Canary = "canary-that-no-text-shows";

    [Fact]
    public void ToString_TypesThatHoldSecrets_ShowNone()
    {
        var holders = new[] { typeof(EntropyPool), typeof(Pqc.SecretArray), typeof(BundleOptions) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false } && Fields(type).Any())
            .ToList();

        Assert.Contains(typeof(BundleOptions), holders);
        Assert.Contains(typeof(OtlpOptions), holders);
        Assert.Contains(typeof(CertificateFile), holders);
        Assert.All(
            holders,
            type =>
            {
                var holder = RuntimeHelpers.GetUninitializedObject(type);
                foreach (var field in Fields(type))
                {
                    field.SetValue(
                        holder,
                        field.FieldType == typeof(string) ? Canary
                            : field.FieldType == typeof(char[]) ? Canary.ToCharArray()
                            : "canary"u8.ToArray()
                    );
                }

                Assert.DoesNotContain(Canary, holder.ToString(), StringComparison.Ordinal);
            }
        );
    }

    /// <summary>The test would see it.</summary>
    [Fact]
    public void ToString_RecordOfASecret_ShowsIt() => Assert.Contains(Canary, new Told(Canary).ToString(), StringComparison.Ordinal);

    private static IEnumerable<FieldInfo> Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field =>
                Secret().IsMatch(field.Name)
                && (field.FieldType == typeof(string) || field.FieldType == typeof(char[]) || field.FieldType == typeof(byte[]))
            );

    [GeneratedRegex(
        "passphrase|password|secret|private|pkcs8|scalar|seed|phrase|headers|characters|idempotency",
        RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Secret();

    private sealed record Told(string Password);
}
