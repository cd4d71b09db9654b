namespace ImaNanoBanana.Options;

internal static class ImaClientDefaults
{
    /// <summary>The name of the SDK's client at <see cref="IHttpClientFactory"/>, and the category of its log.</summary>
    public const string ClientName = "ImaNanoBanana";

    /// <summary>
    /// The name of the options and of the HTTP client that all clients of a factory share, and the category of their log. No keyed
    /// client has this name for its HTTP client, because those names continue with a dot.
    /// </summary>
    public const string TenantsName = "ImaNanoBananaTenants";

    /// <summary>The environment variable that holds the key.</summary>
    public const string KeyVariable = "IMA_API_KEY";
}
