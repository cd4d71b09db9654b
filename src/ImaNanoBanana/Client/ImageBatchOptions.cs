using ImaNanoBanana.Options;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana;

/// <summary>Specifies how a batch of requests is run. Immutable.</summary>
public sealed record ImageBatchOptions
{
    /// <summary>The maximum value of <see cref="MaxConcurrency"/>.</summary>
    internal const int MostConcurrency = 1000;

    private static readonly int LongestPrefix = ImagePlanner.LongestKey - BatchKey.LongestEnding;

    /// <summary>
    /// The maximum number of requests in progress at the same time, 1 to 1000. An outcome that your loop has not read yet counts as in
    /// progress. Therefore, the batch stops submitting while your loop pauses.
    /// </summary>
    /// <value>8 by default.</value>
    public int MaxConcurrency { get; init; } = ImaDefaults.MaxConcurrency;

    /// <summary>
    /// The name of the batch, up to 156 characters. A request without an <see cref="ImageRequest.IdempotencyKey"/> gets a key that
    /// belongs to what it requests: <c>{prefix}-{content}</c>, where the content is the 32 hexadecimal digits of
    /// <see cref="ImageRequestExtensions.CreateContentKeyAsync"/>. If the list contains the same request several times, its second
    /// occurrence gets <c>{prefix}-{content}-2</c>, and so on, so that ten equal requests are ten images. If you run a list with the
    /// same prefix again, also after you have inserted, moved or removed requests, nothing is charged twice: charged tasks are
    /// returned, and only the other requests are submitted. Local images are read completely before the request is submitted; streams
    /// must be able to seek.
    /// </summary>
    /// <value>Null by default: every run of the batch submits all requests again and is charged again.</value>
    public string? IdempotencyKeyPrefix { get; init; }

    /// <summary>
    /// The budget of the batch, in addition to the budgets of the client and of the requests. A request that costs more than the
    /// remaining credits is rejected with <see cref="ImaErrorKind.BudgetExceeded"/>. This is an ordinary outcome of the request, and
    /// cheaper requests after it may still be submitted. If an <see cref="IdempotencyKeyPrefix"/> is set and the client was given a
    /// journal, the submissions of earlier runs with the same prefix count.
    /// </summary>
    /// <value>Null by default: there is no limit.</value>
    public CreditBudget? Budget { get; init; }

    /// <exception cref="ArgumentException">A value is not valid. The message names it.</exception>
    internal void Check(string parameter)
    {
        if (MaxConcurrency is < 1 or > MostConcurrency)
        {
            throw new ArgumentOutOfRangeException(parameter, MaxConcurrency, $"MaxConcurrency must be from 1 to {MostConcurrency}.");
        }

        if (IdempotencyKeyPrefix is { } prefix && !IsPrefix(prefix))
        {
            throw new ArgumentException(
                $"IdempotencyKeyPrefix must have 1 to {LongestPrefix} characters. It must not consist only of white space, and it must "
                    + "not contain control characters or half of a surrogate pair.",
                parameter);
        }
    }

    private static bool IsPrefix(string text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= LongestPrefix && !text.Any(char.IsControl) && ImagePlanner.IsWhole(text);
}
