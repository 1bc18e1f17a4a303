using System.ComponentModel.DataAnnotations;

namespace OpenEntropy;

/// <summary>Where the program keeps its files.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Storage";

    /// <summary>
    /// The directory for everything written: source files, logs, recordings. Created when first needed.
    /// Default: <c>openentropy</c> below the user's data directory (<c>$XDG_DATA_HOME</c>, else <c>~/.local/share</c>), else below the temporary one.
    /// </summary>
    [Required(AllowEmptyStrings = false)]
    public string Directory { get; set; } = DefaultDirectory();

    private static string DefaultDirectory()
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data.Length > 0 ? data : Path.GetTempPath(), "openentropy");
    }
}
