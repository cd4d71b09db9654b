namespace ImaNanoBanana.Mcp.Stores;

/// <summary>Records in files, which all servers of one machine share.</summary>
internal static class FileStore
{
    private const string CreditsFolder = "credits";

    /// <param name="settings">The settings of the user.</param>
    /// <param name="time">The clock.</param>
    /// <param name="user">The name of a remote user; empty for the person who started the server.</param>
    public static UserStore Create(ServerSettings settings, TimeProvider time, string user)
    {
        var folder = settings.Journal ?? StandardFolder(settings.IsSimulated);
        var journal = new FileTaskJournal(folder, user, timeProvider: time);
        var ledger = new FileCreditLedger(Path.Combine(folder, CreditsFolder), journal);
        return new UserStore(journal, new CreditBudget(ledger, settings.Account(user)));
    }

    /// <summary>The folder of the program `ima`, so that it finds the submissions of the server.</summary>
    private static string StandardFolder(bool isSimulated) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "ima-nano-banana",
        isSimulated ? "journal-simulator" : "journal");
}
