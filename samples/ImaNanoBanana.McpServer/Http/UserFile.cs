using System.Text.Json;

namespace ImaNanoBanana.Mcp.Http;

/// <summary>Reads the file that lists the users.</summary>
internal static class UserFile
{
    private const int LongestName = 64;

    private const int HashLength = 64;

    /// <exception cref="ArgumentException">The file cannot be read or is not valid. The message is meant for the person who started the
    /// server.</exception>
    public static IReadOnlyList<RemoteUser> Read(string path)
    {
        try
        {
            var users = JsonSerializer.Deserialize(File.ReadAllBytes(path), UserJson.Default.RemoteUserArray);
            return Checked(users ?? [], path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ArgumentException($"The file of users cannot be read: {exception.Message}", exception);
        }
    }

    private static RemoteUser[] Checked(RemoteUser[] users, string path)
    {
        if (users.Length == 0)
        {
            throw new ArgumentException($"{path} lists no users. `ima-mcp new-token NAME` prints an entry.");
        }

        foreach (var user in users)
        {
            if (Problem(user) is { } problem)
            {
                throw new ArgumentException($"{path}: {problem}");
            }
        }

        // Names that differ only in case would share a folder on some file systems.
        return users.DistinctBy(user => user.Name, StringComparer.OrdinalIgnoreCase).Count() == users.Length
            && users.DistinctBy(user => user.TokenSha256, StringComparer.OrdinalIgnoreCase).Count() == users.Length
            ? users
            : throw new ArgumentException($"{path}: two users have the same name or the same token.");
    }

    private static string? Problem(RemoteUser user) =>
        !IsName(user.Name) ? $"a name must have 1 to {LongestName} letters, digits, '-', '_' or '.', and begin with a letter or digit."
            : user.TokenSha256 is not { Length: HashLength } hash || !hash.All(char.IsAsciiHexDigit)
                ? $"token_sha256 of {user.Name} must have {HashLength} hexadecimal digits; `ima-mcp new-token {user.Name}` prints them."
            : user is { Budget: < 0 } or { MaxCredits: < 0 } ? $"the limits of {user.Name} must not be negative."
            : null;

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestName }
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_' or '.');
}
