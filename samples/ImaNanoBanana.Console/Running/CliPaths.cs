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

    /// <summary>The logs of the last seven days.</summary>
    public string Logs => Path.Combine(host.Home, ".openclaw", "logs", "ima_skills");
}
