using System.Collections.Frozen;

namespace ImaNanoBanana.Mcp.Http;

/// <summary>Finds users by their tokens. Immutable.</summary>
internal sealed class UserTokens(HttpSettings settings)
{
    private readonly FrozenDictionary<string, RemoteUser> _users =
        settings.Users.ToFrozenDictionary(user => user.TokenSha256, StringComparer.OrdinalIgnoreCase);

    /// <returns>The user with a token; null if there is none.</returns>
    public RemoteUser? Find(string token) => _users.GetValueOrDefault(AccessToken.Hash(token));
}
