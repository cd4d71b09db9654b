using ImaNanoBanana.Journal.FileJournal;
using ImaNanoBanana.Journal.FileLedger;

namespace ImaNanoBanana.Tests.Journal.FileLedger;

/// <summary>Lets time pass for an account in a folder: moves everything in its file back.</summary>
internal static class OlderAccount
{
    public static void LetPass(string folder, string account, TimeSpan time)
    {
        var accounts = new AccountFolder(folder, JournalFolder.Open);
        var credits = accounts.Read(account);
        accounts.Replace(credits with
        {
            Entries = [.. credits.Entries.Select(entry => entry with { At = entry.At - time })],
            TotalAt = credits.TotalAt == default ? default : credits.TotalAt - time,
        });
    }

    /// <summary>What a killed process leaves: its lock has no owner any more.</summary>
    public static void EndHolders(string folder)
    {
        foreach (var path in Directory.GetFiles(Path.Combine(folder, "locks"), "*.alive"))
        {
            File.Delete(path);
        }
    }
}
