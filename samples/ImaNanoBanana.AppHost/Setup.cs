using ImaNanoBanana.AppHost.Databases;
using Microsoft.Extensions.Configuration;

namespace ImaNanoBanana.AppHost;

/// <summary>Reads the settings, looks at the machine, and adds everything.</summary>
internal static class Setup
{
    /// <exception cref="InvalidOperationException">A setting is wrong, or nothing can run the database.</exception>
    public static async Task<AppHostSettings> AddAsync(
        IDistributedApplicationBuilder builder, bool hasDashboard, CancellationToken cancellationToken)
    {
        var settings = AppHostSettings.Read(builder.Configuration, Environment.IsPrivilegedProcess);
        var source = ImageSource.From(builder.Configuration[ImageSource.KeySetting]);
        var folder = DataFolder.Open(settings.Folder);
        var choice = DatabaseChoice.From(await Machine.ReadAsync(folder, cancellationToken), settings.UseContainers);
        if (choice.Problem is { } problem)
        {
            throw new InvalidOperationException(problem);
        }

        folder.Remember(choice.Kind);
        Console.WriteLine(source.Notice);
        StudioApp.Add(builder, settings, source, await ImagesDatabase.AddAsync(builder, folder, source, choice, cancellationToken));
        if (!hasDashboard)
        {
            StudioApp.RemoveTelemetry(builder);
        }

        return settings;
    }
}
