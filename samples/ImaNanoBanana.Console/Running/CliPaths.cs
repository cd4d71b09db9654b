namespace ImaNanoBanana.Cli.Running;

/// <summary>The files and folders that the program keeps (docs/console.md).</summary>
internal sealed class CliPaths(CliHost host)
{
    /// <summary>Purchases, so that nothing bought is lost.</summary>
    public string Journal => Path.Combine(host.Data, "ima-nano-banana", "journal");

    /// <summary>Purchases at a simulator of another process, apart from the real ones.</summary>
    public string SimulatorJournal => Path.Combine(host.Data, "ima-nano-banana", "journal-simulator");

    /// <summary>Which model each user took last, shared with other programs (wire contract).</summary>
    public string Preferences => Path.Combine(host.Home, ".openclaw", "memory", "ima_prefs.json");

    /// <summary>The logs of the last days (wire contract).</summary>
    public string Logs => Path.Combine(host.Home, ".openclaw", "logs", "ima_skills");
}
