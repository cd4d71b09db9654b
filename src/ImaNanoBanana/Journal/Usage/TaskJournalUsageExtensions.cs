using ImaNanoBanana.Journal.Usage;

namespace ImaNanoBanana;

/// <summary>Extends <see cref="ITaskJournal"/> with a report of what its submissions cost.</summary>
public static class TaskJournalUsageExtensions
{
    /// <summary>
    /// Sums the credits and images of the submissions in a journal, by tag, model or day. The report counts what the journal keeps: the
    /// submissions of all processes that share it, until their retention ends. It spends nothing and sends nothing to the service.
    /// </summary>
    /// <param name="journal">The journal, for example <see cref="ImaImageClient.Journal"/>.</param>
    /// <param name="since">Submissions since this time count, by the journal's clock; null for all.</param>
    /// <param name="by">By what to sum.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="journal"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is not a value of the enumeration.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <example>
    /// <code>
    /// var usage = await client.Journal.GetUsageAsync(since: DateTimeOffset.UtcNow.AddDays(-7), by: ImageUsageGrouping.Tag);
    /// </code>
    /// </example>
    public static async Task<ImageUsage> GetUsageAsync(
        this ITaskJournal journal,
        DateTimeOffset? since = null,
        ImageUsageGrouping by = ImageUsageGrouping.Tag,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        if (!Enum.IsDefined(by))
        {
            throw new ArgumentOutOfRangeException(nameof(by), by, "Use Tag, Model or Day.");
        }

        var sum = new UsageSum(by, since);
        var filter = new TaskJournalFilter { FinishedSince = since ?? DateTimeOffset.MinValue };
        await foreach (var entry in journal.ListAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            sum.Add(entry);
        }

        return sum.ToUsage(isComplete: journal is not IPartialJournal { RecordsEverySubmission: false });
    }
}
