using Xunit;

namespace OpenEntropy.Cli.Tests.Completion;

/// <summary>A test that runs a shell: skipped where the machine has it not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellTheoryAttribute : TheoryAttribute
{
    public ShellTheoryAttribute(string shell)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, shell))))
            Skip = $"There is no {shell} here.";
    }
}
