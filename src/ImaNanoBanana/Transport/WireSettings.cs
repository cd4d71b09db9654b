using System.Net.Http.Headers;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Transport;

/// <summary>
/// What the wire handler needs to send a request: the API key, its mask, and how long it waits for the response to a create request.
/// Clients that share connections attach it to each request, where the app's handlers can see it. Therefore, it exposes nothing.
/// Immutable.
/// </summary>
internal sealed class WireSettings(string apiKey, TimeSpan createTimeout)
{
    private static readonly HttpRequestOptionsKey<WireSettings> OptionsKey = new("ImaNanoBanana.WireSettings");

    internal string ApiKey => apiKey;

    internal TimeSpan CreateTimeout => createTimeout;

    /// <summary>Masks the key.</summary>
    internal KeyMask Mask { get; } = new(apiKey);

    /// <returns>The settings that were attached to the request or to the request that it was copied from.</returns>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static WireSettings FromRequest(HttpRequestMessage request) => request.Options.TryGetValue(OptionsKey, out var settings)
        ? settings
        : throw new InvalidOperationException(
            "A tenant's request without its API key: a handler of the app copied the request without its options. Nothing was sent.");

    public void AttachTo(HttpRequestMessage request) => request.Options.Set(OptionsKey, this);

    /// <returns>The same message.</returns>
    public HttpRequestMessage AddKey(HttpRequestMessage message)
    {
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        return message;
    }
}
