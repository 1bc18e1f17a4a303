using System.Diagnostics;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Tests.MlDsa;
using OpenEntropy.Pqc.Tests.Npm;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Containers;

// By the machine's openssl, which need not know the algorithms: it opens what is encrypted all the same.
public class OpenSslTests
{
    private const string Passphrase = "correct horse battery staple";
    private const string MlDsa65 = "2.16.840.1.101.3.4.3.18";

    [OpenSslFact]
    public async Task Pkcs8_OurContainerWithTheDefaultRounds_IsDecrypted()
    {
        var file = Write(out var folder, out _, out _);
        var right = await RunAsync("pkcs8", "-in", file, "-passin", $"pass:{Passphrase}");
        var wrong = await RunAsync("pkcs8", "-in", file, "-passin", $"pass:{Passphrase}x");
        folder.Delete(recursive: true);

        // Before 3.5 it decrypts, and then complains about the identifier it found there.
        var before = right.Error.Contains("unsupported private key algorithm", StringComparison.Ordinal);
        Assert.Contains(before ? $"TYPE={MlDsa65}" : "BEGIN PRIVATE KEY", before ? right.Error : right.Text, StringComparison.Ordinal);
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.DoesNotContain(MlDsa65, wrong.Error, StringComparison.Ordinal);
    }

    [OpenSslFact]
    public async Task KdfAndEnc_OurContainerWithTheDefaultRounds_GiveTheKeyByteForByte()
    {
        Write(out var folder, out var plain, out var random);
        var (salt, vector) = (Convert.ToHexString(random[..16]), Convert.ToHexString(random[16..]));
        string[] options = ["digest:SHA256", $"pass:{Passphrase}", $"hexsalt:{salt}", "iter:600000"];
        var derived = await RunAsync(["kdf", "-keylen", "32", .. options.SelectMany(option => new[] { "-kdfopt", option }), "PBKDF2"]);
        var key = derived.Text.Trim().Replace(":", "", StringComparison.Ordinal);
        var (source, target) = (Path.Combine(folder.FullName, "encrypted"), Path.Combine(folder.FullName, "plain"));
        var decrypted = await RunAsync("enc", "-d", "-aes-256-cbc", "-K", key, "-iv", vector, "-in", source, "-out", target);
        var given = await File.ReadAllBytesAsync(target);
        folder.Delete(recursive: true);

        Assert.Equal("", decrypted.Error);
        Assert.Equal(plain, given);
    }

    // The container in PEM as "key.pem" and its encrypted bytes alone as "encrypted".
    private static string Write(out DirectoryInfo folder, out byte[] plain, out byte[] random)
    {
        folder = Directory.CreateTempSubdirectory("openentropy-openssl-");
        plain = new ContainerKey("ML-DSA-65").Pkcs8(PrivateKeyForm.Seed);
        random = new ScriptedBytes("salt").Next(32);
        var encrypted = EncryptedPrivateKeyInfo.Encrypt(plain, Passphrase, new ScriptedBytes("salt").Fill);
        var file = Path.Combine(folder.FullName, "key.pem");
        File.WriteAllText(file, new string(Pem.Write(EncryptedPrivateKeyInfo.PemLabel, encrypted)));
        File.WriteAllBytes(Path.Combine(folder.FullName, "encrypted"), encrypted[^((plain.Length / 16 * 16) + 16)..]);
        return file;
    }

    private static async Task<(int ExitCode, string Text, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (text, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(NpmFolder.Patience);
        return (process.ExitCode, await text, await error);
    }
}
