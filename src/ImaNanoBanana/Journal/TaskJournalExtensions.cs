namespace ImaNanoBanana;

/// <summary>Extends <see cref="ITaskJournal"/> with methods that resolve a key whose outcome is unknown.</summary>
public static class TaskJournalExtensions
{
    /// <summary>
    /// Removes the entry of a key, so that the next request with the key is submitted and charged. Use it for a submission whose outcome
    /// is unknown and that was not charged according to the account history on the website.
    /// </summary>
    /// <param name="journal">The journal.</param>
    /// <param name="idempotencyKey">The key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False if the journal did not contain the key.</returns>
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
    /// Attaches a task to a submission whose outcome is unknown, after you have found the id of the task yourself. From then on, requests
    /// with the key return this task, and resuming watches it.
    /// </summary>
    /// <param name="journal">The journal.</param>
    /// <param name="idempotencyKey">The key.</param>
    /// <param name="taskId">The service's id of the task, or a task handle, from which the id is taken.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task, with what was known about the submission.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="taskId"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The journal does not contain the key, or has a different task for it.</exception>
    public static async Task<ImageTask> AttachTaskAsync(
        this ITaskJournal journal, string idempotencyKey, string taskId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(idempotencyKey);
        ArgumentException.ThrowIfNullOrWhiteSpace(taskId);
        taskId = ImageTask.TryFromHandle(taskId, out var whole) ? whole.Id : taskId.Trim();
        var entry = await journal.FindAsync(idempotencyKey, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The journal does not contain the idempotency key {idempotencyKey}. Check the key.");
        if (!entry.IsUnknown)
        {
            return entry.Task is { } task && task.Id == taskId
                ? task
                : throw new InvalidOperationException(
                    $"The idempotency key {idempotencyKey} already has the task {entry.Task?.Id}. Watch that task.");
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
            : throw new InvalidOperationException(
                $"The idempotency key {idempotencyKey} was resolved by another caller in the meantime. Find its entry in the journal.");
    }
}
