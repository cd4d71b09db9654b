using ImaNanoBanana.Planning;

namespace ImaNanoBanana;

/// <summary>Extends <see cref="ImageRequest"/>.</summary>
public static class ImageRequestExtensions
{
    private const string Prefix = "sha256-";

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

        var content = await RequestContent.HashAsync(request, cancellationToken).ConfigureAwait(false);
        return Prefix + RequestContent.Digits(content, scope);
    }
}
