using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Options;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Planning;

/// <summary>Reads what a request asks for, and creates the digits of its content key. Sends nothing.</summary>
internal static class RequestContent
{
    private const int KeyBytes = 16;

    /// <param name="request">The request. Its local images are read completely.</param>
    /// <param name="cancellationToken">Cancels reading the images.</param>
    /// <returns>The hash of everything that determines the images, in hexadecimal.</returns>
    /// <exception cref="ImaException">The request is not valid, or one of its images cannot be read repeatedly.</exception>
    public static async Task<string> HashAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        // The client that submits the request knows which models it may use.
        ImagePlanner.Check(request with { IdempotencyKey = null }, ModelScope.Any);
        foreach (var image in request.Images)
        {
            InputRules.CheckRepeatable(image);
        }

        // The client that submits the request has its own limits; the key does not depend on them.
        var reading = new LocalReading(new ImaNanoBananaOptions { MaxUploadBytes = long.MaxValue }, TimeProvider.System);
        var inputs = await InputInspector.InspectAsync(request.Images, reading, cancellationToken).ConfigureAwait(false);
        InputRules.CheckUsable(inputs);
        var digests = await InputDigests.ComputeAsync(inputs, reading, cancellationToken).ConfigureAwait(false);
        return RequestHash.Compute(request, digests);
    }

    /// <returns>32 hexadecimal digits.</returns>
    public static string Digits(string contentHash, string? scope)
    {
        // The content has a fixed length, so that no scope can be mistaken for a part of it.
        var text = scope is null ? contentHash : contentHash + ":" + scope;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Concat(hash.Take(KeyBytes).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
