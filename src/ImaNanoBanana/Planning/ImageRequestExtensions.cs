using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana;

/// <summary>Extends <see cref="ImageRequest"/>.</summary>
public static class ImageRequestExtensions
{
    private const string Prefix = "sha256-";
    private const int KeyBytes = 16;

    /// <summary>
    /// Creates an idempotency key from the content of a request. The same content has the same key in any process, so that a request
    /// that is submitted again with this key is not charged again. Sends nothing and uploads nothing.
    /// </summary>
    /// <remarks>
    /// The key covers everything that determines the images: the task type, the model and its version, the prompt, the size, the
    /// aspect ratio, the count, the parameters, and the source images (their URLs, or the bytes of local images). It does not cover the
    /// limits, the budget, the idempotency key and the language. Thread-safe.
    /// </remarks>
    /// <param name="request">The request. Its local images are read completely.</param>
    /// <param name="scope">
    /// Distinguishes intended repetitions of the same content, for example by an order number, a day or the number of a variation; null
    /// for none. Compared exactly.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The key, for <see cref="ImageRequest.IdempotencyKey"/>: <c>sha256-</c> and 32 hexadecimal digits.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="scope"/> contains half of a surrogate pair.</exception>
    /// <exception cref="ImaException">
    /// The request is not valid, whatever the product list says (<see cref="ImaErrorKind.InvalidRequest"/>); or an image is not an
    /// image, is a stream that cannot seek, or cannot be read.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <example>
    /// <code>
    /// var keyed = request with { IdempotencyKey = await request.CreateContentKeyAsync("order-4711") };
    /// var result = await client.GenerateAsync(keyed);
    /// </code>
    /// </example>
    public static async Task<string> CreateContentKeyAsync(
        this ImageRequest request, string? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!ImagePlanner.IsWhole(scope))
        {
            throw new ArgumentException(
                "The scope contains half of a surrogate pair. Cut text only between whole characters.", nameof(scope));
        }

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
        var content = RequestHash.Compute(request, digests);

        // The content has a fixed length, so that no scope can be mistaken for a part of it.
        var text = scope is null ? content : content + ":" + scope;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return Prefix + string.Concat(hash.Take(KeyBytes).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
