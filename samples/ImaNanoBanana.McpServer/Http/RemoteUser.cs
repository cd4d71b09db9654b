namespace ImaNanoBanana.Mcp.Http;

/// <summary>A person who uses the server from another machine.</summary>
/// <param name="Name">The name. The submissions in the journal and the spent credits belong to it, so it must stay the same.</param>
/// <param name="TokenSha256">The SHA-256 hash of the person's token, in hexadecimal digits. The token itself is not stored.</param>
/// <param name="Budget">The most credits in any 24 hours; null for the budget of the server's command line.</param>
/// <param name="MaxCredits">The most credits that one call may cost; null for the limit of the server's command line.</param>
internal sealed record RemoteUser(string Name, string TokenSha256, decimal? Budget = null, decimal? MaxCredits = null)
{
    /// <summary>The settings with which the server works for this user.</summary>
    public ServerSettings Apply(ServerSettings settings) => settings with
    {
        IsRemote = true,
        Budget = Budget ?? settings.Budget,
        MaxCredits = MaxCredits ?? settings.MaxCredits,
    };
}
