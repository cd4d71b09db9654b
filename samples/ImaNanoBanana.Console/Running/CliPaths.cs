namespace ImaNanoBanana.Cli.Running;

/// <summary>Provides the paths of the files and folders that the program uses (docs/console.md).</summary>
internal sealed class CliPaths(CliHost host)
{
    /// <summary>The task journal, so that no charged image is lost.</summary>
    public string Journal => Path.Combine(host.Data, "ima-nano-banana", "journal");

    /// <summary>The task journal for a simulator in another process, separate from the real one.</summary>
    public string SimulatorJournal => Path.Combine(host.Data, "ima-nano-banana", "journal-simulator");

    /// <summary>The model that each user used last, shared with other programs.</summary>
    public string Preferences => Path.Combine(host.Home, ".openclaw", "memory", "ima_prefs.json");

    /// <summary>The preferences of runs with a simulator, so that they can be tried without a change to the real ones.</summary>
    public string SimulatorPreferences => Path.Combine(host.Data, "ima-nano-banana", "prefs-simulator.json");

    /// <summary>The API key that <c>ima init</c> stored, or where it is.</summary>
    public string Key => Path.Combine(host.Data, "ima-nano-banana", "api-key");

    /// <summary>The logs of the last seven days.</summary>
    public string Logs => Path.Combine(host.Home, ".openclaw", "logs", "ima_skills");
}
