using System.Text.Json;
using ImaNanoBanana.Mcp.Http;

namespace ImaNanoBanana.McpServer.Tests.Http;

/// <summary>The users of the tests.</summary>
internal static class Users
{
    public const string Anna = "token-of-anna";

    /// <summary>Has a budget of 13 credits, enough for two images.</summary>
    public const string Ben = "token-of-ben";

    public static RemoteUser[] All { get; } =
        [new("anna", AccessToken.Hash(Anna)), new("ben", AccessToken.Hash(Ben), Budget: 13, MaxCredits: 12)];

    /// <returns>The path of a file with the users.</returns>
    public static string File(Shop shop)
    {
        var path = Path.Combine(shop.Folder, "users.json");
        System.IO.File.WriteAllText(path, JsonSerializer.Serialize(All, UserJson.Default.RemoteUserArray));
        return path;
    }
}
