namespace ImaNanoBanana;

/// <summary>What the owner of a purchase decides about a key whose outcome is unknown.</summary>
public static class TaskJournalExtensions
{
    /// <summary>
    /// Forgets a key: the next order with it buys. For a purchase of unknown outcome that was not charged, as the account's
    /// history on the website shows.
    /// </summary>
    /// <param name="journal">The journal.</param>
    /// <param name="idempotencyKey">The key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when the journal did not hold the key.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static async Task<bool> RemoveAsync(
        this ITaskJournal journal, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(idempotencyKey);
        return await journal.FindAsync(idempotencyKey, cancellationToken).ConfigureAwait(false) is { } entry
            && await journal.RemoveAsync(entry, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives a purchase of unknown outcome its task, whose id the owner has found otherwise: orders with the key return this
    /// task from now on, and resuming watches it.
    /// </summary>
    /// <param name="journal">The journal.</param>
    /// <param name="idempotencyKey">The key.</param>
    /// <param name="taskId">The service's id of the task, or its handle, of which the id is taken.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The task, with what was known of the order.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="taskId"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The journal does not hold the key, or knows another task of it.</exception>
    public static async Task<ImageTask> AttachTaskAsync(
        this ITaskJournal journal, string idempotencyKey, string taskId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(idempotencyKey);
        ArgumentException.ThrowIfNullOrWhiteSpace(taskId);
        taskId = ImageTask.TryFromHandle(taskId, out var whole) ? whole.Id : taskId.Trim();
        var entry = await journal.FindAsync(idempotencyKey, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The journal does not hold the idempotency key {idempotencyKey}.");
        if (!entry.IsUnknown)
        {
            return entry.Task is { } task && task.Id == taskId
                ? task
                : throw new InvalidOperationException($"The idempotency key {idempotencyKey} is known to be the task {entry.Task?.Id}.");
        }

        var adopted = entry.Submitted with
        {
            Id = taskId,
            IdempotencyKey = idempotencyKey,
            CreatedAt = entry.Submitted.CreatedAt ?? entry.ClaimedAt,
        };
        return await journal.UpdateAsync(
            entry with { IdempotencyKey = idempotencyKey, State = TaskJournalState.Accepted, Submitted = adopted },
            cancellationToken).ConfigureAwait(false)
            ? adopted
            : throw new InvalidOperationException($"The idempotency key {idempotencyKey} was resolved by somebody else meanwhile.");
    }
}
