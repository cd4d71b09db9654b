using ImaNanoBanana.Options;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana;

/// <summary>How a batch of requests is run. A value.</summary>
public sealed record ImageBatchOptions
{
    /// <summary>The highest <see cref="MaxConcurrency"/>.</summary>
    internal const int MostConcurrency = 1000;

    private static readonly int LongestPrefix = ImagePlanner.LongestKey - $"-{int.MaxValue}".Length;

    /// <summary>
    /// How many requests may be under way at once, 1 to 1000. An outcome that nobody has read yet counts as under way, so a
    /// reader who pauses stops the ordering.
    /// </summary>
    /// <value>8 by default.</value>
    public int MaxConcurrency { get; init; } = ImaDefaults.MaxConcurrency;

    /// <summary>
    /// The name of the batch, up to 189 characters: a request without an <see cref="ImageRequest.IdempotencyKey"/> of its own
    /// gets the key <c>{prefix}-{number}</c>, with its number from 1 in the order of the requests. The same requests in the
    /// same order under the same prefix, run again after an interruption, buy nothing twice: what was bought is returned, what
    /// was not is ordered, and another request at the place of one is the error <see cref="ImaErrorKind.IdempotencyKeyConflict"/>.
    /// </summary>
    /// <value>Null by default: every run of the batch buys anew.</value>
    public string? IdempotencyKeyPrefix { get; init; }

    /// <summary>
    /// What the batch may spend, besides the budgets of the client and of its requests. A request that costs more than is left
    /// is refused with <see cref="ImaErrorKind.BudgetExceeded"/>, an outcome like others; cheaper ones after it may still fit.
    /// With an <see cref="IdempotencyKeyPrefix"/> and a client that was given a journal, what earlier runs of the batch have bought
    /// under the prefix counts.
    /// </summary>
    /// <value>Null by default, for no limit.</value>
    public CreditBudget? Budget { get; init; }

    /// <exception cref="ArgumentException">A value cannot be used; the message names it.</exception>
    internal void Check(string parameter)
    {
        if (MaxConcurrency is < 1 or > MostConcurrency)
        {
            throw new ArgumentOutOfRangeException(parameter, MaxConcurrency, $"MaxConcurrency must be from 1 to {MostConcurrency}.");
        }

        if (IdempotencyKeyPrefix is { } prefix && !IsPrefix(prefix))
        {
            throw new ArgumentException(
                $"IdempotencyKeyPrefix must have 1 to {LongestPrefix} characters, not all of them white space and none of them a "
                    + "control character or half of a surrogate pair.",
                parameter);
        }
    }

    private static bool IsPrefix(string text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= LongestPrefix && !text.Any(char.IsControl) && ImagePlanner.IsWhole(text);
}
