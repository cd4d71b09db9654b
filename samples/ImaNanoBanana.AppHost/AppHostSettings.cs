using Microsoft.Extensions.Configuration;

namespace ImaNanoBanana.AppHost;

/// <summary>
/// The settings of the section <c>AppHost</c>, from the arguments (<c>--AppHost:Workers=3</c>) or the environment
/// (<c>AppHost__Workers</c>).
/// </summary>
internal sealed class AppHostSettings
{
    private const string Section = "AppHost";
    private const string FolderName = "ImaNanoBanana.AppHost";

    /// <summary>The port of the studio on this machine. Its instances share it.</summary>
    public int Port { get; set; } = 5085;

    /// <summary>The port of the simulator on this machine; null for any free one.</summary>
    public int? SimulatorPort { get; set; }

    /// <summary>The number of instances of the studio.</summary>
    public int Studios { get; set; } = 1;

    /// <summary>The number of workers.</summary>
    public int Workers { get; set; } = 1;

    /// <summary>True for a database in a container, false for an installed PostgreSQL, null for what there is.</summary>
    public bool? UseContainers { get; set; }

    /// <summary>The folder of the data. It must outlive the process.</summary>
    public string Folder { get; set; } = "";

    /// <exception cref="InvalidOperationException">A value has the wrong type, or a number is less than 1.</exception>
    public static AppHostSettings Read(IConfiguration configuration, bool isRoot)
    {
        var settings = configuration.GetSection(Section).Get<AppHostSettings>() ?? new AppHostSettings();
        if (settings.Studios < 1 || settings.Workers < 1)
        {
            throw new InvalidOperationException($"{Section}:{nameof(Studios)} and {Section}:{nameof(Workers)} must be 1 or more.");
        }

        settings.Folder = Path.GetFullPath(settings.Folder.Length > 0 ? settings.Folder : DefaultFolder(isRoot));
        return settings;
    }

    /// <summary>The user of the database server cannot enter the home folder of root.</summary>
    private static string DefaultFolder(bool isRoot)
    {
        if (isRoot && !OperatingSystem.IsWindows())
        {
            return Path.Combine("/var/lib", FolderName);
        }

        return Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), FolderName);
    }
}
