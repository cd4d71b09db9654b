namespace ImaNanoBanana.Options;

internal static class ImaClientDefaults
{
    /// <summary>The name of the SDK's client at <see cref="IHttpClientFactory"/>, and the category of its log.</summary>
    public const string ClientName = "ImaNanoBanana";

    /// <summary>The environment variable that holds the key.</summary>
    public const string KeyVariable = "IMA_API_KEY";
}
