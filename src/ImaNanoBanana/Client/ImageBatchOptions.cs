using ImaNanoBanana.Options;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana;

/// <summary>Specifies how a batch of requests is run. Immutable.</summary>
public sealed record ImageBatchOptions
{
    /// <summary>The maximum value of <see cref="MaxConcurrency"/>.</summary>
    internal const int MostConcurrency = 1000;

    private static readonly int LongestPrefix = ImagePlanner.LongestKey - $"-{int.MaxValue}".Length;

    /// <summary>
    /// The maximum number of requests in progress at the same time, 1 to 1000. An outcome that your loop has not read yet counts as in
    /// progress. Therefore, the batch stops submitting while your loop pauses.
    /// </summary>
    /// <value>8 by default.</value>
    public int MaxConcurrency { get; init; } = ImaDefaults.MaxConcurrency;

    /// <summary>
    /// The name of the batch, up to 189 characters. A request without an <see cref="ImageRequest.IdempotencyKey"/> gets the key
    /// <c>{prefix}-{number}</c>, where the number is the position of the request, starting at 1. If you run the same requests in the
    /// same sequence with the same prefix again after an interruption, nothing is charged twice: charged tasks are returned, and the
    /// other requests are submitted. A different request at the same position fails with
    /// <see cref="ImaErrorKind.IdempotencyKeyConflict"/>.
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
