using System.CommandLine;

namespace OpenEntropy.Cli.Devices;

/// <summary><c>--mode</c>: who may read and write the pipe, as chmod takes it.</summary>
internal sealed class ModeOption : Option<UnixFileMode>
{
    private const int Octal = 8;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody =
        Owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public ModeOption()
        : base("--mode")
    {
        Description = "Who may read and write the pipe, octal, 0600 to 0666, the owner always. Default: 0600.";
        HelpName = "MODE";
        DefaultValueFactory = _ => Owner;
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (given.Length is 3 or 4 && given.All(digit => digit is >= '0' and <= '7'))
            {
                var mode = (UnixFileMode)Convert.ToInt32(given, Octal);
                if ((mode & Everybody) == mode && (mode & Owner) == Owner)
                    return mode;
            }

            result.AddError($"--mode is {given}, and can be 0600 to 0666, with 6 first: octal digits of reading (4) and writing (2).");
            return Owner;
        };
    }
}
