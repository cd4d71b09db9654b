using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ImaNanoBanana.Journal.FileJournal;

namespace ImaNanoBanana.Journal.FileLedger;

/// <summary>Reads and writes the files of a ledger: one for each account, named by the hash of the account's name.</summary>
/// <param name="folder">The full path of the folder.</param>
/// <param name="open">Opens a file.</param>
internal sealed class AccountFolder(string folder, Func<string, FileMode, Stream> open)
{
    public static string HashOf(string account) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(account)));

    /// <returns>The content of the account's file; an empty account if there is no file.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or something else.</exception>
    public AccountCredits Read(string account)
    {
        var path = PathOf(account);
        try
        {
            using var stream = open(path, FileMode.Open);
            return JsonSerializer.Deserialize(stream, AccountJsonContext.Default.AccountCredits) is { } credits
                && credits.Account == account && credits.IsValid() ? credits : throw NotReadable(path, null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return AccountCredits.Empty(account);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // The last two are thrown for invalid text, such as half of a surrogate pair.
            throw NotReadable(path, exception);
        }
    }

    /// <summary>Replaces the account's file. Requires the lock. A crash leaves the old content or the new one.</summary>
    public void Replace(AccountCredits credits)
    {
        var path = PathOf(credits.Account);
        var content = JsonSerializer.SerializeToUtf8Bytes(credits, AccountJsonContext.Default.AccountCredits);
        DurableFile.Replace(path, path + ".tmp", content, open);
    }

    private static InvalidDataException NotReadable(string path, Exception? cause) => new(
        $"{path} is damaged or belongs to another program. Restore it, or delete it if the credits that it counted no longer matter",
        cause);

    private string PathOf(string account) => Path.Combine(folder, HashOf(account) + ".credits");
}
