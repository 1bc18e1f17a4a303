using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>A test that needs programs; reported as skipped where one of them is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] programs)
    {
        if (Array.Find(programs, program => Tool.Find(program) is null) is { } missing)
        {
            Skip = $"{missing} is not on the PATH";
        }
    }
}
