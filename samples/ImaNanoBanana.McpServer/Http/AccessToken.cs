using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ImaNanoBanana.Mcp.Http;

/// <summary>The token that a remote user sends with each request. The server knows only its hash.</summary>
internal static class AccessToken
{
    private const string Prefix = "imamcp_";

    /// <value>32 bytes: it cannot be guessed, so a fast hash protects it.</value>
    private const int Bytes = 32;

    public static string Create() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>What the person who runs the server reads after a new token was made.</summary>
    public static string Describe(string name, string token) =>
        $"""
        The token for {name}. Give it to this person now: it is not stored anywhere.
          {token}
        The entry for the file of users:
          {JsonSerializer.Serialize([new RemoteUser(name, Hash(token))], UserJson.Default.RemoteUserArray)}
        """;
}
